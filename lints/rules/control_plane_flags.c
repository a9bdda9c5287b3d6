/*
 * control-plane-flags: programs of the control plane that are started with
 * less care than the CIS benchmark asks for.
 */
#include "base/path.h"
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/subjects/control_plane.h"
#include "model/value.h"
#include "model/value_path.h"

/* The program and its flags, and the node of each. */
struct command {
	const char *component; /* the first word, if there are rows for it */
	bool begun;
	struct table values;
	struct table nodes;
};

static void read_word(struct lint_run *run, struct command *command,
		      const struct value *at)
{
	const char *text = value_string_or(at, "");
	size_t len;
	char *name;

	if (!command->begun) {
		command->begun = true;
		text = path_name(text);
		if (control_plane_has(text))
			command->component = text;
		return;
	}
	if (strncmp(text, "--", 2) != 0)
		return;
	text += 2;
	len = strcspn(text, "=");
	name = arena_strndup(run->arena, text, len);
	table_puts(&command->values, name,
		   (void *)(text[len] ? text + len + 1 : "true"));
	table_puts(&command->nodes, name, (void *)at);
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	const struct value *first = value_get(c->spec, "command");
	const struct value *args = value_get(c->spec, "args");
	struct command command = { .begun = false };
	const struct value *item;
	const char *reason, *flag;
	size_t index = 0;

	table_init(&command.values, run->arena);
	table_init(&command.nodes, run->arena);
	list_foreach (item, first)
		read_word(run, &command, item);
	list_foreach (item, args)
		read_word(run, &command, item);
	if (!command.component)
		return;
	while ((reason = control_plane_next(run->arena, command.component,
					    &command.values, &index, &flag))) {
		const struct value *at = table_gets(&command.nodes, flag);

		lint_report(run,
			    at      ? at
			    : first ? first
				    : args,
			    "%s: --%s %s", command.component, flag, reason);
	}
}

/* The same for the kubelet's file: what its fields have to be. */
static const struct {
	const char *path;
	const char *wanted; /* NULL: anything */
	bool needed;
} fields[] = {
	{ "authentication.anonymous.enabled", "false", false },
	{ "authentication.x509.clientCAFile", NULL, true },
	{ "authorization.mode", "Webhook", false },
	{ "makeIPTablesUtilChains", "true", false },
	{ "protectKernelDefaults", "true", true },
	{ "readOnlyPort", "0", false },
	{ "rotateCertificates", "true", false },
};

static void check_object(struct lint_run *run, const struct object *object)
{
	size_t i;

	if (!object_is(object, "kubelet.config.k8s.io", "KubeletConfiguration"))
		return;
	for (i = 0; i < ARRAY_COUNT(fields); i++) {
		const struct value *at = value_at(object->root, fields[i].path);
		const char *text = value_is_string(at) ? value_string(at)
				   : at                ? at->text
						       : NULL;

		if (!at && fields[i].needed)
			lint_report_absent(run, object->root, fields[i].path,
					   "kubelet: %s is not set",
					   fields[i].path);
		else if (at && fields[i].wanted &&
			 (!text || strcmp(text, fields[i].wanted) != 0))
			lint_report(run, at, "kubelet: %s is not %s",
				    fields[i].path, fields[i].wanted);
	}
}

const struct lint_rule lint_control_plane_flags = {
	.name = "control-plane-flags",
	.code = "PL3148",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A program of the control plane is started with less care "
		   "than the CIS benchmark asks for.",
	.why = "Who reaches the control plane has the cluster.",
	.fix = "Give the flag the value that the benchmark asks for.",
	.check_object = check_object,
	.check_container = check_container,
};
