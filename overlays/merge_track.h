/*
 * Where a merge is, so that items it loses can be told: lists of custom
 * resources are replaced, which surprises who knows those of built-in kinds.
 */
#ifndef OVERLAYS_MERGE_TRACK_H
#define OVERLAYS_MERGE_TRACK_H

#include "base/vec.h"

struct object;
struct overlay_run;
struct value;

struct merge_track {
	const struct object *object;
	VEC(const char *) path; /* keys down to where the merge is */
};

/* Note the items of `base` that `patch` takes the place of. */
void merge_track_lost(struct overlay_run *run, const struct value *base,
		      const struct value *patch);

#endif
