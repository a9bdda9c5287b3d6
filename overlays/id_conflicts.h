/*
 * Ids that fall together when everything moves into one namespace.
 */
#ifndef OVERLAYS_ID_CONFLICTS_H
#define OVERLAYS_ID_CONFLICTS_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;

MUST_USE bool id_conflicts_check(struct overlay_run *run,
				 struct accumulator *acc,
				 const char *name_space);

#endif
