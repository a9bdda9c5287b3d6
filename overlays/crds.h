/*
 * crds: OpenAPI definitions that say which fields of custom kinds hold names,
 * labels and annotations.
 */
#ifndef OVERLAYS_CRDS_H
#define OVERLAYS_CRDS_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;

/* Add what the files of the current kustomization's `crds` say. */
MUST_USE bool crds_add(struct overlay_run *run, struct accumulator *acc);

#endif
