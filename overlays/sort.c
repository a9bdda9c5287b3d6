#include "overlays/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/layer.h"
#include "overlays/node.h"
#include "overlays/run.h"

static const char *const default_first[] = {
	"Namespace",
	"ResourceQuota",
	"StorageClass",
	"CustomResourceDefinition",
	"ServiceAccount",
	"PodSecurityPolicy",
	"Role",
	"ClusterRole",
	"RoleBinding",
	"ClusterRoleBinding",
	"ConfigMap",
	"Secret",
	"Endpoints",
	"Service",
	"LimitRange",
	"PriorityClass",
	"PersistentVolume",
	"PersistentVolumeClaim",
	"Deployment",
	"StatefulSet",
	"CronJob",
	"PodDisruptionBudget",
};

static const char *const default_last[] = {
	"MutatingWebhookConfiguration",
	"ValidatingWebhookConfiguration",
};

int sort_rank(const char *kind)
{
	int i;

	for (i = 0; i < (int)ARRAY_COUNT(default_first); i++)
		if (strcmp(kind, default_first[i]) == 0)
			return i - (int)ARRAY_COUNT(default_first);
	for (i = 0; i < (int)ARRAY_COUNT(default_last); i++)
		if (strcmp(kind, default_last[i]) == 0)
			return i + 1;
	return 0;
}

struct sorted {
	struct object *object;
	int64_t rank;
	const char *kind_key; /* group_version_kind */
	const char *id_key;   /* Kind.version.group|ns|name */
};

static const char *or_blank(const char *text, const char *blank)
{
	return *text ? text : blank;
}

static void put_rank(struct table *ranks, const char *kind, int64_t rank)
{
	int64_t *kept = arena_alloc(ranks->arena, sizeof(*kept));

	*kept = rank;
	table_puts(ranks, kind, kept);
}

static void put_list(struct table *ranks, const struct value *list, bool last)
{
	int64_t count = (int64_t)value_count(list);
	const struct value *item;

	list_foreach (item, list) {
		int64_t at = (int64_t)item_at;

		put_rank(ranks, value_string_or(item, ""),
			 last ? 1 + at : at - count);
	}
}

static void fill_ranks(struct overlay_run *run, struct table *ranks)
{
	const struct value *options =
		value_get(value_get(run->layer->fields, "sortOptions"),
			  "legacySortOptions");
	size_t i;

	table_init(ranks, run->arena);
	if (options) {
		put_list(ranks, value_get(options, "orderFirst"), false);
		put_list(ranks, value_get(options, "orderLast"), true);
		return;
	}
	for (i = 0; i < ARRAY_COUNT(default_first); i++)
		put_rank(ranks, default_first[i],
			 (int64_t)i - (int64_t)ARRAY_COUNT(default_first));
	for (i = 0; i < ARRAY_COUNT(default_last); i++)
		put_rank(ranks, default_last[i], (int64_t)i + 1);
}

static int64_t rank_of(const struct table *ranks, const char *kind)
{
	const int64_t *rank = table_gets(ranks, kind);

	return rank ? *rank : 0;
}

static int compare(const void *a, const void *b)
{
	const struct sorted *one = a, *two = b;
	int order;

	if (one->rank != two->rank)
		return one->rank < two->rank ? -1 : 1;
	order = strcmp(one->kind_key, two->kind_key);
	if (order) {
		/* Namespaces of no group come first. */
		if (strcmp(one->object->kind, "Namespace") == 0 &&
		    strcmp(two->object->kind, "Namespace") == 0 &&
		    (!*one->object->group || !*two->object->group))
			return -order;
		return order;
	}
	order = strcmp(one->id_key, two->id_key);
	if (order)
		return order;
	return one->object->index < two->object->index ? -1 : 1;
}

static void put_keys(struct overlay_run *run, struct sorted *sorted)
{
	const struct object *object = sorted->object;
	const char *const kind[] = { or_blank(object->group, "~G"),
				     or_blank(object->version, "~V"),
				     or_blank(object->kind, "~K") };
	const char *const id[] = { or_blank(object->kind, "[noKind]"),
				   or_blank(object->version, "[noVer]"),
				   or_blank(object->group, "[noGrp]"),
				   or_blank(object->name_space, "~X"),
				   or_blank(object->name, "~N") };

	sorted->kind_key = overlay_join(run, kind, "__");
	sorted->id_key = overlay_join(run, id, "..||");
}

static void sort_legacy(struct overlay_run *run, struct accumulator *acc)
{
	struct sorted *all =
		arena_alloc(run->arena, acc->objects.count * sizeof(*all));
	struct table ranks;
	struct object *object;
	size_t i;

	fill_ranks(run, &ranks);
	for (i = 0; i < acc->objects.count; i++) {
		object = acc->objects.items[i];
		object->index = (uint32_t)i;
		all[i].object = object;
		all[i].rank = rank_of(&ranks, object->kind);
		put_keys(run, &all[i]);
	}
	qsort(all, acc->objects.count, sizeof(*all), compare);
	for (i = 0; i < acc->objects.count; i++) {
		acc->objects.items[i] = all[i].object;
		all[i].object->index = (uint32_t)i;
	}
}

static bool check(struct overlay_run *run)
{
	const struct value *options =
		value_get(run->layer->fields, "sortOptions");
	const char *order = node_member(run->arena, options, "order");

	if (!options)
		return true;
	if (strcmp(order, "fifo") != 0 && strcmp(order, "legacy") != 0)
		return overlay_fail(run, &options->origin,
				    "the field 'sortOptions.order' must be "
				    "one of [fifo, legacy]",
				    "the order is \"%s\"; fifo or legacy is "
				    "needed",
				    order);
	if (strcmp(order, "fifo") == 0 &&
	    value_get(options, "legacySortOptions"))
		return overlay_fail(
			run, &options->origin,
			"the field 'sortOptions.legacySortOptions' is set but "
			"the selected sort order is 'fifo', not 'legacy'",
			"legacySortOptions have no effect with the order "
			"fifo");
	return true;
}

/* The reference appends the sorted objects anew, and so looks at their ids. */
static bool refuse_twins(struct overlay_run *run, struct accumulator *acc)
{
	bool done;

	native_push(
		run,
		"SortOrderTransformer: Failed to append to resources: ", "");
	done = accumulator_check(acc);
	native_pop(run);
	return done;
}

bool sort_resources(struct overlay_run *run, struct accumulator *acc)
{
	const struct value *options =
		value_get(run->layer->fields, "sortOptions");
	const char *order = node_member(run->arena, options, "order");

	if (!check(run))
		return false;
	if (options ? strcmp(order, "legacy") != 0
		    : run->options->order != OVERLAY_ORDER_LEGACY)
		return true;
	sort_legacy(run, acc);
	return !acc->twins || refuse_twins(run, acc);
}
