/*
 * One Kubernetes resource.
 *
 * The object is its tree; the strings beside it are read from the tree once.
 * Who renames it keeps them up and calls object_remember(): references are
 * repaired by former names.
 */
#ifndef MODEL_OBJECT_H
#define MODEL_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/origin.h"

struct arena;
struct kind;
struct value;

struct group_kind {
	const char *group;
	const char *kind;
};

/* What an object was called before a step renamed it. */
struct object_former {
	const char *name;
	const char *name_space; /* as it stood there; "" if absent */
	const char *kind;
};

struct object {
	struct value *root;      /* a map */
	const char *api_version; /* "apps/v1"; "" if absent */
	const char *group;       /* "apps"; "" for the core group */
	const char *version;     /* "v1" */
	const char *kind;
	const char *name;
	const char *name_space;       /* "" if absent */
	const struct kind *known;     /* NULL: an unknown kind */
	struct object_former *former; /* oldest first */
	uint32_t former_count;
	uint32_t former_room;
	uint32_t index;       /* its place in the bundle */
	const char *pod_path; /* of the pod spec; NULL: as the kind has it */
	void *overlay;        /* what overlays keep beside it */
};

/* An object over a tree; a tree without apiVersion or kind has "" there. */
struct object *object_new(struct arena *arena, struct value *root);

/* The namespace as the cluster sees it: "" for cluster-scoped kinds. */
const char *object_namespace(const struct object *object,
			     const char *otherwise);

/* Whether group and kind are in a table that ends with a NULL kind. */
bool object_is_one_of(const struct object *object,
		      const struct group_kind *table);
bool object_is(const struct object *object, const char *group,
	       const char *kind);

/* Store the present name, namespace and kind as a former one. */
void object_remember(struct arena *arena, struct object *object);

#endif
