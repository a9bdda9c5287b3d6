/*
 * Suffixes that change when the content of a ConfigMap or Secret changes.
 */
#ifndef OVERLAYS_HASH_H
#define OVERLAYS_HASH_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;

/* Put them behind the names of all objects that want one. */
MUST_USE bool hash_suffixes(struct overlay_run *run, struct accumulator *acc);

#endif
