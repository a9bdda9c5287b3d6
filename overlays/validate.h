/*
 * Validators are transformers that must leave everything as it was.
 *
 * To kustomize a node that was written anew with what stood there has changed,
 * as it has lost its line.
 */
#ifndef OVERLAYS_VALIDATE_H
#define OVERLAYS_VALIDATE_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;
struct validation;

/* Keep what there is ... */
struct validation *validation_begin(struct overlay_run *run,
				    struct accumulator *acc);
/* ... and compare it; one label `validated-by` may be new. */
MUST_USE bool validation_end(struct validation *before,
			     struct accumulator *acc);

#endif
