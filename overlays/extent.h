/*
 * How large objects may become: patches and replacements that copy what they
 * have made before double it each time, and paths that create what is missing
 * may be as long as a file.
 */
#ifndef OVERLAYS_EXTENT_H
#define OVERLAYS_EXTENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct origin;
struct overlay_run;
struct value;

/* A value is put in somewhere, below this many others. */
MUST_USE bool extent_allows(struct overlay_run *run, const struct origin *at,
			    const struct value *value, size_t depth);

MUST_USE bool extent_allows_text(struct overlay_run *run,
				 const struct origin *at, size_t len);

/* A path of this many parts is followed. */
MUST_USE bool extent_allows_path(struct overlay_run *run,
				 const struct origin *at, size_t parts);

#endif
