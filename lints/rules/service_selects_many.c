/*
 * service-selects-many: a Service that spreads its traffic over several
 * workloads.
 */
#include "base/arena.h"
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

struct selected {
	size_t count;
	const char *names; /* of the first of them */
};

/* Of those that stand beside the Service, and not in another variant. */
static const struct selected *list(struct lint_run *run, struct arena *arena,
				   const struct object *object,
				   const struct lint_workloads *matched)
{
	struct selected *selected = arena_zalloc(arena, sizeof(*selected));
	struct str names;
	size_t i;

	str_init(&names, arena);
	for (i = 0; i < matched->count; i++) {
		if (!takes_part(matched->items[i]) ||
		    lint_are_alternatives(run, object,
					  matched->items[i]->object))
			continue;
		if (++selected->count <= 5)
			str_printf(&names, "%s%s", names.len ? ", " : "",
				   matched->items[i]->object->name);
	}
	if (selected->count > 5)
		str_puts(&names, ", ...");
	selected->names = str_text(&names);
	return selected;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *value = value_at(object->root, "spec.selector");
	struct lint_selector selector = lint_selector_plain(value);
	const struct selected *selected;
	struct lint_workloads matched;
	const void **known;

	if (!value_count(value) ||
	    lint_param_matches(run, "allow", object->name))
		return;
	lint_select(run, lint_namespace(run, object), &selector, &matched);
	known = lint_answer(run, matched.items, matched.count,
			    origin_source(&object->root->origin));
	selected = known ? *known : NULL;
	if (!selected)
		selected = list(run, known ? lint_answers(run) : run->arena,
				object, &matched);
	if (known)
		*known = selected;
	if (selected->count > 1)
		lint_report(run, value,
			    "Service '%s' selects pods of %zu workloads: %s",
			    object->name, selected->count, selected->names);
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
