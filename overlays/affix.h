/*
 * What name prefixes and name suffixes have in common.
 */
#ifndef OVERLAYS_AFFIX_H
#define OVERLAYS_AFFIX_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct fieldspecs;
struct origin;
struct overlay_run;
struct step;
struct steps;
struct transform;
struct value;

/* Sides are noted for name references, also where the text is empty. */
enum affix_side {
	AFFIX_PREFIX = 1,
	AFFIX_SUFFIX = 2
};

struct affix {
	enum affix_side side;
	const char *text;
	const struct fieldspecs *specs;
	const struct origin *by;
	const struct affix *then; /* the suffix of a plugin that has both */
};

/* The step of namePrefix or nameSuffix; none for an empty text. */
void affix_prepare(struct overlay_run *run, const struct value *value,
		   enum affix_side side, const struct transform *transform,
		   struct steps *steps);

/* The step of a plugin, whose fieldSpecs are required. */
MUST_USE bool affix_configure(struct overlay_run *run,
			      const struct value *config, int sides,
			      const struct transform *transform,
			      struct steps *steps);

MUST_USE bool affix_apply(struct overlay_run *run, const struct step *step,
			  struct accumulator *acc);

#endif
