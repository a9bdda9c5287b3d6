/*
 * Objects that only the build needs.
 */
#ifndef OVERLAYS_LOCAL_H
#define OVERLAYS_LOCAL_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;

/* Take them out; that two other objects have one id is an error here. */
MUST_USE bool local_drop(struct overlay_run *run, struct accumulator *acc);

#endif
