/*
 * vars: $(NAME) in known fields stands for a field of a resource.
 */
#ifndef OVERLAYS_VARS_H
#define OVERLAYS_VARS_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;
struct var;

/* Add one; a name that is there already is an error. */
MUST_USE bool vars_add(struct overlay_run *run, struct accumulator *acc,
		       struct var *var);

/* Note the vars of the current kustomization. */
MUST_USE bool vars_record(struct overlay_run *run, struct accumulator *acc);

/* Replace them all; at the root, after references were repaired. */
MUST_USE bool vars_resolve(struct overlay_run *run, struct accumulator *acc);

#endif
