/*
 * When versions were deprecated and removed, as somebody has it.
 */
#ifndef LINTS_SCHEMA_DATES_H
#define LINTS_SCHEMA_DATES_H

#include <stdbool.h>

#include "lints/schema/lifecycle.h"

struct lint_run;
struct object;

/* The parameter of the rules that ask. */
#define LIFECYCLE_DATES                                                        \
	{                                                                      \
		"dates", LINT_PARAM_TEXT, "kubernetes",                        \
			"kubernetes: the markers in its own types; pluto: "    \
			"that tool's table; any: either, a note where only "   \
			"the tool has it."                                     \
	}

/*
 * The row of the object's kind with the dates of `dates`: a tool of dates.def,
 * or any other word for Kubernetes' own.  False: nothing is known of it.
 */
bool lifecycle_dated(const char *dates, const struct object *object,
		     struct lifecycle *row);

/* Served by the target, but on its way out; or served no more. */
bool lifecycle_is_deprecated(const struct lifecycle *row, unsigned minor);
bool lifecycle_is_removed(const struct lifecycle *row, unsigned minor);

/*
 * With `dates: any`, the row as a tool has it where Kubernetes' own does not
 * pass the test and the tool's does, else false.
 */
bool lifecycle_dated_elsewhere(const char *dates, const struct object *object,
			       bool (*test)(const struct lifecycle *, unsigned),
			       unsigned minor, struct lifecycle *row);

/*
 * The help of a finding about an old version: what to use instead that the
 * oldest target serves.
 */
void lifecycle_advise(struct lint_run *run, const struct lifecycle *row);

#endif
