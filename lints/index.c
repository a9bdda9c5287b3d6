#include "lints/index.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/lint.h"
#include "lints/names.h"
#include "lints/run.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

struct lint_index {
	struct lint_workload **workloads; /* by index of the object; or NULL */
	struct table in_namespace;        /* to struct lint_workloads */
	struct table by_label; /* namespace, key, value to lint_workloads */
	struct table selecting[LINT_SELECTINGS]; /* namespace, rarest label */
	struct table hidden;  /* namespaces with pods of operators */
	struct table scalers; /* id of the target to struct object */
	struct table alike;   /* namespace and labels to the first workload */
	struct table matched; /* namespace and selector to lint_workloads */
	struct str key;       /* of what is looked for; most is there */
};

static const struct lint_workloads nothing;

const char *lint_namespace(const struct lint_run *run,
			   const struct object *object)
{
	return object_namespace(object, run->bundle->name_space);
}

static void put_text(struct str *key, const struct value *value)
{
	if (value_is_string(value))
		str_puts(key, value_string(value));
	else if (value && value->kind < VALUE_STRING && value->text)
		str_puts(key, value->text);
}

/* Parts joined by a byte that no name holds; numbers by their text. */
static const char *key_of(struct arena *arena, const char *name_space,
			  const char *label, const struct value *value)
{
	struct str key;

	str_init(&key, arena);
	str_puts(&key, name_space);
	str_putc(&key, '\n');
	str_puts(&key, label);
	str_putc(&key, '\n');
	put_text(&key, value);
	return str_text(&key);
}

static void add_workload(struct arena *arena, struct table *table,
			 const char *key, struct lint_workload *workload)
{
	struct lint_workloads *list = table_gets(table, key);

	if (!list) {
		list = arena_zalloc(arena, sizeof(*list));
		table_puts(table, key, list);
	}
	vec_push(arena, list, workload);
}

/* The same text for the same labels in the same order. */
static const char *labels_key(struct lint_index *index, const char *name_space,
			      const struct value *labels)
{
	const struct value_entry *label;

	str_clear(&index->key);
	str_puts(&index->key, name_space);
	value_foreach (label, labels) {
		str_putc(&index->key, '\n');
		str_puts(&index->key, label->key);
		str_putc(&index->key, '\n');
		put_text(&index->key, label->value);
	}
	return str_text(&index->key);
}

static void index_workload(struct lint_run *run, struct lint_index *index,
			   const struct object *object)
{
	struct lint_workload *workload;
	const struct value_entry *label;
	struct podspec pod;
	const char *key;

	if (!podspec_template_of(object, &pod))
		return;
	workload = arena_alloc(run->arena, sizeof(*workload));
	workload->object = object;
	workload->pod = pod;
	workload->labels = value_get(pod.metadata, "labels");
	workload->name_space = lint_namespace(run, object);
	workload->by = NULL;
	key = labels_key(index, workload->name_space, workload->labels);
	workload->like = table_gets(&index->alike, key);
	if (!workload->like) {
		workload->like = workload;
		table_puts(&index->alike, arena_strdup(run->arena, key),
			   workload);
	}
	index->workloads[object->index] = workload;
	add_workload(run->arena, &index->in_namespace, workload->name_space,
		     workload);
	value_foreach (label, workload->labels)
		add_workload(run->arena, &index->by_label,
			     key_of(run->arena, workload->name_space,
				    label->key, label->value),
			     workload);
}

/*
 * The key of the label that the fewest workloads have; labels that all share,
 * as those of a team, would make every question a scan.  Without a label to
 * match, that of the namespace alone.
 */
static const char *rarest_key(struct lint_run *run,
			      const struct lint_index *index,
			      const char *name_space,
			      const struct lint_selector *selector)
{
	const char *rarest = NULL, *key;
	const struct value_entry *label;
	const struct lint_workloads *near;
	size_t least = 0;

	value_foreach (label, selector->labels) {
		key = key_of(run->arena, name_space, label->key, label->value);
		near = table_gets(&index->by_label, key);
		if (rarest && near && near->count >= least)
			continue;
		rarest = key;
		least = near ? near->count : 0;
		if (!near)
			break;
	}
	return rarest ? rarest : key_of(run->arena, name_space, "", NULL);
}

static void index_selecting(struct lint_run *run, struct lint_index *index,
			    enum lint_selecting kind,
			    const struct object *object)
{
	const struct value *value = value_at(
		object->root,
		kind == LINT_BY_POLICY ? "spec.podSelector" : "spec.selector");
	struct lint_selecting_objects *list;
	struct lint_selecting_object *item;
	const char *key;

	if (!value_is_map(value))
		return;
	item = arena_alloc(run->arena, sizeof(*item));
	item->object = object;
	item->selector = kind == LINT_BY_SERVICE ? lint_selector_plain(value)
						 : lint_selector_of(value);
	/* A Service with an empty selector has its endpoints by hand. */
	if (kind == LINT_BY_SERVICE && lint_selector_is_empty(&item->selector))
		return;
	key = rarest_key(run, index, lint_namespace(run, object),
			 &item->selector);
	list = table_gets(&index->selecting[kind], key);
	if (!list) {
		list = arena_zalloc(run->arena, sizeof(*list));
		table_puts(&index->selecting[kind], key, list);
	}
	vec_push(run->arena, list, item);
}

static const char *target_key(struct lint_run *run, const char *name_space,
			      const char *kind, const char *name)
{
	return arena_printf(run->arena, "%s\n%s\n%s", name_space, kind, name);
}

/*
 * The version of a scaleTargetRef does not matter, and its group is so often
 * an old one that the kind alone decides.
 */
static void index_scaler(struct lint_run *run, struct lint_index *index,
			 const struct object *object)
{
	const struct value *ref = value_at(object->root, "spec.scaleTargetRef");
	const char *name = value_string(value_get(ref, "name"));
	const char *kind =
		value_string_or(value_get(ref, "kind"), "Deployment");

	if (name)
		table_puts(&index->scalers,
			   target_key(run, lint_namespace(run, object), kind,
				      name),
			   (void *)object);
}

static const struct {
	const char *group;
	const char *kind;
	enum lint_selecting selecting;
} selecting_kinds[] = {
	{ "", "Service", LINT_BY_SERVICE },
	{ "policy", "PodDisruptionBudget", LINT_BY_BUDGET },
	{ "networking.k8s.io", "NetworkPolicy", LINT_BY_POLICY },
	{ "extensions", "NetworkPolicy", LINT_BY_POLICY },
};

static const struct group_kind scaler_kinds[] = {
	{ "autoscaling", "HorizontalPodAutoscaler" },
	{ "keda.sh", "ScaledObject" },
	{ "keda.k8s.io", "ScaledObject" },
};

/* An unknown kind with a field that is about how pods are to be. */
static void index_hidden(struct lint_run *run, struct lint_index *index,
			 struct object *object)
{
	static const char *const fields[] = {
		"image",       "instances",       "nodeSets", "podMetadata",
		"podTemplate", "podTemplateSpec", "replicas", "template",
	};
	const struct value *spec = value_get(object->root, "spec");
	size_t i;

	for (i = 0;
	     !object->known && !object->pod_path && i < ARRAY_COUNT(fields);
	     i++)
		if (value_get(spec, fields[i])) {
			table_puts(&index->hidden, lint_namespace(run, object),
				   object);
			return;
		}
}

static struct lint_index *make_index(struct lint_run *run)
{
	struct lint_index *index;
	const struct object_set *set;
	struct object *object;
	size_t i, k;

	index = arena_zalloc(run->arena, sizeof(*index));
	index->workloads =
		arena_zalloc(run->arena, (run->bundle->objects.count + 1) *
						 sizeof(*index->workloads));
	table_init(&index->in_namespace, run->arena);
	table_init(&index->by_label, run->arena);
	table_init(&index->scalers, run->arena);
	table_init(&index->hidden, run->arena);
	table_init(&index->alike, run->arena);
	table_init(&index->matched, run->arena);
	str_init(&index->key, run->arena);
	for (k = 0; k < LINT_SELECTINGS; k++)
		table_init(&index->selecting[k], run->arena);
	bundle_foreach (object, run->bundle) {
		index_workload(run, index, object);
		index_hidden(run, index, object);
	}
	for (k = 0; k < ARRAY_COUNT(selecting_kinds); k++) {
		set = bundle_of_kind(run->bundle, selecting_kinds[k].group,
				     selecting_kinds[k].kind);
		for (i = 0; set && i < set->objects.count; i++)
			index_selecting(run, index,
					selecting_kinds[k].selecting,
					set->objects.items[i]);
	}
	for (k = 0; k < ARRAY_COUNT(scaler_kinds); k++) {
		set = bundle_of_kind(run->bundle, scaler_kinds[k].group,
				     scaler_kinds[k].kind);
		for (i = 0; set && i < set->objects.count; i++)
			index_scaler(run, index, set->objects.items[i]);
	}
	return index;
}

static struct lint_index *index_of(struct lint_run *run)
{
	struct arena *arena;

	if (!run->index) {
		arena = lint_keep(run);
		run->index = make_index(run);
		run->arena = arena;
	}
	return run->index;
}

const struct lint_workload *lint_workload_of(struct lint_run *run,
					     const struct object *object)
{
	return index_of(run)->workloads[object->index];
}

const struct lint_workloads *lint_workloads_in(struct lint_run *run,
					       const char *name_space)
{
	const struct lint_workloads *list =
		table_gets(&index_of(run)->in_namespace, name_space);

	return list ? list : &nothing;
}

bool lint_has_hidden_pods(struct lint_run *run, const char *name_space)
{
	return table_gets(&index_of(run)->hidden, name_space) != NULL;
}

bool lint_pods_are_known(struct lint_run *run, const char *name_space)
{
	if (lint_names_complete(run, "Pod"))
		return true;
	return lint_workloads_in(run, name_space)->count &&
	       !lint_has_hidden_pods(run, name_space) &&
	       !lint_names_filled(run, name_space);
}

static void select_workloads(struct lint_run *run, const char *name_space,
			     const struct lint_selector *selector,
			     struct lint_workloads *matched)
{
	const struct lint_index *index = index_of(run);
	const struct lint_workloads *near = lint_workloads_in(run, name_space);
	size_t i;

	if (value_count(selector->labels))
		near = table_gets(&index->by_label,
				  rarest_key(run, index, name_space, selector));
	for (i = 0; near && i < near->count; i++)
		if (lint_selector_matches(selector, near->items[i]->labels))
			vec_push(run->arena, matched, near->items[i]);
}

/* Asked by many rules, and for many objects with the same labels: once. */
void lint_select(struct lint_run *run, const char *name_space,
		 const struct lint_selector *selector,
		 struct lint_workloads *matched)
{
	struct lint_index *index = index_of(run);
	struct lint_workloads *found;
	struct arena *arena;
	const char *key;

	if (value_count(selector->expressions)) {
		memset(matched, 0, sizeof(*matched));
		select_workloads(run, name_space, selector, matched);
		return;
	}
	key = labels_key(index, name_space, selector->labels);
	found = table_gets(&index->matched, key);
	if (!found) {
		arena = lint_keep(run);
		key = arena_strdup(run->arena, key);
		found = arena_zalloc(run->arena, sizeof(*found));
		select_workloads(run, name_space, selector, found);
		table_puts(&index->matched, key, found);
		run->arena = arena;
	}
	*matched = *found;
}

static void add_selecting(struct lint_run *run, enum lint_selecting kind,
			  const struct lint_workload *workload, const char *key,
			  struct lint_selecting_objects *matched)
{
	const struct lint_selecting_objects *near =
		table_gets(&index_of(run)->selecting[kind], key);
	size_t i;

	for (i = 0; near && i < near->count; i++)
		if (lint_selector_matches(&near->items[i]->selector,
					  workload->labels))
			vec_push(run->arena, matched, near->items[i]);
}

static void find_selecting(struct lint_run *run, struct lint_workload *workload)
{
	struct arena *arena = lint_keep(run);
	const struct value_entry *label;
	const char *key;
	size_t kind;

	workload->by = arena_zalloc(run->arena,
				    LINT_SELECTINGS * sizeof(*workload->by));
	value_foreach (label, workload->labels) {
		key = key_of(arena, workload->name_space, label->key,
			     label->value);
		for (kind = 0; kind < LINT_SELECTINGS; kind++)
			add_selecting(run, kind, workload, key,
				      &workload->by[kind]);
	}
	key = key_of(arena, workload->name_space, "", NULL);
	for (kind = 0; kind < LINT_SELECTINGS; kind++)
		add_selecting(run, kind, workload, key, &workload->by[kind]);
	run->arena = arena;
}

void lint_selected_by(struct lint_run *run, enum lint_selecting kind,
		      const struct lint_workload *workload,
		      struct lint_selecting_objects *matched)
{
	if (!workload->like->by)
		find_selecting(run, workload->like);
	*matched = workload->like->by[kind];
}

const struct object *lint_service_of(struct lint_run *run,
				     const struct object *object)
{
	const struct lint_workload *workload = lint_workload_of(run, object);
	struct lint_selecting_objects services;

	if (!workload)
		return NULL;
	lint_selected_by(run, LINT_BY_SERVICE, workload, &services);
	return services.count ? services.items[0]->object : NULL;
}

const struct object *lint_scaler_at(struct lint_run *run,
				    const char *name_space, const char *kind,
				    const char *name)
{
	return table_gets(&index_of(run)->scalers,
			  target_key(run, name_space, kind, name));
}

const struct object *lint_scaler_of(struct lint_run *run,
				    const struct object *object)
{
	return lint_scaler_at(run, lint_namespace(run, object), object->kind,
			      object->name);
}

int64_t lint_replicas_or(struct lint_run *run, const struct object *object,
			 int64_t unset)
{
	const struct object *scaler = lint_scaler_of(run, object);
	int64_t count = 1;

	if (!scaler) {
		count = unset;
		(void)value_as_int(value_at(object->root, "spec.replicas"),
				   &count);
		return count;
	}
	if (strcmp(scaler->kind, "ScaledObject") == 0)
		count = 0;
	(void)value_as_int(
		value_at(scaler->root, strcmp(scaler->kind, "ScaledObject") == 0
					       ? "spec.minReplicaCount"
					       : "spec.minReplicas"),
		&count);
	return count;
}

int64_t lint_replicas(struct lint_run *run, const struct object *object)
{
	return lint_replicas_or(run, object, 1);
}

bool lint_is_parked(struct lint_run *run, const struct object *object)
{
	return !lint_scaler_of(run, object) &&
	       value_equals_int(value_at(object->root, "spec.replicas"), 0);
}
