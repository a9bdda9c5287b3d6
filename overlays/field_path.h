/*
 * Paths of replacements and vars: a.b.[name=x].0.*, with \. for a dot.
 */
#ifndef OVERLAYS_FIELD_PATH_H
#define OVERLAYS_FIELD_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/vec.h"
#include "model/value.h"

struct origin;
struct overlay_run;

VEC_TYPE(path_parts, const char *);
VEC_TYPE(path_slots, struct value **);

struct path_parts field_path_split(struct overlay_run *run, const char *path);

/* The parts without blanks around them, as sources are looked up. */
void field_path_trim(struct overlay_run *run, struct path_parts *parts);

/* The node at an exact path, as sources use it; `*wrong` tells a fault. */
struct value *field_path_find(struct overlay_run *run, const struct value *root,
			      const struct path_parts *parts,
			      const char **wrong);

/*
 * The slot of a scalar at an exact path.  Members and elements with a name
 * that are missing are made; an index that is, and what lies below a null, is
 * not there: NULL, as for a fault, of which `*wrong` tells.
 */
struct value **field_path_make(struct overlay_run *run, struct value **root,
			       const struct path_parts *parts,
			       const struct origin *by, const char **wrong);

/*
 * Whether a part is no name: an index, a condition, a wildcard.  Field specs
 * know none of these, but what kustomize looks names up with does.
 */
bool field_path_is_odd(const char *part);

struct field_match {
	struct overlay_run *run;
	const struct path_parts *parts;
	bool create;
	enum value_kind makes; /* what a created leaf is */
	const struct origin *by;
	const char *wrong; /* kustomize's words, NULL: nothing is wrong */
	struct path_slots slots;
};

/*
 * All slots that the parts from `at` on lead to.  A way through a text that
 * holds YAML of its own leads into a copy: kustomize finds it, and what is
 * written there is lost.
 */
bool field_path_match(struct field_match *match, struct value **slot,
		      size_t at);

#endif
