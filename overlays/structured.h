/*
 * Replacements inside texts that hold JSON or YAML of their own.
 */
#ifndef OVERLAYS_STRUCTURED_H
#define OVERLAYS_STRUCTURED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct overlay_run;
struct path_parts;
struct replacing;
struct value;

/* Whether the text is a map or list of its own. */
bool structured_holds(struct overlay_run *run, const struct value *text);

/*
 * Write at the parts from `at` on inside the text of a slot.  False: reported,
 * or nothing was found there and nothing is reported.
 */
bool structured_replace(struct overlay_run *run, struct value **slot,
			const struct path_parts *parts, size_t at,
			const struct replacing *replacing);

#endif
