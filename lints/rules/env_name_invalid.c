/*
 * env-name-invalid: environment variables that the server refuses.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "model/value.h"

enum {
	ANY_NAME_SINCE = 32
};

/* Since 1.32 anything that can be printed, but for '='. */
static const char *refused(const struct lint_run *run, const char *name)
{
	size_t i;

	if (!*name)
		return "its name is empty";
	if (strchr(name, '='))
		return "its name has a '='";
	for (i = 0; name[i]; i++)
		if (name[i] < 0x20 || name[i] > 0x7e)
			return "its name has characters that are not ASCII";
	if (run->kubernetes.oldest >= ANY_NAME_SINCE)
		return NULL;
	if (isdigit((unsigned char)name[0]))
		return "its name begins with a digit";
	for (i = 0; name[i]; i++)
		if (!isalnum((unsigned char)name[i]) && !strchr("_.-", name[i]))
			return "its name has characters that are allowed from "
			       "1.32 on";
	return NULL;
}

static void report(struct lint_run *run, const struct container_ref *c,
		   const struct value *at, const char *name, const char *reason)
{
	lint_report(run, at, "env '%s' of '%s': %s", name, container_name(c),
		    reason);
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *item;

	list_foreach (item, value_get(c->spec, "env")) {
		const struct value *at = value_get(item, "name");
		const struct value *value = value_get(item, "value");
		const char *name = value_string(at);
		const char *reason = name ? refused(run, name) : NULL;

		if (reason)
			report(run, c, at, name, reason);
		if (!name)
			name = "";
		if (value && value_get(item, "valueFrom") &&
		    !value_equals_string(value, "") && !value_is_null(value))
			report(run, c, value, name,
			       "it has both value and valueFrom");
		if (!value || value_is_null(value) || value_is_string(value))
			continue;
		report(run, c, value, name,
		       arena_printf(run->arena,
				    "its value is a %s, not a "
				    "string",
				    value_kind_name(value->kind)));
		if (value->kind < VALUE_STRING && value->text)
			lint_help(run, "quote it: \"%s\"", value->text);
	}
}

const struct lint_rule lint_env_name_invalid = {
	.name = "env-name-invalid",
	.code = "PL7104",
	.group = LINT_REFERENCES,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An environment variable has a name or value that is not "
		   "allowed.",
	.why = "The API server rejects the object.",
	.fix = "Correct it.",
	.check_container = check,
};
