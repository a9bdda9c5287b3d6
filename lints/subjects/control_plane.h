/*
 * Flags of the programs of a control plane, against the CIS benchmark.
 */
#ifndef LINTS_SUBJECTS_CONTROL_PLANE_H
#define LINTS_SUBJECTS_CONTROL_PLANE_H

#include <stddef.h>

#include "base/table.h"

struct arena;

/* Whether some row is about a program of this name. */
bool control_plane_has(const char *component);

/*
 * The next row, from `*index` on, that the program's flags (name to value)
 * break; NULL: none is left.  `*flag` is the flag it is about, and the result
 * says what is wrong with it: "is not false".
 */
const char *control_plane_next(struct arena *arena, const char *component,
			       const struct table *flags, size_t *index,
			       const char **flag);

#endif
