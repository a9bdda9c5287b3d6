#include "model/bundle.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
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

static void add(struct bundle *bundle, struct table *table, const char *key,
		size_t len, struct object *object)
{
	struct object_set *set = table_get(table, key, len);

	if (!set) {
		set = arena_zalloc(bundle->arena, sizeof(*set));
		table_put(table, key, len, set);
	}
	vec_push(bundle->arena, &set->objects, object);
}

/* Parts joined by a byte that no name may hold. */
static const char *joined(struct arena *arena, const char *const *parts,
			  size_t count)
{
	struct str key;
	size_t i;

	str_init(&key, arena);
	for (i = 0; i < count; i++) {
		str_puts(&key, parts[i]);
		str_putc(&key, '\n');
	}
	return str_text(&key);
}

static const char *id_of(struct bundle *bundle, const struct object *object)
{
	const char *const parts[] = {
		object->group,
		object->kind,
		object_namespace(object, bundle->name_space),
		object->name,
	};

	return joined(bundle->arena, parts, 4);
}

static void index_objects(struct bundle *bundle)
{
	struct object *object;

	if (bundle->indexed)
		return;
	table_init(&bundle->by_id, bundle->arena);
	table_init(&bundle->by_kind, bundle->arena);
	table_init(&bundle->by_name, bundle->arena);
	bundle_foreach (object, bundle) {
		const char *id = id_of(bundle, object);
		const char *const parts[] = { object->group, object->kind };
		const char *kind = joined(bundle->arena, parts, 2);

		add(bundle, &bundle->by_id, id, strlen(id), object);
		add(bundle, &bundle->by_kind, kind, strlen(kind), object);
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

	index_objects(bundle);
	set = table_gets(&bundle->by_id, joined(bundle->arena, parts, 4));
	return set ? set->objects.items[0] : NULL;
}

const struct object_set *bundle_same_id(struct bundle *bundle,
					const struct object *object)
{
	index_objects(bundle);
	return table_gets(&bundle->by_id, id_of(bundle, object));
}

const struct object_set *bundle_of_kind(struct bundle *bundle,
					const char *group, const char *kind)
{
	const char *const parts[] = { group, kind };

	index_objects(bundle);
	return table_gets(&bundle->by_kind, joined(bundle->arena, parts, 2));
}

const struct object_set *bundle_named(struct bundle *bundle, const char *name)
{
	index_objects(bundle);
	return table_gets(&bundle->by_name, name);
}
