/*
 * service-dangling: a Service that sends its traffic to nobody.
 *
 * Judged only where the set has pods in that namespace at all: a Service that
 * is linted alone has its workload somewhere else.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "lints/index.h"
#include "lints/subjects/makers.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "ignoredLabels", LINT_PARAM_TEXTS, "[]",
	  "Labels of selectors that something else sets on the pods." },
	{ .name = NULL }
};

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

/* The selector without the labels that are not to be looked at. */
static struct lint_selector wanted(struct lint_run *run,
				   const struct value *selector)
{
	struct value *kept = value_new_map(run->arena, NULL);
	const struct value_entry *entry;

	value_foreach (entry, selector)
		if (!lint_param_lists(run, "ignoredLabels", entry->key))
			value_set(run->arena, kept, entry->key, entry->value);
	return lint_selector_plain(kept);
}

/* The one label value of the namespace's pods that is nearly the wanted. */
static const char *near_value(struct lint_run *run, const char *name_space,
			      const struct value_entry *label)
{
	const struct lint_workloads *all = lint_workloads_in(run, name_space);
	VEC(const char *) values = { 0 };
	size_t i;

	for (i = 0; i < all->count; i++) {
		const char *value = value_string(value_getn(
			all->items[i]->labels, label->key, label->len));

		if (value &&
		    strcmp(value, value_string_or(label->value, "")) == 0)
			return NULL;
		if (value && (!values.count ||
			      strcmp(values.items[values.count - 1], value)))
			vec_push(run->arena, &values, value);
	}
	vec_push(run->arena, &values, NULL);
	return edit_nearest_of(value_string_or(label->value, ""), values.items);
}

/*
 * Databases label the pods of a StatefulSet at run time, the leader for one:
 * without the labels that no template of the namespace has, the rest finds it.
 */
static bool is_labelled_later(struct lint_run *run, const char *name_space,
			      const struct lint_selector *selector)
{
	const struct lint_workloads *all = lint_workloads_in(run, name_space);
	struct value *kept = value_new_map(run->arena, NULL);
	const struct value_entry *entry;
	struct lint_workloads matched;
	struct lint_selector rest;
	size_t i;

	value_foreach (entry, selector->labels) {
		for (i = 0; i < all->count; i++)
			if (value_getn(all->items[i]->labels, entry->key,
				       entry->len))
				break;
		if (i < all->count)
			value_set(run->arena, kept, entry->key, entry->value);
	}
	if (!value_count(kept))
		return false;
	rest = lint_selector_plain(kept);
	lint_select(run, name_space, &rest, &matched);
	for (i = 0; i < matched.count; i++)
		if (strcmp(matched.items[i]->object->kind, "StatefulSet") == 0)
			return true;
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *selector = value_at(object->root, "spec.selector");
	const char *name_space = lint_namespace(run, object);
	struct lint_selector labels;
	struct lint_workloads matched;
	const struct value_entry *label;
	const char *near;
	bool later;

	if (!value_count(selector) ||
	    value_equals_string(value_at(object->root, "spec.type"),
				"ExternalName") ||
	    !lint_pods_are_known(run, name_space))
		return;
	labels = wanted(run, selector);
	lint_select(run, name_space, &labels, &matched);
	if (matched.count)
		return;
	later = is_labelled_later(run, name_space, &labels) ||
		lint_may_be_made(run, name_space, "pods");
	lint_report_as(run, later ? DIAG_INFO : DIAG_WARNING, selector,
		       "selector of Service '%s' matches no pod template in "
		       "namespace '%s'",
		       object->name, name_space);
	value_foreach (label, labels.labels) {
		near = near_value(run, name_space, label);
		if (near)
			lint_help(run,
				  "copy the labels of the workload's template "
				  "(did you mean '%s: %s'?)",
				  label->key, near);
	}
}

const struct lint_rule lint_service_dangling = {
	.name = "service-dangling",
	.code = "PL5001",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "The selector of a Service matches no pod template.",
	.why = "A Service without endpoints refuses every connection, and "
	       "nothing says so when it is applied.",
	.fix = "Copy the labels of the workload's template.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
