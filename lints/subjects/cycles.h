/*
 * Objects that wait for one another, by a list of references.
 *
 *	lint_cycles_init(run, &cycles, "spec.dependsOn", target);
 *	if (lint_closes_cycle(run, &cycles, object, next))
 *		lint_report_in(run, object, item, "... closes a cycle");
 *
 * Each object is gone through once, however many ask.
 */
#ifndef LINTS_SUBJECTS_CYCLES_H
#define LINTS_SUBJECTS_CYCLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "base/vec.h"

struct lint_run;
struct object;
struct value;

/* What an item of the list refers to; or NULL. */
typedef const struct object *lint_cycle_target(struct lint_run *run,
					       const struct object *object,
					       const struct value *item);

struct lint_cycles {
	const char *path;
	lint_cycle_target *target;
	struct table nodes;
	VEC(struct cycle_node *) open;
	size_t visits;
	size_t components;
};

void lint_cycles_init(struct lint_run *run, struct lint_cycles *cycles,
		      const char *path, lint_cycle_target *target);

/* Whether `next`, which `object` refers to, leads back to it. */
bool lint_closes_cycle(struct lint_run *run, struct lint_cycles *cycles,
		       const struct object *object, const struct object *next);

#endif
