/*
 * YAML of a text printed anew, as go-yaml v3 prints what it has read: order and
 * quotes stay, the layout does not.
 */
#ifndef OVERLAYS_STRUCTURED_PRINT_H
#define OVERLAYS_STRUCTURED_PRINT_H

#include <stdbool.h>

#include "base/attr.h"

struct arena;
struct overlay_run;
struct source;
struct str;
struct value;

/*
 * Append the tree that was read from `source` and may have changed, without a
 * final line feed.  False: the text holds what a tree does not (comments,
 * anchors, directives), and nothing is appended.
 */
MUST_USE bool structured_print(struct overlay_run *run,
			       const struct source *source,
			       const struct value *tree, struct str *out);

/* The same of any tree, for a message. */
const char *structured_text(struct arena *arena, const struct value *tree);

#endif
