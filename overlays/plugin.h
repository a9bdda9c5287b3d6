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
struct stream_objects;

/* What `generators` names: kustomize reads all of it before anything runs. */
MUST_USE bool plugin_generators_load(struct overlay_run *run,
				     struct stream_objects *configs);
MUST_USE bool plugin_generators_run(struct overlay_run *run,
				    struct accumulator *acc,
				    const struct stream_objects *configs);

/* Steps of what `transformers` names. */
MUST_USE bool plugin_transformers(struct overlay_run *run, struct steps *steps);

/* Run what `validators` names; they must not change anything. */
MUST_USE bool plugin_validators(struct overlay_run *run,
				struct accumulator *acc);

#endif
