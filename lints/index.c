#include "lints/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/lint.h"
#include "lints/names.h"
#include "lints/run.h"
#include "lints/subjects/policies.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	GROUPS_ASKED = 8,
	ANSWERS_FROM = 8
};

/*
 * Objects with equal selectors: 2,000 policies for all pods are one.  Of those
 * that ask for no label, which most pods meet, a pod is told as many as matter:
 * of policies one of each pattern, of others two.
 */
struct group {
	struct lint_selector selector;
	uint32_t patterns; /* of policies: a bit for each pattern */
	struct lint_selecting_objects objects;
};

VEC_TYPE(groups, struct group *);

struct question {
	const void *items;
	const void *rule;
	const void *about;
};

struct answer {
	struct question question;
	const void *made;
};

struct lint_index {
	struct lint_workload **workloads; /* by index of the object; or NULL */
	struct table in_namespace;        /* to struct lint_workloads */
	struct table by_label; /* key_of() a label to lint_workloads */
	struct table selecting[LINT_SELECTINGS]; /* rarest keys to groups */
	struct table sets;    /* workloads to lint_workloads, the same */
	struct table unions;  /* groups to lint_selecting_objects */
	struct table answers; /* struct question to struct answer */
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

/*
 * Parts joined by a byte that no name holds; numbers by their text.  Without
 * a value: the label with whatever value.
 */
static const char *key_of(struct arena *arena, const char *name_space,
			  const char *label, const struct value *value)
{
	struct str key;

	str_init(&key, arena);
	str_puts(&key, name_space);
	str_putc(&key, '\n');
	str_puts(&key, label);
	if (value)
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
		table_puts(table, arena_strdup(arena, key), list);
	}
	vec_push(arena, list, workload);
}

static void put_part(struct str *key, const char *part)
{
	str_putc(key, '\n');
	str_puts(key, part);
}

static void put_labels(struct str *key, const struct value *labels)
{
	const struct value_entry *label;

	value_foreach (label, labels) {
		put_part(key, label->key);
		str_putc(key, '\n');
		put_text(key, label->value);
	}
}

/* As key_of(), until the next key. */
static const char *label_key(struct lint_index *index, const char *name_space,
			     const struct value_entry *label, bool value)
{
	str_clear(&index->key);
	str_puts(&index->key, name_space);
	put_part(&index->key, label->key);
	if (value) {
		str_putc(&index->key, '\n');
		put_text(&index->key, label->value);
	}
	return str_text(&index->key);
}

/* The same text for the same labels in the same order. */
static const char *labels_key(struct lint_index *index, const char *name_space,
			      const struct value *labels)
{
	str_clear(&index->key);
	str_puts(&index->key, name_space);
	put_labels(&index->key, labels);
	return str_text(&index->key);
}

/* The same of a selector; empty parts, which no label is, stand between. */
static const char *selector_key(struct lint_index *index,
				const char *name_space,
				const struct lint_selector *selector)
{
	struct str *key = &index->key;
	const struct value *item, *value;

	str_clear(key);
	str_puts(key, name_space);
	put_labels(key, selector->labels);
	list_foreach (item, selector->expressions) {
		put_part(key, "");
		put_part(key, value_string_or(value_get(item, "key"), ""));
		put_part(key, value_string_or(value_get(item, "operator"), ""));
		list_foreach (value, value_get(item, "values")) {
			str_printf(key, "\n%d ", value->kind);
			put_text(key, value);
		}
	}
	return str_text(key);
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
	value_foreach (label, workload->labels) {
		key = label_key(index, workload->name_space, label, false);
		add_workload(run->arena, &index->by_label, key, workload);
		key = label_key(index, workload->name_space, label, true);
		add_workload(run->arena, &index->by_label, key, workload);
	}
}

/* Keys of by_label: who meets a condition has one of them. */
struct keys {
	VEC(const char *) keys;
	size_t workloads; /* that have one */
	bool opposite;    /* of the opposite of the condition */
};

static void add_key(struct lint_run *run, const struct lint_index *index,
		    struct keys *keys, const char *key)
{
	const struct lint_workloads *near = table_gets(&index->by_label, key);

	vec_push(run->arena, &keys->keys, key);
	keys->workloads += near ? near->count : 0;
}

/* False: who meets the expression may have any labels. */
static bool keys_of(struct lint_run *run, const struct lint_index *index,
		    const char *name_space, const struct value *expression,
		    struct keys *keys)
{
	const char *operator=
		value_string_or(value_get(expression, "operator"), "");
	const char *label = value_string_or(value_get(expression, "key"), "");
	const struct value *value;
	bool opposite = keys->opposite;

	*keys = (struct keys){ .opposite = opposite };
	if (strcmp(operator, opposite ? "DoesNotExist" : "Exists") == 0) {
		add_key(run, index, keys,
			key_of(run->arena, name_space, label, NULL));
		return true;
	}
	if (strcmp(operator, opposite ? "NotIn" : "In") != 0)
		return false;
	list_foreach (value, value_get(expression, "values"))
		add_key(run, index, keys,
			key_of(run->arena, name_space, label, value));
	return true;
}

/*
 * Those of the condition that the fewest workloads meet; labels that all
 * share, as those of a team, would make every question a scan.  False: there
 * is no condition that asks for a label.
 */
static bool rarest_keys(struct lint_run *run, const struct lint_index *index,
			const char *name_space,
			const struct lint_selector *selector,
			struct keys *rarest)
{
	const struct value_entry *label;
	const struct value *expression;
	bool found = false;
	struct keys keys = { 0 };

	value_foreach (label, selector->labels) {
		memset(&keys, 0, sizeof(keys));
		add_key(run, index, &keys,
			key_of(run->arena, name_space, label->key,
			       label->value));
		if (!found || keys.workloads < rarest->workloads)
			*rarest = keys;
		found = true;
	}
	list_foreach (expression, selector->expressions) {
		if (!keys_of(run, index, name_space, expression, &keys))
			continue;
		if (!found || keys.workloads < rarest->workloads)
			*rarest = keys;
		found = true;
	}
	return found;
}

/* Among the latest; what comes by turns is many selectors anyway. */
static struct group *equal_group(const struct groups *groups,
				 const struct lint_selector *selector)
{
	size_t i;

	for (i = groups->count; i-- > 0 && groups->count - i <= GROUPS_ASKED;) {
		struct group *group = groups->items[i];

		if (value_equals(group->selector.labels, selector->labels) &&
		    value_equals(group->selector.expressions,
				 selector->expressions))
			return group;
	}
	return NULL;
}

/* A value that a selector names twice is found where it was just put. */
static void add_group(struct lint_run *run, struct table *selecting,
		      const char *key, struct group *group)
{
	struct groups *list = table_gets(selecting, key);

	if (!list) {
		list = arena_zalloc(run->arena, sizeof(*list));
		table_puts(selecting, key, list);
	}
	if (!list->count || list->items[list->count - 1] != group)
		vec_push(run->arena, list, group);
}

/* The group of a selector, below all keys of it. */
static struct group *group_of(struct lint_run *run, struct table *selecting,
			      const struct keys *keys,
			      const struct lint_selector *selector)
{
	const struct groups *list = table_gets(selecting, keys->keys.items[0]);
	struct group *group = list ? equal_group(list, selector) : NULL;
	size_t i;

	if (group)
		return group;
	group = arena_zalloc(run->arena, sizeof(*group));
	group->selector = *selector;
	for (i = 0; i < keys->keys.count; i++)
		add_group(run, selecting, keys->keys.items[i], group);
	return group;
}

static void index_selecting(struct lint_run *run, struct lint_index *index,
			    enum lint_selecting kind,
			    const struct object *object)
{
	const struct value *value = value_at(
		object->root,
		kind == LINT_BY_POLICY ? "spec.podSelector" : "spec.selector");
	const char *name_space = lint_namespace(run, object);
	struct lint_selector selector;
	struct keys keys = { 0 };
	struct group *group;

	if (!value_is_map(value))
		return;
	selector = kind == LINT_BY_SERVICE ? lint_selector_plain(value)
					   : lint_selector_of(value);
	/* A Service with an empty selector has its endpoints by hand. */
	if (kind == LINT_BY_SERVICE && lint_selector_is_empty(&selector))
		return;
	/* By the namespace alone if nothing else is said. */
	if (!rarest_keys(run, index, name_space, &selector, &keys))
		add_key(run, index, &keys,
			key_of(run->arena, name_space, "", NULL));
	if (!keys.keys.count)
		return;
	group = group_of(run, &index->selecting[kind], &keys, &selector);
	group->patterns |= 1u << lint_policy_pattern(object);
	vec_push(run->arena, &group->objects, object);
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
	table_init(&index->sets, run->arena);
	table_init(&index->unions, run->arena);
	table_init(&index->answers, run->arena);
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

static void add_matching(struct lint_run *run,
			 const struct lint_selector *selector,
			 const struct lint_workloads *near,
			 struct lint_workloads *matched)
{
	size_t i;

	for (i = 0; near && i < near->count; i++)
		if (lint_selector_matches(selector, near->items[i]->labels))
			vec_push(run->arena, matched, near->items[i]);
}

static int by_place(const void *a, const void *b)
{
	const struct lint_workload *one = *(struct lint_workload *const *)a;
	const struct lint_workload *other = *(struct lint_workload *const *)b;

	return (one->object->index > other->object->index) -
	       (one->object->index < other->object->index);
}

/* In the order of the bundle, each once. */
static void put_in_order(struct lint_workloads *matched)
{
	size_t kept = 0, i;

	if (matched->count > 1)
		qsort(matched->items, matched->count, sizeof(*matched->items),
		      by_place);
	for (i = 0; i < matched->count; i++)
		if (!kept || matched->items[kept - 1] != matched->items[i])
			matched->items[kept++] = matched->items[i];
	matched->count = kept;
}

/*
 * Those that a selector leaves out which asks for no label; false: it has more
 * than NotIn and DoesNotExist.
 */
static bool find_left_out(struct lint_run *run, const char *name_space,
			  const struct lint_selector *selector,
			  struct lint_workloads *left)
{
	const struct lint_index *index = index_of(run);
	const struct lint_workloads *near;
	const struct value *expression;
	struct keys keys = { .opposite = true };
	size_t i, k;

	list_foreach (expression, selector->expressions) {
		if (!keys_of(run, index, name_space, expression, &keys))
			return false;
		for (i = 0; i < keys.keys.count; i++) {
			near = table_gets(&index->by_label, keys.keys.items[i]);
			for (k = 0; near && k < near->count; k++)
				if (!lint_selector_matches(
					    selector, near->items[k]->labels))
					vec_push(run->arena, left,
						 near->items[k]);
		}
	}
	put_in_order(left);
	return true;
}

static void add_all_but(struct lint_run *run, const struct lint_workloads *all,
			const struct lint_workloads *left,
			struct lint_workloads *matched)
{
	size_t i, k = 0;

	vec_exact(run->arena, matched, all->count);
	for (i = 0; i < all->count; i++)
		if (k < left->count && left->items[k] == all->items[i])
			k++;
		else
			matched->items[matched->count++] = all->items[i];
}

static void select_workloads(struct lint_run *run, const char *name_space,
			     const struct lint_selector *selector,
			     struct lint_workloads *matched)
{
	const struct lint_index *index = index_of(run);
	const struct lint_workloads *all = lint_workloads_in(run, name_space);
	struct lint_workloads left = { 0 };
	struct keys keys;
	size_t i;

	if (!rarest_keys(run, index, name_space, selector, &keys)) {
		if (find_left_out(run, name_space, selector, &left))
			add_all_but(run, all, &left, matched);
		else
			add_matching(run, selector, all, matched);
		return;
	}
	for (i = 0; i < keys.keys.count; i++)
		add_matching(run, selector,
			     table_gets(&index->by_label, keys.keys.items[i]),
			     matched);
	if (keys.keys.count > 1)
		put_in_order(matched);
}

/* Selectors that differ may well match the same pods, as all of them. */
static struct lint_workloads *keep_once(struct lint_run *run,
					const struct lint_workloads *matched)
{
	struct table *known = &index_of(run)->sets;
	struct arena *arena = run->found->kept;
	size_t size = matched->count * sizeof(*matched->items);
	const char *key = size ? (const char *)matched->items : "";
	struct lint_workloads *kept = table_get(known, key, size);

	if (kept)
		return kept;
	kept = arena_zalloc(arena, sizeof(*kept));
	if (size) {
		vec_exact(arena, kept, matched->count);
		memcpy(kept->items, matched->items, size);
		kept->count = matched->count;
		key = (const char *)kept->items;
	}
	table_put(known, key, size, kept);
	return kept;
}

/* Asked by many rules, and for many objects with equal selectors: once. */
void lint_select(struct lint_run *run, const char *name_space,
		 const struct lint_selector *selector,
		 struct lint_workloads *matched)
{
	struct lint_index *index = index_of(run);
	struct lint_workloads *found;
	const char *key;

	key = selector_key(index, name_space, selector);
	found = table_gets(&index->matched, key);
	if (!found) {
		key = arena_strdup(run->found->kept, key);
		memset(matched, 0, sizeof(*matched));
		select_workloads(run, name_space, selector, matched);
		found = keep_once(run, matched);
		table_puts(&index->matched, key, found);
	}
	*matched = *found;
}

static void add_selecting(struct lint_run *run, enum lint_selecting kind,
			  const struct lint_workload *workload, const char *key,
			  struct groups *matched)
{
	const struct groups *near =
		table_gets(&index_of(run)->selecting[kind], key);
	size_t i;

	for (i = 0; near && i < near->count; i++)
		if (lint_selector_matches(&near->items[i]->selector,
					  workload->labels))
			vec_push(run->arena, matched, near->items[i]);
}

/* The same of groups that ask for no label. */
static void add_wide(struct lint_run *run, enum lint_selecting kind,
		     const struct lint_workload *workload, const char *key,
		     struct groups *matched)
{
	const struct groups *near =
		table_gets(&index_of(run)->selecting[kind], key);
	bool policies = kind == LINT_BY_POLICY;
	uint32_t patterns = 0;
	size_t i;

	for (i = 0; near && i < near->count; i++) {
		struct group *group = near->items[i];

		if (policies ? !(group->patterns & ~patterns)
			     : matched->count >= 2)
			continue;
		if (!lint_selector_matches(&group->selector, workload->labels))
			continue;
		vec_push(run->arena, matched, group);
		patterns |= group->patterns;
	}
}

static struct lint_selecting_objects *join(struct arena *arena,
					   const struct groups *groups)
{
	struct lint_selecting_objects *all = arena_zalloc(arena, sizeof(*all));
	size_t i, k;

	for (i = 0; i < groups->count; i++)
		for (k = 0; k < groups->items[i]->objects.count; k++)
			vec_push(arena, all,
				 groups->items[i]->objects.items[k]);
	return all;
}

/* Pods that differ are mostly selected by the same: they share the answer. */
static struct lint_selecting_objects *objects_of(struct lint_run *run,
						 const struct groups *groups)
{
	struct table *unions = &index_of(run)->unions;
	size_t size = groups->count * sizeof(*groups->items);
	struct lint_selecting_objects *all;

	if (groups->count == 1)
		return &groups->items[0]->objects;
	all = table_get(unions, (const char *)groups->items, size);
	if (!all) {
		all = join(run->found->kept, groups);
		table_put(unions,
			  arena_strndup(run->found->kept,
					(const char *)groups->items, size),
			  size, all);
	}
	return all;
}

static void find_selecting(struct lint_run *run, struct lint_workload *workload)
{
	struct groups groups[LINT_SELECTINGS] = { 0 };
	const char *name_space = workload->name_space, *key;
	const struct value_entry *label;
	size_t kind;

	workload->by = arena_zalloc(run->found->kept,
				    LINT_SELECTINGS * sizeof(*workload->by));
	value_foreach (label, workload->labels) {
		key = label_key(index_of(run), name_space, label, true);
		for (kind = 0; kind < LINT_SELECTINGS; kind++)
			add_selecting(run, kind, workload, key, &groups[kind]);
		key = label_key(index_of(run), name_space, label, false);
		for (kind = 0; kind < LINT_SELECTINGS; kind++)
			add_selecting(run, kind, workload, key, &groups[kind]);
	}
	key = key_of(run->arena, name_space, "", NULL);
	for (kind = 0; kind < LINT_SELECTINGS; kind++) {
		add_wide(run, kind, workload, key, &groups[kind]);
		if (groups[kind].count)
			workload->by[kind] = *objects_of(run, &groups[kind]);
	}
}

const void **lint_answer(struct lint_run *run, const void *items, size_t count,
			 const void *about)
{
	struct table *answers = &index_of(run)->answers;
	const struct question question = { items, run->rule, about };
	struct answer *answer;

	if (count < ANSWERS_FROM)
		return NULL;
	answer = table_get(answers, (const char *)&question, sizeof(question));

	if (!answer) {
		answer = arena_zalloc(run->found->kept, sizeof(*answer));
		answer->question = question;
		table_put(answers, (const char *)&answer->question,
			  sizeof(question), answer);
	}
	return &answer->made;
}

struct arena *lint_answers(struct lint_run *run)
{
	return run->found->kept;
}

void lint_selected_by(struct lint_run *run, enum lint_selecting kind,
		      const struct lint_workload *workload,
		      struct lint_selecting_objects *matched)
{
	if (!workload->like->by)
		find_selecting(run, workload->like);
	*matched = workload->like->by[kind];
}

const struct object *lint_scaler_at(struct lint_run *run,
				    const char *name_space, const char *kind,
				    const char *name)
{
	return table_gets(&index_of(run)->scalers,
			  target_key(run, name_space, kind, name));
}
