/*
 * service-selects-many: a Service that spreads its traffic over several
 * workloads.
 */
#include "base/str.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/alternatives.h"
#include "lints/subjects/pods.h"
#include "lints/subjects/selector.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "allow", LINT_PARAM_PATTERNS, "[]",
	  "Patterns over names of Services that may." },
	{ .name = NULL }
};

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

/* Pods that take part in traffic for good. */
static bool takes_part(const struct lint_workload *workload)
{
	return lint_is_service(workload->object, workload->pod.spec);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *value = value_at(object->root, "spec.selector");
	struct lint_selector selector = lint_selector_plain(value);
	struct lint_workloads matched;
	struct str list;
	size_t i, count = 0;

	if (!value_count(value) ||
	    lint_param_matches(run, "allow", object->name))
		return;
	lint_select(run, lint_namespace(run, object), &selector, &matched);
	str_init(&list, run->arena);
	for (i = 0; i < matched.count; i++) {
		if (!takes_part(matched.items[i]) ||
		    lint_are_alternatives(run, object,
					  matched.items[i]->object))
			continue;
		if (++count <= 5)
			str_printf(&list, "%s%s", list.len ? ", " : "",
				   matched.items[i]->object->name);
	}
	if (count > 5)
		str_puts(&list, ", ...");
	if (count > 1)
		lint_report(run, value,
			    "Service '%s' selects pods of %zu workloads: %s",
			    object->name, count, str_text(&list));
}

const struct lint_rule lint_service_selects_many = {
	.name = "service-selects-many",
	.code = "PL5113",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "The selector of a Service matches the pods of several "
		   "workloads.",
	.why = "Mostly a label is missing in the selector, and requests reach "
	       "programs that know nothing of them.",
	.fix = "Add a label that only one has, unless that is meant.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
