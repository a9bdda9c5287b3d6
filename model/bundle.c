#include "model/bundle.h"

#include <string.h>

#include "base/arena.h"
#include "model/kinds.h"

struct bundle *bundle_new(struct arena *arena, const char *name_space)
{
	struct bundle *bundle = arena_zalloc(arena, sizeof(*bundle));

	bundle->arena = arena;
	bundle->name_space = name_space ? name_space : "default";
	return bundle;
}

void bundle_append(struct bundle *bundle, struct object *object)
{
	object->index = (uint32_t)bundle->objects.count;
	vec_push(bundle->arena, &bundle->objects, object);
	bundle->indexed = false;
}

enum {
	PARTS_MAX = 4,
	USUAL_KEY = 256
};

/* Parts joined by a byte that no name may hold. */
struct key {
	char room[USUAL_KEY]; /* for most of them */
	const char *text;
	size_t len;
};

static void join(struct arena *arena, struct key *key, const char *const *parts,
		 size_t count)
{
	size_t lens[PARTS_MAX], len = 0, i;
	char *out = key->room;

	for (i = 0; i < count; i++) {
		lens[i] = strlen(parts[i]);
		len += lens[i] + 1;
	}
	if (len > sizeof(key->room))
		out = arena_alloc(arena, len);
	key->text = out;
	key->len = len;
	for (i = 0; i < count; i++) {
		memcpy(out, parts[i], lens[i]);
		out += lens[i];
		*out++ = '\n';
	}
}

static void join_id(struct bundle *bundle, struct key *key,
		    const struct object *object)
{
	const char *const parts[PARTS_MAX] = {
		object->group,
		object->kind,
		object_namespace(object, bundle->name_space),
		object->name,
	};

	join(bundle->arena, key, parts, PARTS_MAX);
}

static void add(struct bundle *bundle, struct table *table, const char *key,
		size_t len, struct object *object)
{
	struct object_set *set = table_get(table, key, len);

	if (!set) {
		set = arena_zalloc(bundle->arena, sizeof(*set));
		/* Most names and ids have one object. */
		set->objects.items = arena_alloc(bundle->arena, sizeof(object));
		set->objects.room = 1;
		/* The name stays as long as the object. */
		if (key != object->name)
			key = arena_strndup(bundle->arena, key, len);
		table_put(table, key, len, set);
	}
	vec_push(bundle->arena, &set->objects, object);
}

static void index_objects(struct bundle *bundle)
{
	struct object *object;
	struct key key;

	if (bundle->indexed)
		return;
	table_init(&bundle->by_id, bundle->arena);
	table_init(&bundle->by_kind, bundle->arena);
	table_init(&bundle->by_name, bundle->arena);
	table_reserve(&bundle->by_id, bundle->objects.count);
	bundle_foreach (object, bundle) {
		const char *const parts[] = { object->group, object->kind };

		join_id(bundle, &key, object);
		add(bundle, &bundle->by_id, key.text, key.len, object);
		join(bundle->arena, &key, parts, 2);
		add(bundle, &bundle->by_kind, key.text, key.len, object);
		add(bundle, &bundle->by_name, object->name,
		    strlen(object->name), object);
	}
	bundle->indexed = true;
}

struct object *bundle_find(struct bundle *bundle, const char *group,
			   const char *kind, const char *name_space,
			   const char *name)
{
	const struct kind *known = kinds_find(group, kind);
	const char *const parts[] = { group, kind,
				      known && !known->namespaced ? ""
				      : *name_space               ? name_space
						    : bundle->name_space,
				      name };
	const struct object_set *set;
	struct key key;

	index_objects(bundle);
	join(bundle->arena, &key, parts, PARTS_MAX);
	set = table_get(&bundle->by_id, key.text, key.len);
	return set ? set->objects.items[0] : NULL;
}

const struct object_set *bundle_same_id(struct bundle *bundle,
					const struct object *object)
{
	struct key key;

	index_objects(bundle);
	join_id(bundle, &key, object);
	return table_get(&bundle->by_id, key.text, key.len);
}

const struct object_set *bundle_of_kind(struct bundle *bundle,
					const char *group, const char *kind)
{
	const char *const parts[] = { group, kind };

	struct key key;

	index_objects(bundle);
	join(bundle->arena, &key, parts, 2);
	return table_get(&bundle->by_kind, key.text, key.len);
}

const struct object_set *bundle_named(struct bundle *bundle, const char *name)
{
	index_objects(bundle);
	return table_gets(&bundle->by_name, name);
}
