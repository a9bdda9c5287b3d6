/*
 * What name prefixes and name suffixes have in common.
 */
#ifndef OVERLAYS_AFFIX_H
#define OVERLAYS_AFFIX_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct fieldspecs;
struct origin;
struct overlay_run;
struct value;

struct affix {
	const char *prefix;
	const char *suffix;
	bool has_prefix; /* noted for name references, also when empty */
	bool has_suffix;
	const struct fieldspecs *specs;
	const struct origin *by;
};

MUST_USE bool affix_apply(struct overlay_run *run, const struct affix *affix,
			  struct accumulator *acc);

/* fieldSpecs of a plugin, which are required. */
MUST_USE bool affix_configure(struct overlay_run *run,
			      const struct value *config, struct affix *affix);

#endif
