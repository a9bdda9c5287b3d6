/*
 * The resources that a kustomization has gathered, in order, found by any of
 * their ids and by any of their names without a scan.
 *
 * A component works on its parent's accumulator; other bases have one of
 * their own that is appended to the parent's when they are built.
 */
#ifndef OVERLAYS_ACCUMULATOR_H
#define OVERLAYS_ACCUMULATOR_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/table.h"
#include "base/vec.h"
#include "model/bundle.h"
#include "overlays/resource.h"

struct overlay_run;
struct specs;
struct var;

struct accumulator {
	struct overlay_run *run;
	VEC(struct object *) objects;
	struct table current; /* present ids to struct object_set */
	struct table all;     /* present and former ids */
	struct table names;   /* present and former names */
	bool has_current;
	bool has_all;
	bool moved; /* an id may have changed since they were last compared */
	struct specs *specs; /* field specs, those of the bases merged in */
	VEC(struct var *) vars;
	bool twins;   /* of one id, that nothing refused */
	size_t hints; /* looked for: each looks at all objects */
};

enum {
	ACCUMULATOR_HINTS = 50
};

#define accumulator_foreach(obj, acc)                                          \
	for (size_t obj##_at = 0; obj##_at < (acc)->objects.count &&           \
				  ((obj) = (acc)->objects.items[obj##_at]);    \
	     obj##_at++)

struct accumulator *accumulator_new(struct overlay_run *run);

/* Add; an object whose id is there already is an error. */
MUST_USE bool accumulator_append(struct accumulator *acc,
				 struct object *object);

/* Move all objects and settings of `from` behind the own ones. */
MUST_USE bool accumulator_merge(struct accumulator *acc,
				struct accumulator *from);

/* Call after names, namespaces or kinds were changed. */
void accumulator_changed(struct accumulator *acc);

/* Call after a patch of one object; its id may be another one now. */
void accumulator_touched(struct accumulator *acc, struct object *object);

/* Two objects of one id after something renamed one are an error. */
MUST_USE bool accumulator_check(struct accumulator *acc);

/*
 * What kustomize does after a strategic merge: take out what was dropped, and
 * add the others to an empty list, where nothing may stand twice.
 */
MUST_USE bool accumulator_rebuild(struct accumulator *acc);

/* Whether two objects have one id. */
bool accumulator_has_twins(struct accumulator *acc);

/* Take out the objects that are marked as dropped. */
void accumulator_sweep(struct accumulator *acc);

/* Objects of an id; NULL if there are none. */
const struct object_set *accumulator_current(struct accumulator *acc,
					     const struct resource_id *id);
const struct object_set *accumulator_any(struct accumulator *acc,
					 const struct resource_id *id);

/* Objects that have, or ever had, a name. */
const struct object_set *accumulator_named(struct accumulator *acc,
					   const char *name);

#endif
