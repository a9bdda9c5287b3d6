/*
 * What labels and annotations have in common: pairs written into maps.
 */
#ifndef OVERLAYS_PAIRS_H
#define OVERLAYS_PAIRS_H

#include <stdbool.h>

#include "base/attr.h"

struct fieldspecs;
struct overlay_run;
struct value;
struct step;
struct accumulator;

/* State of a step that writes `pairs` (NULL: none) where `specs` say. */
void *pairs_new(struct overlay_run *run, const struct value *pairs,
		const struct fieldspecs *specs);

MUST_USE bool pairs_apply(struct overlay_run *run, const struct step *step,
			  struct accumulator *acc);

#endif
