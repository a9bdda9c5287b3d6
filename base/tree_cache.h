/*
 * What a tree has read, for base/tree.c and base/tree_made.c alone.
 */
#ifndef BASE_TREE_CACHE_H
#define BASE_TREE_CACHE_H

#include <pthread.h>
#include <stdbool.h>

#include "base/source.h"
#include "base/table.h"
#include "base/tree.h"

struct arena;
struct tree_product;

/* One file, read by whoever comes first; the others wait for that file only. */
struct tree_cell {
	pthread_mutex_t lock;
	struct arena *arena;
	bool filled;
	enum tree_status status;
	struct tree_text text;

	struct tree_product *made;
	struct tree_cell *twin; /* the first with this text; NULL: not asked */
	bool wanted;            /* somebody asked for what is made of it */
};

struct tree_cache {
	pthread_mutex_t lock; /* of the tables, not of the cells */
	struct arena *arena;
	struct table cells;
	struct table texts;        /* address of a text to its cell */
	pthread_mutex_t comparing; /* of what follows, and of all `twin` */
	struct arena *compared;
	struct table twins;      /* a text to the first cell that has it */
	pthread_mutex_t reading; /* of what follows */
	struct arena *shared;    /* for texts */
};

struct tree_cache *tree_cache_new(void);
void tree_cache_free(struct tree_cache *cache);

/* `path` has no links; the cell of it is made if there is none. */
struct tree_cell *tree_cache_cell(struct tree_cache *cache, const char *path);

/* NULL: nobody has asked for it. */
struct tree_cell *tree_cache_find(struct tree_cache *cache, const char *path);

/* By the address of a text that tree_cache_note() was told of. */
struct tree_cell *tree_cache_of_text(struct tree_cache *cache,
				     const char *text);
void tree_cache_note(struct tree_cache *cache, struct tree_cell *cell);

/* The first cell that had an equal text. */
struct tree_cell *tree_cache_twin(struct tree_cache *cache,
				  struct tree_cell *cell);

/* For what is made of the file; to be asked under its lock. */
struct arena *tree_cell_arena(struct tree_cell *cell);

struct source *tree_cell_source(struct arena *arena, const char *name,
				enum source_role role,
				const struct tree_cell *cell);

#endif
