/*
 * buildMetadata: where resources come from and what changed them.
 */
#ifndef OVERLAYS_METADATA_H
#define OVERLAYS_METADATA_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct generator;
struct object;
struct overlay_run;
struct step;
struct value;

/* A resource was read from a file, or made by a generator. */
void metadata_loaded(struct overlay_run *run, struct object *object,
		     const char *name);
void metadata_generated(struct overlay_run *run, struct object *object,
			const struct generator *generator,
			const struct value *args);

/* A transformer ran over all resources. */
void metadata_transformed(struct overlay_run *run, const struct step *step,
			  struct accumulator *acc);

/* Write the annotations and labels that the root asks for. */
MUST_USE bool metadata_finish(struct overlay_run *run, struct accumulator *acc);

#endif
