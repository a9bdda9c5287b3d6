/*
 * Ids that fall together when everything moves into one namespace.
 */
#ifndef OVERLAYS_ID_CONFLICTS_H
#define OVERLAYS_ID_CONFLICTS_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/table.h"

struct accumulator;
struct object;
struct overlay_run;

/*
 * Whether objects that get another namespace meet one of the same id.  They
 * get it one by one: those behind still have the id that they had.
 */
struct id_conflicts {
	struct overlay_run *run;
	struct accumulator *acc;
	struct table counts; /* present ids to how many have it */
};

void id_conflicts_begin(struct id_conflicts *ids, struct overlay_run *run,
			struct accumulator *acc);
/* The object is about to change. */
void id_conflicts_leave(struct id_conflicts *ids, const struct object *object);
/* It has changed. */
MUST_USE bool id_conflicts_enter(struct id_conflicts *ids,
				 struct object *object, const char *name_space);

#endif
