/*
 * Transformers: one file in transforms/, one const descriptor, one row in
 * transforms.def.
 *
 * A field of the kustomization is first prepared: its entries become steps,
 * files are read, patterns compiled, so that mistakes in the configuration
 * are found before anything changes.  Then the steps are applied, one after
 * the other.  The same transformer is at hand as a plugin of its `kind`, whose
 * configuration is a document of its own and brings its own field specs.
 */
#ifndef OVERLAYS_TRANSFORM_H
#define OVERLAYS_TRANSFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/vec.h"
#include "overlays/accumulator.h"
#include "overlays/run.h"

struct fieldspecs;
struct transform;
struct value;

struct step {
	const struct transform *transform;
	const struct value *config; /* the entry, for places */
	void *state;                /* of prepare */
	const char *file; /* of a plugin's configuration; NULL: the layer's */
};

VEC_TYPE(steps, struct step);

struct transform {
	const char *field; /* of the kustomization; NULL: only a plugin */
	const char *kind;  /* of the built-in plugin */
	const char *summary;
	/* Steps of the field's value. */
	bool (*prepare)(struct overlay_run *run, const struct value *value,
			struct steps *steps);
	/* The step of a plugin's configuration; NULL: there is no plugin. */
	bool (*configure)(struct overlay_run *run, const struct value *config,
			  struct steps *steps);
	bool (*apply)(struct overlay_run *run, const struct step *step,
		      struct accumulator *acc);
};

#define TRANSFORM(x) extern const struct transform transform_##x;
#include "overlays/transforms.def"
#undef TRANSFORM

/* All rows in their order, NULL at the end. */
extern const struct transform *const transforms[];

const struct transform *transform_of_kind(const char *kind);

void steps_add(struct overlay_run *run, struct steps *steps,
	       const struct transform *transform, const struct value *config,
	       void *state);

/* Apply all; what became empty is dropped after each. */
MUST_USE bool steps_apply(struct overlay_run *run, const struct steps *steps,
			  struct accumulator *acc);

/* `fieldSpecs` of a plugin's configuration. */
struct fieldspecs *transform_fieldspecs(struct overlay_run *run,
					const struct value *config);

#endif
