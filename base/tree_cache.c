#include "base/tree_cache.h"

#include "base/arena.h"

struct tree_cache *tree_cache_new(void)
{
	struct arena *arena = arena_new();
	struct tree_cache *cache = arena_zalloc(arena, sizeof(*cache));

	cache->arena = arena;
	cache->shared = arena_new();
	table_init(&cache->cells, arena);
	table_init(&cache->texts, arena);
	cache->compared = arena_new_small();
	table_init(&cache->twins, cache->compared);
	if (pthread_mutex_init(&cache->lock, NULL) != 0 ||
	    pthread_mutex_init(&cache->comparing, NULL) != 0 ||
	    pthread_mutex_init(&cache->reading, NULL) != 0)
		BUG("a lock could not be made");
	return cache;
}

void tree_cache_free(struct tree_cache *cache)
{
	uint32_t i;

	for (i = 0; i < cache->cells.count; i++) {
		struct tree_cell *cell = cache->cells.entries[i].value;

		arena_free(cell->arena);
		pthread_mutex_destroy(&cell->lock);
	}
	pthread_mutex_destroy(&cache->lock);
	pthread_mutex_destroy(&cache->comparing);
	pthread_mutex_destroy(&cache->reading);
	arena_free(cache->compared);
	arena_free(cache->shared);
	arena_free(cache->arena);
}

struct tree_cell *tree_cache_cell(struct tree_cache *cache, const char *path)
{
	struct tree_cell *cell;

	pthread_mutex_lock(&cache->lock);
	cell = table_gets(&cache->cells, path);
	if (!cell) {
		cell = arena_zalloc(cache->arena, sizeof(*cell));
		if (pthread_mutex_init(&cell->lock, NULL) != 0)
			BUG("a lock could not be made");
		table_puts(&cache->cells, arena_strdup(cache->arena, path),
			   cell);
	}
	pthread_mutex_unlock(&cache->lock);
	return cell;
}

struct tree_cell *tree_cache_find(struct tree_cache *cache, const char *path)
{
	struct tree_cell *cell;

	pthread_mutex_lock(&cache->lock);
	cell = table_gets(&cache->cells, path);
	pthread_mutex_unlock(&cache->lock);
	return cell;
}

struct tree_cell *tree_cache_of_text(struct tree_cache *cache, const char *text)
{
	struct tree_cell *cell;

	pthread_mutex_lock(&cache->lock);
	cell = table_get(&cache->texts, (const char *)&text, sizeof(text));
	pthread_mutex_unlock(&cache->lock);
	return cell;
}

void tree_cache_note(struct tree_cache *cache, struct tree_cell *cell)
{
	const char **key;

	pthread_mutex_lock(&cache->lock);
	key = arena_alloc(cache->arena, sizeof(*key));
	*key = cell->text.at;
	table_put(&cache->texts, (const char *)key, sizeof(*key), cell);
	pthread_mutex_unlock(&cache->lock);
}

struct tree_cell *tree_cache_twin(struct tree_cache *cache,
				  struct tree_cell *cell)
{
	const struct tree_text *text = &cell->text;
	struct tree_cell *twin;

	pthread_mutex_lock(&cache->comparing);
	if (!cell->twin)
		cell->twin = table_get(&cache->twins, text->at, text->len);
	if (!cell->twin) {
		table_put(&cache->twins, text->at, text->len, cell);
		cell->twin = cell;
	}
	twin = cell->twin;
	pthread_mutex_unlock(&cache->comparing);
	return twin;
}

/* What is made of a text is larger than the text as a rule. */
struct arena *tree_cell_arena(struct tree_cell *cell)
{
	enum {
		SHORT_TEXT = 512
	};

	if (!cell->arena)
		cell->arena = cell->text.len < SHORT_TEXT ? arena_new_small()
							  : arena_new();
	return cell->arena;
}

struct source *tree_cell_source(struct arena *arena, const char *name,
				enum source_role role,
				const struct tree_cell *cell)
{
	struct source *source =
		source_new(arena, name, role, cell->text.at, cell->text.len);

	source->mapped = cell->text.mapped;
	return source;
}
