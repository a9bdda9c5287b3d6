#include "lints/subjects/aggregation.h"

#include <string.h>

#include "base/arena.h"
#include "lints/lint.h"
#include "lints/subjects/selector.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *label_key(struct lint_run *run,
			     const struct value_entry *label)
{
	return arena_printf(run->arena, "%s\n%s", label->key,
			    value_string_or(label->value, ""));
}

static void index_role(struct lint_run *run, struct table *by_label,
		       struct object *role)
{
	const struct value_entry *label;

	value_foreach (label, value_at(role->root, "metadata.labels")) {
		const char *key = label_key(run, label);
		struct object_set *set = table_gets(by_label, key);

		if (!set) {
			set = arena_zalloc(run->arena, sizeof(*set));
			table_puts(by_label, key, set);
		}
		vec_push(run->arena, &set->objects, role);
	}
}

void lint_aggregation_init(struct lint_run *run,
			   struct lint_aggregation *aggregation)
{
	struct object *object;

	table_init(&aggregation->by_label, run->arena);
	bundle_foreach (object, run->bundle)
		if (strcmp(object->kind, "ClusterRole") == 0)
			index_role(run, &aggregation->by_label, object);
}

/* The first label leads to the few that are to be looked at. */
static void add_selected(struct lint_run *run,
			 const struct lint_aggregation *aggregation,
			 const struct lint_selector *selector,
			 struct object_set *parts)
{
	const struct value_entry *first = value_entry_at(selector->labels, 0);
	const struct object_set *set;
	size_t i;

	if (!first)
		return;
	set = table_gets(&aggregation->by_label, label_key(run, first));
	for (i = 0; set && i < set->objects.count; i++) {
		struct object *role = set->objects.items[i];

		if (lint_selector_matches(
			    selector, value_at(role->root, "metadata.labels")))
			vec_push(run->arena, &parts->objects, role);
	}
}

void lint_aggregated(struct lint_run *run,
		     const struct lint_aggregation *aggregation,
		     const struct object *role, struct object_set *parts)
{
	const struct value *item;

	memset(parts, 0, sizeof(*parts));
	list_foreach (item, value_at(role->root,
				     "aggregationRule.clusterRoleSelectors")) {
		const struct lint_selector selector = lint_selector_of(item);

		add_selected(run, aggregation, &selector, parts);
	}
}
