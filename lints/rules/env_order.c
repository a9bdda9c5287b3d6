/*
 * env-order: $(X) that is not replaced, because X is defined behind it or
 * not at all.
 *
 * What envFrom brings cannot be known here, and the kubelet adds variables
 * for Services.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/value.h"

static bool is_name(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("_.-", text[i]))
			return false;
	return len > 0 && !isdigit((unsigned char)text[0]);
}

/* WEB_SERVICE_HOST, WEB_PORT_80_TCP ... */
static bool is_of_service(const char *name)
{
	return strstr(name, "_SERVICE_") || strstr(name, "_PORT");
}

static void check_name(struct lint_run *run, const struct container_ref *c,
		       const struct table *defined, const struct value *item,
		       const char *name)
{
	const struct table_entry *found =
		table_find(defined, name, strlen(name));
	const char *reason = found ? "defined later" : "never defined";

	if ((found && found->value) ||
	    value_count(value_get(c->spec, "envFrom")) || is_of_service(name))
		return;
	lint_report(run, value_get(item, "value"),
		    "$(%s) in env %s is %s and stays literal", name,
		    value_string_or(value_get(item, "name"), ""), reason);
	lint_help(run, "define %s first", name);
}

/* $$(X) is the text $(X). */
static void check_value(struct lint_run *run, const struct container_ref *c,
			const struct table *defined, const struct value *item)
{
	const char *at = value_string_or(value_get(item, "value"), "");

	while ((at = strchr(at, '$'))) {
		const char *end = at[1] == '(' ? strchr(at, ')') : NULL;

		if (!end || !is_name(at + 2, (size_t)(end - at - 2))) {
			at += at[1] == '$' ? 2 : 1;
			continue;
		}
		check_name(run, c, defined, item,
			   arena_strndup(run->arena, at + 2,
					 (size_t)(end - at - 2)));
		at = end;
	}
}

/* A NULL in the table: named somewhere, but not yet. */
static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *list = value_get(c->spec, "env");
	const struct value *item;
	struct table defined;

	if (!value_count(list))
		return;
	table_init(&defined, run->arena);
	list_foreach (item, list)
		table_puts(&defined,
			   value_string_or(value_get(item, "name"), ""), NULL);
	list_foreach (item, list) {
		check_value(run, c, &defined, item);
		table_puts(&defined,
			   value_string_or(value_get(item, "name"), ""),
			   (void *)item);
	}
}

const struct lint_rule lint_env_order = {
	.name = "env-order",
	.code = "PL7103",
	.group = LINT_REFERENCES,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "An env value refers to a variable that is defined later, "
		   "or never.",
	.why = "It is not replaced, and the program sees the text itself.",
	.fix = "Define the variable first.",
	.check_container = check,
};
