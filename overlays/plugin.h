/*
 * Generators, transformers and validators that are documents of their own.
 */
#ifndef OVERLAYS_PLUGIN_H
#define OVERLAYS_PLUGIN_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;
struct steps;

/* Run what `generators` names. */
MUST_USE bool plugin_generators(struct overlay_run *run,
				struct accumulator *acc);

/* Steps of what `transformers` names. */
MUST_USE bool plugin_transformers(struct overlay_run *run, struct steps *steps);

/* Run what `validators` names; they must not change anything. */
MUST_USE bool plugin_validators(struct overlay_run *run,
				struct accumulator *acc);

#endif
