/*
 * One replacement: a value taken from a resource and written into others.
 */
#ifndef OVERLAYS_REPLACEMENT_H
#define OVERLAYS_REPLACEMENT_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct object;
struct overlay_run;
struct value;

MUST_USE bool replacement_apply(struct overlay_run *run,
				struct accumulator *acc,
				const struct value *replacement);

/* What is written, and how; `options` of a target. */
struct replacing {
	const struct value *value;
	const struct value *options;
	const struct value *entry; /* the replacement, for places */
};

/* Write into one slot.  False: reported. */
MUST_USE bool replacement_write(struct overlay_run *run,
				const struct replacing *replacing,
				struct value **slot);

#endif
