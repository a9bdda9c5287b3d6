/*
 * Which field specs of a list are worth a walk through an object: the paths
 * of those that fit its kind are one tree, which is laid over the object once.
 *
 * What is let through may still find nothing; what is held back would have
 * found nothing.  So walks, their order and their errors stay the same.
 *
 *	struct fieldspec_sieve *sieve = fieldspec_sieve_new(run, specs, false);
 *	...
 *	if (!fieldspec_sieve_apply(sieve, object, &action))
 *		return false;
 */
#ifndef OVERLAYS_FIELDSPEC_SIEVE_H
#define OVERLAYS_FIELDSPEC_SIEVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "overlays/fieldspec.h"

struct object;
struct overlay_run;
struct value;

/* The paths of some specs as a tree. */
struct fieldspec_paths;

struct fieldspec_paths *fieldspec_paths_new(struct overlay_run *run);
/* Specs are numbered in the order they come; `makes`: fields may be made. */
void fieldspec_paths_add(struct fieldspec_paths *paths,
			 const struct fieldspec *spec, bool makes);
/* For each number, whether its spec may find something below `root`. */
const bool *fieldspec_paths_match(struct fieldspec_paths *paths,
				  const struct value *root);

/* `specs` do not change from now on. */
struct fieldspec_sieve *fieldspec_sieve_new(struct overlay_run *run,
					    const struct fieldspecs *specs,
					    bool makes);

/* As fieldspecs_apply(). */
MUST_USE bool fieldspec_sieve_apply(struct fieldspec_sieve *sieve,
				    struct object *object,
				    const struct fieldspec_action *action);

#endif
