/*
 * YAML of a text printed anew, as go-yaml v3 prints what it has read: order and
 * quotes stay, the layout does not.
 */
#ifndef OVERLAYS_STRUCTURED_PRINT_H
#define OVERLAYS_STRUCTURED_PRINT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/table.h"
#include "overlays/structured_comments.h"

struct arena;
struct overlay_run;
struct source;
struct str;
struct structured_marks;
struct value;

/* Where scalars and keys of a tree stand in the source that it was read from.
 */
struct text_ranges structured_scalars(struct overlay_run *run,
				      const struct source *source,
				      const struct value *tree);

/* What stands where a scalar of the text stood that began here. */
struct replaced_scalar {
	const struct value *node;
	uint32_t begin;
};

/* A text that is printed anew. */
struct structured_source {
	const struct source *source;
	struct text_ranges scalars;           /* of the source */
	const struct structured_marks *marks; /* NULL: they are not known */
	struct table replaced; /* nodes to struct replaced_scalar */
	bool comments;         /* they must not be lost */
};

/*
 * Append the tree that was read from the text and may have changed, without a
 * final line feed.  False: the text holds what a tree does not (keys with
 * marks, comments in odd places), and nothing is appended.
 */
MUST_USE bool structured_print(struct overlay_run *run,
			       const struct structured_source *text,
			       const struct value *tree, struct str *out);

/* The same of any tree, for a message. */
const char *structured_text(struct arena *arena, const struct value *tree);

#endif
