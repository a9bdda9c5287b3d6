/*
 * selector-overlap: two controllers that take each other's pods for their
 * own.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/subjects/alternatives.h"
#include "lints/subjects/selector.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "apps", "Deployment" },
					   { "apps", "ReplicaSet" },
					   { "apps", "StatefulSet" },
					   { "apps", "DaemonSet" },
					   { "extensions", "Deployment" },
					   { "extensions", "ReplicaSet" },
					   { "extensions", "DaemonSet" },
					   { "", "ReplicationController" },
					   { NULL, NULL } };

static struct lint_selector selector_of(const struct object *object)
{
	const struct value *value = value_at(object->root, "spec.selector");

	if (strcmp(object->kind, "ReplicationController") == 0)
		return lint_selector_plain(value);
	return lint_selector_of(value);
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	const struct lint_workload *own = lint_workload_of(run, object);
	struct lint_selector selector = selector_of(object), back;
	struct lint_workloads matched;
	size_t i;

	if (lint_selector_is_empty(&selector) ||
	    !lint_selector_matches(&selector, own->labels))
		return;
	lint_select(run, own->name_space, &selector, &matched);
	for (i = 0; i < matched.count; i++) {
		const struct object *other = matched.items[i]->object;

		/* Each pair once, at the later one. */
		if (other->index >= object->index)
			return;
		if (!object_is_one_of(other, run->rule->kinds) ||
		    lint_are_alternatives(run, object, other) ||
		    (strcmp(other->name, object->name) == 0 &&
		     strcmp(other->kind, object->kind) == 0))
			continue;
		back = selector_of(other);
		if (lint_selector_is_empty(&back) ||
		    !lint_selector_matches(&back, own->labels))
			continue;
		lint_report(run, value_at(object->root, "spec.selector"),
			    "%s '%s' and '%s' select each other's pods",
			    object->kind, object->name, other->name);
		lint_related(run, value_at(other->root, "spec.selector"),
			     "the other selector");
		return;
	}
}

const struct lint_rule lint_selector_overlap = {
	.name = "selector-overlap",
	.code = "PL8121",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Two controllers select each other's pods.",
	.why = "They fight: one deletes what the other creates, and counts and "
	       "rollouts are wrong.",
	.fix = "Give each a label of its own in selector and template.",
	.kinds = kinds,
	.check_pod = check,
};
