/*
 * What flows through the pipeline: objects in order, found by id and by name.
 *
 *	struct object *obj;
 *
 *	bundle_foreach(obj, bundle)
 *		...
 *	service = bundle_find(bundle, "", "Service", "shop", "web");
 *
 * The indexes are built on the first question and dropped when the bundle
 * changes; questions never scan the objects.
 */
#ifndef MODEL_BUNDLE_H
#define MODEL_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "base/vec.h"
#include "model/object.h"

struct arena;

struct bundle {
	struct arena *arena;
	VEC(struct object *) objects;
	const char *name_space; /* of objects that name none */
	struct table by_id;   /* group/kind/namespace/name to struct same_id */
	struct table by_kind; /* group/kind to struct object_set */
	struct table by_name; /* name to struct object_set */
	bool indexed;
};

struct object_set {
	VEC(struct object *) objects;
};

#define bundle_foreach(obj, bundle)                                            \
	for (size_t obj##_at = 0; obj##_at < (bundle)->objects.count &&        \
				  ((obj) = (bundle)->objects.items[obj##_at]); \
	     obj##_at++)

struct bundle *bundle_new(struct arena *arena, const char *name_space);

void bundle_append(struct bundle *bundle, struct object *object);

/* The first object of this id; an empty namespace is the bundle's own. */
struct object *bundle_find(struct bundle *bundle, const char *group,
			   const char *kind, const char *name_space,
			   const char *name);

/* All objects of an id, a kind, a name; NULL if there is none. */
const struct object_set *bundle_same_id(struct bundle *bundle,
					const struct object *object);
const struct object_set *bundle_of_kind(struct bundle *bundle,
					const char *group, const char *kind);
const struct object_set *bundle_named(struct bundle *bundle, const char *name);

#endif
