/*
 * exec-probe-forbidden-command: a probe that runs what is too heavy for one.
 *
 * A word counts wherever it stands, since most such commands are in the script
 * of a shell.
 */
#include "base/path.h"
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "commands", LINT_PARAM_TEXTS, "[jcmd, ps, ls]",
	  "Commands that probes do not run." },
	{ .name = NULL }
};

/* The first word of a script that is in the list, without its folder. */
static const char *forbidden(struct lint_run *run, const char *text)
{
	static const char ends[] = " \t\n;|&()`$\"'";

	for (text += strspn(text, ends); *text; text += strspn(text, ends)) {
		size_t len = strcspn(text, ends);
		const char *word =
			path_name(arena_strndup(run->arena, text, len));

		if (lint_param_lists(run, "commands", word))
			return word;
		text += len;
	}
	return NULL;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const char *const *name;
	const struct value *item;

	for (name = lint_probe_names; *name; name++) {
		const struct value *exec =
			value_get(value_get(c->spec, *name), "exec");

		list_foreach (item, value_get(exec, "command")) {
			const char *word =
				forbidden(run, value_string_or(item, ""));

			if (!word)
				continue;
			lint_report(run, item, "%s of '%s' runs %s", *name,
				    container_name(c), word);
			break;
		}
	}
}

const struct lint_rule lint_exec_probe_forbidden_command = {
	.name = "exec-probe-forbidden-command",
	.code = "PL1107",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An exec probe runs a command that probes are not to run.",
	.why = "It runs every few seconds in every pod; a virtual machine or a "
	       "walk through a folder costs more there than it tells.",
	.fix = "Ask the program itself, with httpGet, tcpSocket or grpc.",
	.params = params,
	.check_container = check,
};
