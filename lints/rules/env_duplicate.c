/*
 * env-duplicate: one name twice in the env of a container.
 */
#include "lints/lint.h"
#include "base/table.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *list = value_get(c->spec, "env");
	const struct value *item, *first;
	struct table seen;

	if (value_count(list) < 2)
		return;
	table_init(&seen, run->arena);
	list_foreach (item, list) {
		const struct value *name = value_get(item, "name");
		const char *text = value_string(name);

		if (!text)
			continue;
		first = table_gets(&seen, text);
		if (!first) {
			table_puts(&seen, text, (void *)name);
			continue;
		}
		lint_report(run, name,
			    "env %s is set twice in '%s'; the last one wins",
			    text, container_name(c));
		lint_related(run, first, "first set here");
	}
}

const struct lint_rule lint_env_duplicate = {
	.name = "env-duplicate",
	.code = "PL7004",
	.group = LINT_REFERENCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "An environment variable is set twice in one container.",
	.why = "The last one wins, the API server warns, and server-side apply "
	       "rejects the list.",
	.fix = "Delete one.",
	.check_container = check,
};
