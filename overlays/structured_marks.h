/*
 * What stands before the nodes of a YAML text: anchors, tags, and aliases in
 * place of nodes.  Trees of values know none of it.
 */
#ifndef OVERLAYS_STRUCTURED_MARKS_H
#define OVERLAYS_STRUCTURED_MARKS_H

#include <stdbool.h>

#include "base/attr.h"

struct overlay_run;
struct source;
struct structured_marks;
struct value;

struct structured_mark {
	const struct value *of;
	const char *anchor; /* "&a"; or NULL */
	const char *tag;    /* "!!int", "!x"; or NULL */
	bool alias;         /* a scalar "*a" is here in its place */
};

/*
 * Those of a tree that was read from `source`; each alias in it becomes a
 * scalar.  NULL: keys of the text have marks, or it is read in another way.
 */
struct structured_marks *structured_marks_read(struct overlay_run *run,
					       const struct source *source,
					       struct value *tree);

/* NULL: it has none, or there are no marks at all. */
const struct structured_mark *
structured_mark_of(const struct structured_marks *marks,
		   const struct value *node);

#endif
