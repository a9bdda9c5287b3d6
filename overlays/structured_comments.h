/*
 * Comments of a YAML text that was printed anew, as go-yaml v3 keeps them.
 */
#ifndef OVERLAYS_STRUCTURED_COMMENTS_H
#define OVERLAYS_STRUCTURED_COMMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/vec.h"

struct source;
struct str;

/* A part of the source. */
struct text_range {
	uint32_t begin;
	uint32_t end;
};

VEC_TYPE(text_ranges, struct text_range);

/* Whether a line begins here with "---" or "...". */
bool structured_marker(const struct source *source, size_t at);

/*
 * Append what was printed without comments, with those of the source.  Lines
 * are told by their order: false if they do not fit one another, or comments
 * stand where it is not known what becomes of them.
 */
MUST_USE bool structured_weave(const struct source *source,
			       const struct text_ranges *scalars,
			       const struct text_ranges *comments,
			       const char *printed, struct str *out);

#endif
