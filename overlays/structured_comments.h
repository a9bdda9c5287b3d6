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

/* A key or a scalar of the source, and where it was printed. */
struct printed_token {
	uint32_t source;
	size_t begin;
	size_t end;
};

VEC_TYPE(printed_tokens, struct printed_token);

/* Whether a line begins here with "---" or "...". */
bool structured_marker(const struct source *source, size_t at);

/* What was printed without comments, and what of it comes from the source. */
struct structured_printed {
	const char *text;
	struct printed_tokens tokens; /* sorted by their place in the source */
};

/*
 * Append what was printed, with the comments of the source.  False: some of
 * them stand where it is not known what becomes of them.
 */
MUST_USE bool structured_weave(const struct source *source,
			       const struct text_ranges *scalars,
			       const struct text_ranges *comments,
			       const struct structured_printed *print,
			       struct str *out);

#endif
