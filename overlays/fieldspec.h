/*
 * Field specs: which fields of which kinds a transformer changes.
 *
 * A path is separated by '/'; lists on the way are entered by themselves, and
 * a part that ends in "[]" has to be a list.
 */
#ifndef OVERLAYS_FIELDSPEC_H
#define OVERLAYS_FIELDSPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/vec.h"
#include "model/value.h"

struct object;
struct overlay_run;

struct fieldspec_part {
	const char *name;
	size_t len;
	bool list; /* written with "[]" */
	bool odd;  /* no name, so that no map can have it */
};

struct fieldspec_parts {
	struct fieldspec_part *items; /* NULL: not split yet */
	uint32_t count;
	uint32_t hash; /* of the path; 0: not known yet */
};

struct fieldspec {
	const char *group; /* "": any */
	const char *version;
	const char *kind;
	const char *path; /* as written */
	bool create;
	bool builtin;
	const struct origin *at;       /* where it is written; may be NULL */
	struct fieldspec_parts *parts; /* see fieldspec_split() */
};

VEC_TYPE(fieldspecs, const struct fieldspec *);

/* What to do with a field that was found, or made. */
struct fieldspec_action {
	/* `*slot` is the field's value, never NULL; it may be replaced. */
	bool (*set)(struct overlay_run *run, struct object *object,
		    struct value **slot, void *context);
	void *context;
	/* What a missing field begins as; VALUE_NULL: it stays missing. */
	enum value_kind makes;
	const struct origin *by;
};

struct fieldspec *fieldspec_new(struct overlay_run *run, const char *path);

/*
 * The parts of the path.  A run has some hundred built-in paths, and few of
 * them are followed: they are split where that happens.
 */
const struct fieldspec_parts *fieldspec_split(struct overlay_run *run,
					      const struct fieldspec *spec);

/* A spec as configurations and `fields` write it. */
const struct fieldspec *fieldspec_read(struct overlay_run *run,
				       const struct value *value);

bool fieldspec_selects(const struct fieldspec *spec, const char *group,
		       const char *version, const char *kind);

/* Run the action on the fields of the spec, whatever the object's kind. */
MUST_USE bool fieldspec_walk(struct overlay_run *run, struct object *object,
			     const struct fieldspec *spec,
			     const struct fieldspec_action *action);

/* All specs of a list that select the object, in order. */
MUST_USE bool fieldspecs_apply(struct overlay_run *run, struct object *object,
			       const struct fieldspecs *specs,
			       const struct fieldspec_action *action);

/*
 * Add a spec to a list.  One that says the same is left out; one that differs
 * in `create` is a conflict, which is not reported: false.
 */
MUST_USE bool fieldspecs_add(struct overlay_run *run, struct fieldspecs *list,
			     const struct fieldspec *spec);

#endif
