/*
 * Functions on maps.
 *
 * set, unset and the merges change their first map in place and return it:
 * charts keep a map in a variable and rely on that.  What a merge takes over
 * from another map stays shared with it, and charts see that too.
 *
 * Go walks maps in a random order; keys and values come sorted here, so that
 * the same input gives the same bytes.
 */
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "templates/func.h"
#include "templates/funcs/items.h"
#include "templates/object.h"

static bool too_deep(struct call *call)
{
	call_fail(call,
		  "maps and lists are nested more than %llu deep, or a map "
		  "holds itself (--limit tree-depth)",
		  (unsigned long long)call_limits(call).tree_depth);
	return false;
}

/* A parameter turns a named map into a plain one; the map is the same. */
static const struct value *plain_map(struct call *call, const struct value *map)
{
	struct value *plain;

	if (!value_is_map(map))
		return call_new_map(call);
	if (map->type != VALUE_TYPE_NAMED)
		return map;
	plain = value_copy(call->arena, map);
	plain->type = VALUE_TYPE_PLAIN;
	plain->class = NULL;
	return plain;
}

static void put(struct call *call, const struct value *map,
		const struct value_entry *entry)
{
	value_setn(call->arena, value_shared(map), entry->key, entry->len,
		   &entry->origin, entry->value);
}

static void put_at(struct call *call, struct value *map, struct text key,
		   const struct value *value)
{
	value_setn(call->arena, map,
		   arena_strndup(call->arena, key.at, key.len), key.len,
		   &call->origin, value_shared(value));
}

static const struct value *fn_dict(struct call *call)
{
	struct value *map = call_new_map(call);
	size_t i;

	for (i = 0; i < call->count; i += 2) {
		const struct value *name = call_arg(call, i);
		struct text key = value_is_string(name)
					  ? value_text(name)
					  : call_strval(call, name);
		const struct value *value = call_arg(call, i + 1);

		if (!value)
			value = call_give_opaque(call, "", 0);
		value_setn(call->arena, map, key.at, key.len, &call->origin,
			   value_shared(value));
	}
	return map;
}

static const struct value *find(const struct value *map, const struct text *key)
{
	return value_getn(map, key->at, key->len);
}

static const struct value *fn_get(struct call *call)
{
	struct text key = call_text(call, 1);
	const struct value *value = find(call_arg(call, 0), &key);

	return value ? value : call_give_opaque(call, "", 0);
}

static const struct value *fn_has_key(struct call *call)
{
	struct text key = call_text(call, 1);

	return call_give_bool(call, find(call_arg(call, 0), &key) != NULL);
}

static const struct value *fn_set(struct call *call)
{
	const struct value *map = call_arg(call, 0);

	if (map->flags & VALUE_FLAG_NIL)
		return call_fail(call, "assignment to entry in nil map");
	put_at(call, value_shared(map), call_text(call, 1), call_arg(call, 2));
	return plain_map(call, map);
}

static const struct value *fn_unset(struct call *call)
{
	const struct value *map = call_arg(call, 0);
	struct text key = call_text(call, 1);

	if (value_is_map(map))
		value_remove(value_shared(map), key.at, key.len);
	return plain_map(call, map);
}

static const struct value *fn_pluck(struct call *call)
{
	struct text key = call_text(call, 0);
	struct value *list = call_new_list(call);
	size_t i;

	for (i = 1; i < call->count; i++) {
		const struct value *value = find(call_arg(call, i), &key);

		if (value)
			value_append(call->arena, list, value_shared(value));
	}
	return list;
}

static const struct value *fn_keys(struct call *call)
{
	struct value *list = call_new_list(call);
	size_t i, k;

	list->type = VALUE_TYPE_STRINGS;
	for (i = 0; i < call->count; i++) {
		const struct value *map = call_arg(call, i);
		struct value_entry **sorted = value_sorted(call->arena, map);

		for (k = 0; k < value_count(map); k++) {
			const struct value_entry *entry = sorted[k];
			struct value *key =
				value_new_string(call->arena, &entry->origin,
						 entry->key, entry->len);

			value_append(call->arena, list, key);
		}
	}
	return list;
}

static const struct value *fn_values(struct call *call)
{
	const struct value *map = call_arg(call, 0);
	struct value_entry **sorted = value_sorted(call->arena, map);
	struct value *list = call_new_list(call);
	size_t i;

	for (i = 0; i < value_count(map); i++)
		value_append(call->arena, list, sorted[i]->value);
	return list;
}

static const struct value *fn_pick(struct call *call)
{
	struct value *map = call_new_map(call);
	size_t i;

	for (i = 1; i < call->count; i++) {
		struct text key = call_text(call, i);
		const struct value_entry *entry =
			value_entry(call_arg(call, 0), key.at, key.len);

		if (entry)
			put(call, map, entry);
	}
	return map;
}

static const struct value *fn_omit(struct call *call)
{
	struct value *map = call_new_map(call), *omitted = call_new_map(call);
	const struct value_entry *entry;
	size_t i;

	for (i = 1; i < call->count; i++)
		put_at(call, omitted, call_text(call, i), call_arg(call, i));
	value_foreach (entry, call_arg(call, 0)) {
		if (!value_getn(omitted, entry->key, entry->len))
			put(call, map, entry);
	}
	return map;
}

static const struct value *not_a(struct call *call, const struct value *value,
				 const char *wanted)
{
	return call_fail(call,
			 "interface conversion: interface {} is %s, not "
			 "%s",
			 value_is_null(value) ? "nil"
					      : template_type_name(value),
			 wanted);
}

/* Only a plain map will do: .Values itself and split's maps are others. */
static bool is_plain_map(const struct value *value)
{
	return value_is_map(value) && value->type == VALUE_TYPE_PLAIN;
}

static const struct value *fn_dig(struct call *call)
{
	const struct value *at;
	size_t i, keys = call->count - 2;

	if (call->count < 3)
		return call_fail(call, "dig needs at least three arguments");
	at = call_arg(call, call->count - 1);
	if (!is_plain_map(at))
		return not_a(call, at, "map[string]interface {}");
	for (i = 0; i < keys; i++) {
		if (!value_is_string(call_arg(call, i)))
			return not_a(call, call_arg(call, i), "string");
	}
	for (i = 0; i < keys; i++) {
		struct text key = value_text(call_arg(call, i));

		if (i && !is_plain_map(at))
			return not_a(call, at, "map[string]interface {}");
		at = find(at, &key);
		if (!at)
			return call_arg(call, keys);
	}
	return at;
}

/* Whether it is a struct with fields that other packages of Go see. */
static bool is_open_struct(struct call *call, const struct value *value)
{
	const struct object_class *class =
		value ? object_class_of(value) : NULL;
	const struct object_part *part;

	if (!class || strcmp(class->kind, "struct") != 0)
		return false;
	part = object_parts(call->arena, value);
	while (part && part->name &&
	       !(*part->name >= 'A' && *part->name <= 'Z'))
		part++;
	return part && part->name;
}

/*
 * Inside of a map a merge does not look at types before it writes: into a map
 * of texts nothing of a plain map goes.
 */
static bool put_merged(struct call *call, const struct value *into,
		       const struct value *from,
		       const struct value_entry *entry)
{
	if (into->type == VALUE_TYPE_STRINGS &&
	    from->type != VALUE_TYPE_STRINGS) {
		call_fail(call,
			  "reflect.Value.SetMapIndex: value of type %s is not "
			  "assignable to type string",
			  entry->value->kind == VALUE_LIST
				  ? template_type_name(entry->value)
				  : "interface {}");
		return false;
	}
	put(call, into, entry);
	return true;
}

/* .Files is a map of bytes, which a merge goes into as into any other. */
static const struct value *beneath(struct call *call, const struct value *value)
{
	const struct value *under = object_under(call->arena, value);

	return value_is_map(under) ? under : value;
}

/* What Go's reflection panics over. */
static bool can_meet(struct call *call, const struct value *into,
		     const struct value *there, const struct value *value)
{
	if (value_count(value) && value_is_map(value) && !value_is_map(there) &&
	    value_is_map(beneath(call, there))) {
		call_fail(call, "reflect.Value.SetMapIndex: value of type "
				"interface {} is not assignable to type "
				"[]uint8");
		return false;
	}
	if (value_is_map(value) && is_open_struct(call, there)) {
		call_fail(call, "reflect: call of reflect.Value.Field on map "
				"Value");
		return false;
	}
	if (there && value->kind == VALUE_LIST &&
	    into->type == VALUE_TYPE_STRINGS) {
		call_fail(call, "reflect: call of reflect.Value.IsNil on "
				"string Value");
		return false;
	}
	return true;
}

struct merging {
	struct call *call;
	bool overwrite;
	bool differ; /* it ended because a map met a pointer */
};

/* Mergo looks behind pointers, and does not expect a map there. */
static bool meets_pointer(const struct value *there, const struct value *value)
{
	const struct object_class *class = object_class_of(there);

	return class && strcmp(class->kind, "ptr") == 0 && value_is_map(value);
}

/*
 * One map into another.  A map meets a map: go on inside, so that the map that
 * is there stays the one others hold.  Anything else is taken over as it is,
 * if `overwrite` says so or if what is there is empty; without `overwrite` a
 * null never adds a key.
 */
static bool merge_into(struct merging *merging, const struct value *into,
		       const struct value *from, int depth)
{
	struct call *call = merging->call;
	bool overwrite = merging->overwrite;
	const struct value_entry *entry;

	if ((uint64_t)depth > call_limits(call).tree_depth)
		return too_deep(call);
	if (value_is_map(from) && into->map == from->map)
		return true;
	value_foreach (entry, from) {
		const struct value *there =
			value_getn(into, entry->key, entry->len);
		const struct value *lower = beneath(call, entry->value);
		const struct value *under = beneath(call, there);
		bool maps = value_is_map(there) && value_is_map(lower);

		if (value_is_null(entry->value)) {
			if (overwrite && !put_merged(call, into, from, entry))
				return false;
			continue;
		}
		merging->differ = !overwrite && meets_pointer(there, lower);
		if (merging->differ ||
		    !can_meet(call, into, there, entry->value) ||
		    (maps && !merge_into(merging, there, lower, depth + 1)))
			return false;
		if (value_is_map(lower) && value_is_map(under) &&
		    value_count(under))
			continue;
		if ((overwrite || template_empty(there)) &&
		    !put_merged(call, into, from, entry))
			return false;
	}
	return true;
}

/*
 * A nil map becomes one if anything is merged, be it a map that holds nothing;
 * those who have the nil one do not see it.
 */
static const struct value *merge_target(struct call *call)
{
	const struct value *into = plain_map(call, call_arg(call, 0));
	size_t i;

	if (!(into->flags & VALUE_FLAG_NIL))
		return into;
	for (i = 1; i < call->count; i++)
		if (!(call_arg(call, i)->flags & VALUE_FLAG_NIL))
			return call_new_map(call);
	return into;
}

static const struct value *merge_all(struct call *call, bool overwrite)
{
	const struct text none = text_of("", 0);
	struct merging merging = { .call = call, .overwrite = overwrite };
	const struct value *into = merge_target(call);
	size_t i;

	for (i = 1; i < call->count; i++) {
		if (merge_into(&merging, into, call_arg(call, i), 0))
			continue;
		/* Sprig's merge turns Mergo's errors into an empty text. */
		if (merging.differ && strcmp(call->func->name, "merge") == 0)
			return call_give_text(call, &none);
		return merging.differ
			       ? call_fail(call, "src and dst must be of same "
						 "type")
			       : NULL;
	}
	return into;
}

static const struct value *fn_merge(struct call *call)
{
	return merge_all(call, false);
}

static const struct value *fn_merge_overwrite(struct call *call)
{
	return merge_all(call, true);
}

/* NULL: too deep, reported. */
static struct value *copy_deep(struct call *call, const struct value *value,
			       int depth)
{
	const struct object_class *class = object_class_of(value);
	struct value *copy = value_copy(call->arena, value);
	const struct value_entry *entry;
	const struct value *item;
	struct value *inner;

	if ((uint64_t)depth > call_limits(call).tree_depth) {
		too_deep(call);
		return NULL;
	}
	if (value_is_list(value)) {
		copy->list = call_new_list(call)->list;
		copy->flags &= (uint8_t)~VALUE_FLAG_SHARED;
		list_foreach (item, value) {
			inner = copy_deep(call, item, depth + 1);
			if (!inner)
				return NULL;
			value_append(call->arena, copy, inner);
		}
	} else if (value_is_map(value)) {
		copy->map = call_new_map(call)->map;
		value_foreach (entry, value) {
			inner = copy_deep(call, entry->value, depth + 1);
			if (!inner)
				return NULL;
			value_setn(call->arena, copy, entry->key, entry->len,
				   &entry->origin, inner);
		}
	} else if (value->kind == VALUE_OPAQUE && class->blank) {
		copy->data = (void *)class->blank;
	}
	return copy;
}

static const struct value *fn_deep_copy(struct call *call)
{
	const struct value *value = call_arg(call, 0);

	if (value_is_null(value))
		return call_fail(call, "reflect: call of reflect.Value.Type "
				       "on zero Value");
	return copy_deep(call, value, 0);
}

const struct func template_funcs_dicts[] = {
	{ .name = "deepCopy",
	  .takes = { ARG_ANY },
	  .run = fn_deep_copy,
	  .usage = "deepCopy VALUE",
	  .help = "A copy that shares no map and no list with VALUE." },
	{ .name = "dict",
	  .rest = ARG_ANY,
	  .run = fn_dict,
	  .usage = "dict KEY VALUE ...",
	  .help = "A new map. A last key without a value gets \"\"." },
	{ .name = "dig",
	  .rest = ARG_ANY,
	  .run = fn_dig,
	  .usage = "dig KEY ... DEFAULT MAP",
	  .help = "What MAP holds under the path of keys, or DEFAULT if a key "
		  "is absent." },
	{ .name = "get",
	  .takes = { ARG_MAP, ARG_STRING },
	  .run = fn_get,
	  .usage = "get MAP KEY",
	  .help = "What MAP holds under KEY, or \"\" if it has no such key." },
	{ .name = "hasKey",
	  .takes = { ARG_MAP, ARG_STRING },
	  .run = fn_has_key,
	  .usage = "hasKey MAP KEY",
	  .help = "Whether MAP has the key, even with null." },
	{ .name = "keys",
	  .rest = ARG_MAP,
	  .run = fn_keys,
	  .usage = "keys MAP ...",
	  .help = "The keys of the maps, sorted map by map. Helm gives them "
		  "in an order that changes from run to run." },
	{ .name = "merge",
	  .takes = { ARG_MAP },
	  .rest = ARG_MAP,
	  .run = fn_merge,
	  .usage = "merge MAP OTHER ...",
	  .help = "MAP, completed in place with what the others have and it "
		  "lacks or has empty." },
	{ .name = "mergeOverwrite",
	  .takes = { ARG_MAP },
	  .rest = ARG_MAP,
	  .run = fn_merge_overwrite,
	  .usage = "mergeOverwrite MAP OTHER ...",
	  .help = "MAP, overwritten in place with what the others have." },
	{ .name = "mustDeepCopy",
	  .takes = { ARG_ANY },
	  .run = fn_deep_copy,
	  .usage = "mustDeepCopy VALUE",
	  .help = "The same as deepCopy." },
	{ .name = "mustMerge",
	  .takes = { ARG_MAP },
	  .rest = ARG_MAP,
	  .run = fn_merge,
	  .usage = "mustMerge MAP OTHER ...",
	  .help = "The same as merge." },
	{ .name = "mustMergeOverwrite",
	  .takes = { ARG_MAP },
	  .rest = ARG_MAP,
	  .run = fn_merge_overwrite,
	  .usage = "mustMergeOverwrite MAP OTHER ...",
	  .help = "The same as mergeOverwrite." },
	{ .name = "omit",
	  .takes = { ARG_MAP },
	  .rest = ARG_STRING,
	  .run = fn_omit,
	  .usage = "omit MAP KEY ...",
	  .help = "A copy of MAP without the keys." },
	{ .name = "pick",
	  .takes = { ARG_MAP },
	  .rest = ARG_STRING,
	  .run = fn_pick,
	  .usage = "pick MAP KEY ...",
	  .help = "A copy of MAP with the keys alone." },
	{ .name = "pluck",
	  .takes = { ARG_STRING },
	  .rest = ARG_MAP,
	  .run = fn_pluck,
	  .usage = "pluck KEY MAP ...",
	  .help = "What each map that has KEY holds under it." },
	{ .name = "set",
	  .takes = { ARG_MAP, ARG_STRING, ARG_ANY },
	  .run = fn_set,
	  .usage = "set MAP KEY VALUE",
	  .help = "MAP, changed in place to hold VALUE under KEY." },
	{ .name = "unset",
	  .takes = { ARG_MAP, ARG_STRING },
	  .run = fn_unset,
	  .usage = "unset MAP KEY",
	  .help = "MAP, changed in place to lack KEY." },
	{ .name = "values",
	  .takes = { ARG_MAP },
	  .run = fn_values,
	  .usage = "values MAP",
	  .help = "The values of MAP in the order of its sorted keys. Helm "
		  "gives them in an order that changes from run to run." },
	{ .name = NULL }
};
