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
struct structured_source;
struct value;

/* What a text holds; NULL: it is no YAML.  `read` may be NULL. */
struct value *structured_read(struct overlay_run *run, const struct value *text,
			      struct structured_source *read);

/*
 * Write where the path leads through a text.  False: it leads through none, or
 * nothing was found there; nothing is reported or changed then.
 */
MUST_USE bool structured_write(struct overlay_run *run,
			       const struct value *root,
			       const struct path_parts *parts,
			       const struct replacing *replacing);

#endif
