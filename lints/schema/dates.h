/*
 * When versions were deprecated and removed, as somebody has it.
 */
#ifndef LINTS_SCHEMA_DATES_H
#define LINTS_SCHEMA_DATES_H

#include <stdbool.h>

#include "lints/schema/lifecycle.h"

struct object;

/* The parameter of the rules that ask. */
#define LIFECYCLE_DATES                                                        \
	{                                                                      \
		"dates", LINT_PARAM_TEXT, "kubernetes",                        \
			"kubernetes: the markers in its own types; pluto: "    \
			"that tool's "                                         \
			"table."                                               \
	}

/*
 * The row of the object's kind with the dates of `dates`: a tool of dates.def,
 * or any other word for Kubernetes' own.  False: nothing is known of it.
 */
bool lifecycle_dated(const char *dates, const struct object *object,
		     struct lifecycle *row);

#endif
