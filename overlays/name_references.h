/*
 * Fields that name other resources, repaired once all renames are done.
 */
#ifndef OVERLAYS_NAME_REFERENCES_H
#define OVERLAYS_NAME_REFERENCES_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;

MUST_USE bool name_references_fix(struct overlay_run *run,
				  struct accumulator *acc);

#endif
