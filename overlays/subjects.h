/*
 * Namespaces, and the subjects of bindings that are to get one.
 */
#ifndef OVERLAYS_SUBJECTS_H
#define OVERLAYS_SUBJECTS_H

#include <stdbool.h>

#include "base/attr.h"

struct object;
struct origin;
struct overlay_run;
struct value;

struct space_setting {
	const char *name_space;
	const struct origin *by;
	bool unset_only; /* what has a namespace keeps it */
};

enum subjects {
	SUBJECTS_DEFAULT,
	SUBJECTS_ACCOUNTS,
	SUBJECTS_NONE
};

/* Set the namespace of a map. */
void space_set(struct overlay_run *run, struct value *map,
	       const struct space_setting *setting);

/* Set it in the subjects of a RoleBinding or ClusterRoleBinding. */
MUST_USE bool subjects_set(struct overlay_run *run, struct object *object,
			   enum subjects which,
			   const struct space_setting *setting);

#endif
