/*
 * What texts of files are made into, once for all who read them.
 */
#ifndef BASE_TREE_MADE_H
#define BASE_TREE_MADE_H

#include <stdbool.h>

struct arena;
struct source;
struct tree_view;

/*
 * What the text of a file is made into once for all views, as reading a base
 * that many build on.  `make` gets an arena and a source that live as long as
 * the tree; nobody may change what it gives, and NULL is kept like the rest.
 * Others who ask wait for it, so it must ask for no other file.
 */
struct tree_maker {
	const void *(*make)(struct arena *arena, const struct source *source,
			    const void *context);
	bool by_text; /* what was made of a file with the same text will do */
};

/* `source` is one of tree_view_read().  NULL: make it alone. */
const void *tree_view_made(struct tree_view *view, const struct source *source,
			   const struct tree_maker *maker, const void *context);

/* The same, NULL for who asks first: what nobody asks for again is not kept. */
const void *tree_view_made_again(struct tree_view *view,
				 const struct source *source,
				 const struct tree_maker *maker,
				 const void *context);

#endif
