/*
 * What kustomize says of an object that it cannot print.
 */
#ifndef OVERLAYS_REFUSAL_H
#define OVERLAYS_REFUSAL_H

#include <stdbool.h>

struct arena;
struct value;
struct value_entry;

/* Whether a key may stand in its map twice, here or below. */
bool refusal_has_twins(const struct value *node);

/*
 * A key that stands in its map twice; NULL: there is none.  `*native` is the
 * text, with lines of the document.
 */
const struct value_entry *refusal_duplicate(struct arena *arena,
					    const struct value *root,
					    const char **native);

/*
 * A text that kustomize prints as a block and cannot read again; NULL: there
 * is none.  `*native` is what it says.
 */
const struct value *refusal_lost(struct arena *arena, const struct value *root,
				 const char **native);

/* The tree as %#v of Go prints it. */
const char *refusal_dump(struct arena *arena, const struct value *root);

/* The first text that is not what its tag says; NULL: there is none. */
const struct value *refusal_untrue(const struct value *node);

#endif
