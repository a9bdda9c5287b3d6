#include "base/tree_made.h"

#include <string.h>

#include "base/arena.h"
#include "base/tree_cache.h"

/* Made of one file by one maker. */
struct tree_product {
	struct tree_product *next;
	const struct tree_maker *maker;
	const struct source *source;
	const void *what;
};

static struct tree_product *make(struct tree_cell *cell,
				 const struct source *source,
				 const struct tree_maker *maker,
				 const void *context)
{
	struct arena *arena = tree_cell_arena(cell);
	struct tree_product *made = arena_zalloc(arena, sizeof(*made));

	made->maker = maker;
	made->source = tree_cell_source(
		arena, arena_strdup(arena, source->name), source->role, cell);
	made->what = maker->make(arena, made->source, context);
	made->next = cell->made;
	cell->made = made;
	return made;
}

static const void *made_of(struct tree_cell *cell, const struct source *source,
			   const struct tree_maker *maker, const void *context)
{
	struct tree_product *made;
	const void *what = NULL;

	pthread_mutex_lock(&cell->lock);
	cell->wanted = true;
	for (made = cell->made; made && made->maker != maker;)
		made = made->next;
	if (!made)
		made = make(cell, source, maker, context);
	/* A link may lead to it under another name, which places show. */
	if (maker->by_text || strcmp(made->source->name, source->name) == 0)
		what = made->what;
	pthread_mutex_unlock(&cell->lock);
	return what;
}

/* That keeps what is made of the source; NULL: none does. */
static struct tree_cell *keeper(struct tree_view *view,
				const struct source *source,
				const struct tree_maker *maker)
{
	struct tree_cache *cache = view->tree->cache;
	struct tree_cell *cell = tree_cache_of_text(cache, source->text);

	return cell && maker->by_text ? tree_cache_twin(cache, cell) : cell;
}

const void *tree_view_made(struct tree_view *view, const struct source *source,
			   const struct tree_maker *maker, const void *context)
{
	struct tree_cell *cell = keeper(view, source, maker);

	return cell ? made_of(cell, source, maker, context) : NULL;
}

const void *tree_view_made_again(struct tree_view *view,
				 const struct source *source,
				 const struct tree_maker *maker,
				 const void *context)
{
	struct tree_cell *cell = keeper(view, source, maker);
	bool again;

	if (!cell)
		return NULL;
	pthread_mutex_lock(&cell->lock);
	again = cell->wanted;
	cell->wanted = true;
	pthread_mutex_unlock(&cell->lock);
	return again ? made_of(cell, source, maker, context) : NULL;
}
