/*
 * Kustomize's own algorithm, whose flaws are visible in results and are
 * therefore followed to the letter: elements are found by tuples of key
 * values, an empty value matches any, and base elements that lack a key come
 * back in the last step.
 */
#include "overlays/merge_list.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "base/vec.h"
#include "model/value.h"
#include "overlays/merge.h"
#include "overlays/merge_track.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/schema.h"

enum {
	PLAIN_FROM = 1 /* elements; fewer are compared one by one */
};

struct tuple {
	const char *values[SCHEMA_KEYS]; /* "": missing or empty */
};

VEC_TYPE(tuples, struct tuple);
VEC_TYPE(elements, struct value *);

struct keyed {
	struct overlay_run *run;
	const char *keys[SCHEMA_KEYS];
	size_t count;
	const char *live[SCHEMA_KEYS]; /* keys that any tuple has */
	size_t at[SCHEMA_KEYS];        /* their places among the keys */
	size_t live_count;
	struct tuples tuples;
	struct schema element;
};

static void take_elements(struct overlay_run *run, const struct value *list,
			  struct elements *elements)
{
	struct value *item;

	list_foreach (item, list)
		vec_push(run->arena, elements, item);
}

static bool is_empty_element(const struct value *value)
{
	return node_was_null(value) ||
	       (value_is_map(value) && !value_count(value));
}

/* Elements that say the same, and empty ones, go with the directive. */
static void take_directives(struct overlay_run *run, struct value *patch,
			    const char *text)
{
	size_t i = 0;

	while (i < value_count(patch)) {
		const struct value *item = value_item(patch, i);
		const struct value *word = value_get(item, "$patch");

		if (is_empty_element(item) ||
		    (word && strcmp(node_text(run->arena, word), text) == 0))
			value_remove_at(patch, i);
		else
			i++;
	}
}

/*
 * What `{$patch: X}` as an element says of the whole list.  Only the first
 * element with the key is looked at; one with other keys speaks of itself.
 */
static bool take_list_directive(struct overlay_run *run, struct value *patch,
				const char **directive)
{
	const struct value *item, *word = NULL;

	*directive = "";
	list_foreach (item, patch) {
		word = value_get(item, "$patch");
		if (word)
			break;
	}
	if (!word || value_count(item) != 1)
		return true;
	*directive = node_text(run->arena, word);
	if (strcmp(*directive, "delete") != 0 &&
	    strcmp(*directive, "replace") != 0 &&
	    strcmp(*directive, "merge") != 0)
		return merge_bad_directive(run, word);
	take_directives(run, patch, *directive);
	return true;
}

static const char *field_text(const struct keyed *keyed,
			      const struct value *element, const char *key)
{
	const struct value *field = value_get(element, key);

	return value_is_null(field) ? "" : node_text(keyed->run->arena, field);
}

/* node_text without a copy. */
static bool has_text(const struct keyed *keyed, const struct value *field,
		     const char *text)
{
	if (node_is_scalar(field) && field->kind != VALUE_STRING && field->text)
		return strlen(text) == field->len &&
		       memcmp(field->text, text, field->len) == 0;
	return strcmp(node_text(keyed->run->arena, field), text) == 0;
}

/* Whether an element has the values; an empty one stands for any. */
static bool matches(const struct keyed *keyed, const struct value *element,
		    const char *const *keys, const char *const *values,
		    size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct value *field = value_get(element, keys[i]);

		if (!field)
			return false;
		if (*values[i] && !has_text(keyed, field, values[i]))
			return false;
	}
	return true;
}

static bool same_tuple(const struct keyed *keyed, const struct tuple *a,
		       const struct tuple *b)
{
	size_t i;

	for (i = 0; i < keyed->count; i++)
		if (strcmp(a->values[i], b->values[i]) != 0)
			return false;
	return true;
}

static bool no_map(const struct keyed *keyed, const struct value *element)
{
	return overlay_fail(
		keyed->run, &element->origin,
		node_wrong_kind(keyed->run->arena, element, "MappingNode"),
		"the elements of this list are merged by %s, so each has to "
		"be a map",
		keyed->keys[0]);
}

/* What is no map has no values. */
static void add_tuples(struct keyed *keyed, const struct elements *elements)
{
	size_t i, j;

	for (i = 0; i < elements->count; i++) {
		struct tuple tuple = { { NULL } };
		bool known = false;

		for (j = 0; j < keyed->count; j++)
			tuple.values[j] = field_text(keyed, elements->items[i],
						     keyed->keys[j]);
		for (j = 0; j < keyed->tuples.count && !known; j++)
			known = same_tuple(keyed, &keyed->tuples.items[j],
					   &tuple);
		if (!known)
			vec_push(keyed->run->arena, &keyed->tuples, tuple);
	}
}

/* Equal where both have a value, and equal in one place at least. */
static bool combined(const struct keyed *keyed, const struct tuple *a,
		     const struct tuple *b, struct tuple *both)
{
	bool equal = false;
	size_t i;

	for (i = 0; i < keyed->count; i++) {
		bool same = strcmp(a->values[i], b->values[i]) == 0;

		if (!same && *a->values[i] && *b->values[i])
			return false;
		equal = equal || same;
		both->values[i] = *a->values[i] ? a->values[i] : b->values[i];
	}
	return equal;
}

/* A tuple is compared as it was before, not as it has become on the way. */
static void combine_tuples(struct keyed *keyed)
{
	struct tuple *tuples = keyed->tuples.items, both;
	size_t i, j;

	for (i = 0; i < keyed->tuples.count; i++) {
		const struct tuple before = tuples[i];

		for (j = 0; j < keyed->tuples.count; j++)
			if (combined(keyed, &before, &tuples[j], &both))
				tuples[i] = tuples[j] = both;
	}
}

static void find_live_keys(struct keyed *keyed)
{
	size_t i, j;

	for (i = 0; i < keyed->count; i++)
		for (j = 0; j < keyed->tuples.count; j++)
			if (*keyed->tuples.items[j].values[i]) {
				keyed->at[keyed->live_count] = i;
				keyed->live[keyed->live_count++] =
					keyed->keys[i];
				break;
			}
	if (keyed->live_count)
		return;
	for (i = 0; i < keyed->count; i++) {
		keyed->at[i] = i;
		keyed->live[i] = keyed->keys[i];
	}
	keyed->live_count = keyed->count;
}

/* Whether an element has all keys, each with an empty text. */
static bool has_empty_keys(const struct keyed *keyed,
			   const struct value *element)
{
	size_t i;

	for (i = 0; i < keyed->live_count; i++) {
		const struct value *field = value_get(element, keyed->live[i]);

		if (!field || *node_text(keyed->run->arena, field))
			return false;
	}
	return true;
}

/*
 * The first element that has the tuple's own values.  If those are all empty
 * so have the fields to be: a null that is written out as such is not found.
 */
static struct value *find(const struct keyed *keyed,
			  const struct elements *elements,
			  const struct tuple *tuple)
{
	const char *keys[SCHEMA_KEYS], *values[SCHEMA_KEYS];
	size_t count = 0, i;

	for (i = 0; i < keyed->count; i++)
		if (*tuple->values[i]) {
			keys[count] = keyed->keys[i];
			values[count++] = tuple->values[i];
		}
	for (i = 0; i < elements->count; i++)
		if (value_is_map(elements->items[i]) &&
		    (count ? matches(keyed, elements->items[i], keys, values,
				     count)
			   : has_empty_keys(keyed, elements->items[i])))
			return elements->items[i];
	return NULL;
}

/*
 * Replace what matches by `with`, or append it; with NULL what matches is
 * taken out.  Elements that are empty go on the way.  Without values all go.
 * What is no map stays if the first value is given, and is an error if not.
 */
static bool set_element(const struct keyed *keyed, struct elements *elements,
			const char *const *values, size_t count,
			struct value *with)
{
	bool found = false;
	size_t i, kept = 0;

	for (i = 0; i < elements->count; i++) {
		struct value *element = elements->items[i];

		if (is_empty_element(element) || !count)
			continue;
		if (!value_is_map(element) && !*values[0])
			return no_map(keyed, element);
		if (value_is_map(element) &&
		    matches(keyed, element, keyed->live, values, count)) {
			found = true;
			element = with;
		}
		if (element)
			elements->items[kept++] = element;
	}
	elements->count = kept;
	if (with && !found && !value_is_null(with))
		vec_push(keyed->run->arena, elements, with);
	return true;
}

static void fill_keys(const struct keyed *keyed, struct value *element,
		      const char *const *values)
{
	size_t i;

	for (i = 0; i < keyed->live_count; i++)
		if (*values[i] && !value_get(element, keyed->live[i]))
			value_set(keyed->run->arena, element, keyed->live[i],
				  node_scalar(keyed->run->arena,
					      &element->origin, values[i],
					      strlen(values[i]), NODE_UNTYPED));
}

static bool merge_tuple(const struct keyed *keyed, struct elements *base,
			const struct elements *patch, struct elements *added,
			const struct tuple *tuple)
{
	const char *values[SCHEMA_KEYS];
	struct value *merged = find(keyed, base, tuple);
	struct value *from = find(keyed, patch, tuple);
	size_t i;

	for (i = 0; i < keyed->live_count; i++)
		values[i] = tuple->values[keyed->at[i]];
	if (!merge_patch(keyed->run, &merged, from, &keyed->element))
		return false;
	if (is_empty_element(merged))
		return set_element(keyed, base, values, keyed->live_count,
				   NULL);
	fill_keys(keyed, merged, values);
	return set_element(keyed, added, values, keyed->live_count, merged);
}

static bool bring_back(const struct keyed *keyed, struct elements *result,
		       struct value *element)
{
	const char *values[SCHEMA_KEYS];
	size_t count = 0, i;

	if (!value_is_map(element) && !node_was_null(element))
		return no_map(keyed, element);
	for (i = 0; i < keyed->live_count; i++) {
		const struct value *field = value_get(element, keyed->live[i]);

		if (!field)
			vec_push(keyed->run->arena, result, element);
		else
			values[count++] = node_text(keyed->run->arena, field);
	}
	if (keyed->live_count > 1 &&
	    !set_element(keyed, result, values, count, NULL))
		return false;
	return set_element(keyed, result, values, count, element);
}

/* The elements of both sides that have the same values. */
struct pair {
	struct value *base;
	size_t at; /* its place in the base */
	struct value *patch;
};

VEC_TYPE(pairs, struct pair *);

/*
 * The pair of an element that has all keys, each with a text that no other
 * element of its side has; NULL: it is not that plain.
 */
static struct pair *plain_pair(const struct keyed *keyed, struct table *known,
			       struct pairs *pairs, const struct value *element)
{
	struct arena *arena = keyed->run->arena;
	const char *all = "";
	struct pair *pair;
	size_t i;

	if (!value_is_map(element))
		return NULL;
	for (i = 0; i < keyed->count; i++) {
		const char *text = field_text(keyed, element, keyed->keys[i]);

		if (!*text)
			return NULL;
		all = i ? arena_printf(arena, "%s\n%s", all, text) : text;
	}
	pair = table_gets(known, all);
	if (!pair) {
		pair = arena_zalloc(arena, sizeof(*pair));
		table_puts(known, all, pair);
		vec_push(arena, pairs, pair);
	}
	return pair;
}

/* Those of the patch first; false: an element is not plain. */
static bool find_pairs(const struct keyed *keyed, const struct elements *base,
		       const struct elements *patch, struct pairs *pairs)
{
	struct table known;
	struct pair *pair;
	size_t i;

	table_init(&known, keyed->run->arena);
	for (i = 0; i < patch->count; i++) {
		pair = plain_pair(keyed, &known, pairs, patch->items[i]);
		if (!pair || pair->patch)
			return false;
		pair->patch = patch->items[i];
	}
	for (i = 0; i < base->count; i++) {
		pair = plain_pair(keyed, &known, pairs, base->items[i]);
		if (!pair || pair->base)
			return false;
		pair->base = base->items[i];
		pair->at = i;
	}
	return true;
}

/*
 * What merge_keyed comes to where no element is odd, in a time that grows
 * with the lists and not with their product.  With one key the patch gives the
 * order; with several what is new stands first and the base keeps its own.
 */
static bool merge_plain(const struct keyed *keyed, const struct elements *base,
			const struct pairs *pairs, struct elements *result)
{
	struct arena *arena = keyed->run->arena;
	bool *gone = arena_zalloc(arena, base->count + 1);
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		const struct pair *pair = pairs->items[i];
		struct value *merged = pair->base;

		if (!merge_patch(keyed->run, &merged, pair->patch,
				 &keyed->element))
			return false;
		if (pair->base)
			gone[pair->at] = is_empty_element(merged);
		if (is_empty_element(merged) ||
		    (pair->base && keyed->count > 1))
			continue;
		vec_push(arena, result, pair->base ? pair->base : merged);
	}
	for (i = 0; keyed->count > 1 && i < base->count; i++)
		if (!gone[i])
			vec_push(arena, result, base->items[i]);
	return true;
}

static bool merge_keyed(struct keyed *keyed, struct elements *base,
			const struct elements *patch, struct elements *result)
{
	struct pairs pairs = { 0 };
	size_t i;

	if (base->count + patch->count >= PLAIN_FROM &&
	    find_pairs(keyed, base, patch, &pairs))
		return merge_plain(keyed, base, &pairs, result);
	add_tuples(keyed, patch);
	add_tuples(keyed, base);
	if (keyed->count > 1)
		combine_tuples(keyed);
	find_live_keys(keyed);
	for (i = 0; i < keyed->tuples.count; i++)
		if (!merge_tuple(keyed, base, patch, result,
				 &keyed->tuples.items[i]))
			return false;
	for (i = 0; i < base->count; i++)
		if (!bring_back(keyed, result, base->items[i]))
			return false;
	return true;
}

/*
 * An element is set anew: quotes stay, but not a tag or what stood for one,
 * nor the place, which is found by the text.
 */
static struct value *anew(struct overlay_run *run, const struct value *item)
{
	struct value *value = value_copy(run->arena, item);

	if (value->kind == VALUE_STRING) {
		value->string =
			arena_strndup(run->arena, value->string, value->len);
		value->tag = VALUE_TAG_NONE;
		value->flags &= (uint8_t) ~(VALUE_FLAG_EXPLICIT_TAG |
					    VALUE_FLAG_TAG_OF_TEXT);
	}
	return value;
}

/* A text in a list of scalars, and who has it. */
struct member {
	struct value *base;  /* the first of the base */
	struct value *solid; /* the first of the base that is no null */
	struct value *patch;
	struct value *result;
	size_t at; /* its place among the members */
};

VEC_TYPE(members, struct member *);

struct scalars {
	struct overlay_run *run;
	struct table known; /* by text */
	struct members members;
	bool bare; /* the base has lost its nulls */
};

static void place(struct scalars *all, struct member *member)
{
	member->at = all->members.count;
	vec_push(all->run->arena, &all->members, member);
}

static struct member *member_of(struct scalars *all, const struct value *item)
{
	const char *text = node_text(all->run->arena, item);
	struct member *member = table_gets(&all->known, text);

	if (member)
		return member;
	member = arena_zalloc(all->run->arena, sizeof(*member));
	table_puts(&all->known, text, member);
	place(all, member);
	return member;
}

static bool add_members(struct scalars *all, const struct elements *items,
			bool patch)
{
	size_t i;

	for (i = 0; i < items->count; i++) {
		struct value *item = items->items[i];
		struct member *member = member_of(all, item);
		struct value **first = patch ? &member->patch : &member->base;

		if (!node_is_scalar(item) && !is_empty_element(item))
			return overlay_fail(
				all->run, &item->origin,
				node_wrong_kind(all->run->arena, item,
						"ScalarNode"),
				"the elements of this list have to be scalars");
		if (!*first)
			*first = item;
		if (!patch && !member->solid && !is_empty_element(item))
			member->solid = item;
	}
	return true;
}

/* What merges to a null is deleted, and with it all nulls of the base. */
static void unite_member(struct scalars *all, struct member *member)
{
	struct value *from = member->patch;

	if (!from)
		from = all->bare ? member->solid : member->base;
	if (!from || is_empty_element(from)) {
		all->bare = true;
		member->solid = member->base = NULL;
		return;
	}
	member->result = anew(all->run, from);
	if (from == member->solid)
		*from = *member->result;
}

/*
 * The base puts its own elements back in; a null, too, which is gone when the
 * next one comes.
 */
static void put_back(struct scalars *all, const struct elements *base)
{
	struct member *null = NULL;
	size_t i;

	for (i = 0; i < base->count; i++) {
		struct member *member = member_of(all, base->items[i]);
		bool empty = is_empty_element(base->items[i]);

		if (empty ? all->bare : !member->solid)
			continue;
		if (null)
			null->result = NULL;
		null = empty && member->result ? member : NULL;
		if (empty && !null)
			continue;
		if (!member->result)
			place(all, member);
		member->result = base->items[i];
	}
}

/*
 * Elements are looked up by their text, of which a map has none: the first
 * without one is merged as a map, and gone if nothing is left of it.
 */
static bool merge_textless(struct overlay_run *run,
			   const struct elements *items)
{
	const struct schema none = { 0 };
	size_t i = 0;

	while (i < items->count && *node_text(run->arena, items->items[i]))
		i++;
	return i == items->count || !value_is_map(items->items[i]) ||
	       merge_patch(run, &items->items[i], items->items[i], &none);
}

/* The patch gives the order. */
static bool unite(struct overlay_run *run, const struct elements *base,
		  const struct elements *patch, struct elements *result)
{
	struct scalars all = { .run = run };
	size_t i, count;

	table_init(&all.known, run->arena);
	if (!merge_textless(run, patch) || !add_members(&all, patch, true) ||
	    !add_members(&all, base, false))
		return false;
	count = all.members.count;
	for (i = 0; i < count; i++)
		unite_member(&all, all.members.items[i]);
	put_back(&all, base);
	for (i = 0; i < all.members.count; i++) {
		const struct member *member = all.members.items[i];

		if (member->result && member->at == i)
			vec_push(run->arena, result, member->result);
	}
	return true;
}

static bool merge_by(struct overlay_run *run, struct value **base,
		     struct value *patch, const struct schema *schema,
		     struct keyed *keyed)
{
	struct value *list = *base ? *base : patch;
	struct elements own = { 0 }, other = { 0 }, result = { 0 };
	bool any = value_count(list) || value_count(patch);
	size_t i;

	take_elements(run, list, &own);
	take_elements(run, patch, &other);
	if (!keyed->count) {
		if (!unite(run, &own, &other, &result))
			return false;
	} else {
		keyed->element = schema_element(run, schema);
		/* Of a list that is new both sides are one and the same. */
		if (!merge_keyed(keyed, &own, list == patch ? &own : &other,
				 &result))
			return false;
	}
	if (patch && *base && value_count(patch))
		value_merged(run->arena, list, &patch->origin);
	/*
	 * Kustomize puts the elements into another list, also where the patch
	 * does not speak of it: when the object is hashed as nodes it stands
	 * nowhere, and it has a style only if there was a list before.
	 */
	if (any)
		list->list = value_new_list(run->arena, NULL)->list;
	if (!*base)
		list->tag = VALUE_TAG_NONE;
	for (i = 0; i < result.count; i++)
		value_append(run->arena, list, result.items[i]);
	*base = list;
	return true;
}

/* How a list that is replaced was written is not the patch's to say. */
static void take_list(struct overlay_run *run, struct value **base,
		      struct value *patch)
{
	struct value *old = *base;

	if (node_was_null(old)) {
		*base = patch;
		return;
	}
	*base = value_replace(run->arena, old, patch);
	if (!value_count(old))
		return;
	(*base)->style = old->style;
	node_settle_flow(*base, false);
}

bool merge_list(struct overlay_run *run, struct value **base,
		struct value *patch, const struct schema *schema)
{
	struct keyed keyed = { .run = run };
	enum schema_list strategy =
		schema_list(run, schema, keyed.keys, &keyed.count);
	const char *directive = "";

	if (patch && patch->kind == VALUE_NULL) {
		*base = NULL;
		return true;
	}
	if (strategy == SCHEMA_REPLACED) {
		if (patch && value_is_list(*base) && run->track)
			merge_track_lost(run, *base, patch);
		if (patch)
			take_list(run, base, patch);
		return true;
	}
	if (node_was_null(*base))
		*base = NULL;
	if (patch && *base && !take_list_directive(run, patch, &directive))
		return false;
	if (strcmp(directive, "delete") == 0) {
		*base = NULL;
		return true;
	}
	/* What takes its place is then merged with itself. */
	if (strcmp(directive, "replace") == 0)
		*base = patch;
	return merge_by(run, base, patch, schema, &keyed);
}
