/*
 * container-name-duplicate: one name in two lists of containers of a pod.
 *
 * Twice within one list is list-map-key-duplicate.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/table.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	struct container_ref c;
	struct table lists, names;

	table_init(&lists, run->arena);
	table_init(&names, run->arena);
	for (podspec_first(pod, &c); c.spec; podspec_next(&c)) {
		const struct value *name = value_get(c.spec, "name");
		const char *text = value_string(name), *list;

		if (!text || !*text)
			continue;
		list = table_gets(&lists, text);
		if (list && strcmp(list, c.list) != 0) {
			lint_report(run, name,
				    "container name '%s' is used twice", text);
			lint_related(run, table_gets(&names, text),
				     "first used here");
		} else if (!list) {
			table_puts(&lists, text, (void *)c.list);
			table_puts(&names, text, (void *)name);
		}
	}
}

const struct lint_rule lint_container_name_duplicate = {
	.name = "container-name-duplicate",
	.code = "PL9114",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Two lists of containers of a pod share a name.",
	.why = "The API server rejects the pod.",
	.fix = "Rename one.",
	.check_pod = check,
};
