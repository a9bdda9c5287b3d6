#include "model/object.h"

#include <string.h>

#include "base/arena.h"
#include "model/kinds.h"
#include "model/value.h"
#include "model/value_path.h"

/* "apps/v1" is group and version; "v1" is the core group's. */
static void split_api_version(struct arena *arena, struct object *object)
{
	const char *slash = strchr(object->api_version, '/');

	if (slash) {
		object->group =
			arena_strndup(arena, object->api_version,
				      (size_t)(slash - object->api_version));
		object->version = slash + 1;
	} else {
		object->group = "";
		object->version = object->api_version;
	}
}

static void read_names(struct arena *arena, struct object *object)
{
	const struct value *root = object->root;
	const struct value *metadata = value_get(root, "metadata");

	object->api_version =
		value_string_or(value_get(root, "apiVersion"), "");
	object->kind = value_string_or(value_get(root, "kind"), "");
	object->name = value_string_or(value_get(metadata, "name"), "");
	object->name_space =
		value_string_or(value_get(metadata, "namespace"), "");
	split_api_version(arena, object);
	object->known = kinds_find(object->group, object->kind);
}

struct object *object_new(struct arena *arena, struct value *root)
{
	struct object *object = arena_zalloc(arena, sizeof(*object));

	object->root = root;
	read_names(arena, object);
	return object;
}

const char *object_namespace(const struct object *object, const char *otherwise)
{
	if (object->known && !object->known->namespaced)
		return "";
	return *object->name_space ? object->name_space : otherwise;
}

bool object_is(const struct object *object, const char *group, const char *kind)
{
	return strcmp(object->kind, kind) == 0 &&
	       strcmp(object->group, group) == 0;
}

bool object_is_one_of(const struct object *object,
		      const struct group_kind *table)
{
	for (; table->kind; table++)
		if (object_is(object, table->group, table->kind))
			return true;
	return false;
}

void object_remember(struct arena *arena, struct object *object)
{
	struct object_former *former;

	if (object->former_count == object->former_room) {
		uint32_t room =
			object->former_room ? object->former_room * 2 : 4;

		object->former =
			arena_grow(arena, object->former,
				   object->former_room * sizeof(*former),
				   room * sizeof(*former));
		object->former_room = room;
	}
	former = &object->former[object->former_count++];
	former->name = object->name;
	former->name_space = object->name_space;
	former->kind = object->kind;
}
