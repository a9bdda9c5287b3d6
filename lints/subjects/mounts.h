/*
 * Volumes of a pod, and which container mounts them.  The pod that is asked
 * about is written down once, so that many mounts of many volumes cost little.
 */
#ifndef LINTS_SUBJECTS_MOUNTS_H
#define LINTS_SUBJECTS_MOUNTS_H

#include "base/table.h"
#include "model/podspec.h"

struct lint_run;
struct value;

struct lint_mounts {
	const struct value *pod; /* that was asked about last */
	struct table volumes;    /* name to volume */
	struct table mounted;    /* name of a volume to a container */
};

/* The volume of that name; or NULL. */
const struct value *lint_volume(struct lint_run *run,
				const struct object *object, const char *name);

/* The first container that mounts the volume; or NULL. */
const struct value *lint_mounted_by(struct lint_run *run,
				    const struct object *object,
				    const char *name);

#endif
