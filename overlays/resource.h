/*
 * What overlays keep beside an object: its ids, past and present, and how it
 * came to be.
 *
 * An id is group, version, kind, name and effective namespace.  Former ids
 * have the group and version of today (as in Kustomize) and are kept in the
 * object's list of former names.
 */
#ifndef OVERLAYS_RESOURCE_H
#define OVERLAYS_RESOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "model/object.h"

struct overlay_run;
struct node_places;
struct value;

/* The namespace of a cluster-scoped object's id. */
#define RESOURCE_NO_NAMESPACE "_non_namespaceable_"

enum generator_behavior {
	BEHAVIOR_UNSPECIFIED,
	BEHAVIOR_CREATE,
	BEHAVIOR_REPLACE,
	BEHAVIOR_MERGE,
};

VEC_TYPE(resource_texts, const char *);

/* What objects of one apiVersion and kind share. */
struct resource_type {
	const char *key; /* tells it from others of this run */
	const char *group;
	const char *version;
	const struct kind *known;
};

struct resource {
	struct object *object;
	const struct resource_type *type;
	struct resource_texts prefixes; /* innermost first */
	struct resource_texts suffixes;
	bool cluster;    /* cluster-scoped by apiVersion and kind */
	bool needs_hash; /* a hash is to be put behind the name */
	bool dropped;    /* a patch deleted it */
	bool patched;    /* freely: what is left may be no resource */
	bool unnamed;    /* by a JSON patch */
	bool inflated;   /* a chart printed it */
	bool rewritten;  /* by a patch, whatever it says */
	bool kind_freed; /* a patch was allowed to change the kind */
	bool name_freed;
	enum generator_behavior behavior;
	const struct origin *generated_by; /* the generator's entry */
	struct object *successor;   /* that a generator put in its place */
	const char *file;           /* it was read from, seen from the root */
	const char *origin;         /* text of the origin annotation */
	struct node_places *places; /* of what wants a hash; or NULL */
	struct resource_texts transformations;
	struct resource_texts referrers;
};

/* An object over a tree, with its resource. */
struct object *resource_new(struct overlay_run *run, struct value *root);

struct resource *resource_of(const struct object *object);

/* Read name, kind and so on from the tree again. */
void resource_refresh(struct overlay_run *run, struct object *object);

/* Keep the present id as a former one. */
void resource_remember(struct overlay_run *run, struct object *object);

/* Namespace of the present id; "default" for none. */
const char *resource_namespace(const struct object *object);

/* A copy with the former ids as kustomize's own annotations show them. */
struct value *resource_annotated(struct overlay_run *run,
				 const struct object *object);

/* Its annotations and those that kustomize keeps its notes in, as a map. */
struct value *resource_annotations(struct overlay_run *run,
				   const struct object *object);

/* The oldest id: what the object was called in its file. */
const char *resource_first_name(const struct object *object);
const char *resource_first_kind(const struct object *object);
const char *resource_first_namespace(const struct object *object);

/* Keys for tables of ids. */
const char *resource_key(struct overlay_run *run, const struct object *object);
const char *resource_former_key(struct overlay_run *run,
				const struct object *object, size_t former);
struct resource_id {
	const char *group;
	const char *version;
	const char *kind;
	const char *name;
	const char *name_space; /* as written */
};
const char *resource_id_key(struct overlay_run *run,
			    const struct resource_id *id);

/* Deployment.v1.apps/web.shop, with [noGrp] and its like for blanks. */
const char *resource_id_text(struct overlay_run *run,
			     const struct resource_id *id);
const char *resource_text(struct overlay_run *run, const struct object *object);

/* Whether a kind is cluster-scoped, as Kustomize sees it. */
bool scope_is_cluster(struct overlay_run *run, const char *group,
		      const char *version, const char *kind);

#endif
