/*
 * buildMetadata: where resources come from and what changed them.
 */
#ifndef OVERLAYS_METADATA_H
#define OVERLAYS_METADATA_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct object;
struct overlay_run;
struct step;
struct value;

/* A file of the current kustomization, as it is seen from the root. */
const char *metadata_path(struct overlay_run *run, const char *name);

/*
 * A resource was read from a file, or made by a generator: of the
 * kustomization (`file` NULL) or of a file of its own.
 */
void metadata_loaded(struct overlay_run *run, struct object *object,
		     const char *path);
void metadata_generated(struct overlay_run *run, struct object *object,
			const char *kind, const struct value *args,
			const char *file);

/* A transformer ran over all resources. */
MUST_USE bool metadata_transformed(struct overlay_run *run,
				   const struct step *step,
				   struct accumulator *acc);

/*
 * Kustomize keeps its notes as annotations: where it has any of the object,
 * there is a map of annotations to add to, and so there is from now on.
 */
void metadata_show(struct overlay_run *run, struct object *object);

/* Write the annotations and labels that the root asks for. */
MUST_USE bool metadata_finish(struct overlay_run *run, struct accumulator *acc);

#endif
