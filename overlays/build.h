/*
 * Kustomizations built recursively, step by step in Kustomize's order.
 */
#ifndef OVERLAYS_BUILD_H
#define OVERLAYS_BUILD_H

#include <stdbool.h>

#include "base/attr.h"
#include "overlays/stream.h"

struct accumulator;
struct origin;
struct overlay_run;
struct value;

/* Everything up to the root's own last steps. */
MUST_USE bool build_layer(struct overlay_run *run, struct accumulator *acc);

/*
 * Add the resources that an entry of `generators`, `transformers` or
 * `validators` stands for: a file, or a folder that is built.
 */
MUST_USE bool build_configurations(struct overlay_run *run,
				   struct accumulator *acc,
				   const struct value *entry);

#endif
