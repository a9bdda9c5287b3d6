/*
 * Where the images of resources are written.
 */
#ifndef OVERLAYS_IMAGE_PLACES_H
#define OVERLAYS_IMAGE_PLACES_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"

struct accumulator;
struct fieldspecs;
struct origin;
struct overlay_run;
struct value;

VEC_TYPE(image_places, struct value *);

/* What is done to each image as it is found; false: reported. */
struct image_visit {
	bool (*change)(struct overlay_run *run, struct value *image,
		       void *context);
	void *context;
	const struct origin *by;
};

/*
 * Two passes over each resource, as in Kustomize: the lists named containers
 * and initContainers at any depth, then the field specs.  Both reach the
 * ordinary places, so that those stand twice in `places`.
 */
MUST_USE bool image_places_find(struct overlay_run *run,
				struct accumulator *acc,
				const struct fieldspecs *specs,
				const struct image_visit *visit,
				struct image_places *places);

#endif
