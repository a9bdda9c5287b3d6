#include "base/source.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mapping.h"

/* Hidden by the POSIX macros. */
void *memmem(const void *in, size_t size, const void *what, size_t len);

enum {
	PART = 256 * 1024, /* of a text that is looked through */
};

/* Where each line begins; line 1 is starts[0]. */
struct line_table {
	uint32_t count;
	uint32_t starts[];
};

static void release_lines(void *what)
{
	struct source *source = what;

	free(atomic_load(&source->lines));
}

struct source *source_new(struct arena *arena, const char *name,
			  enum source_role role, const char *text, size_t len)
{
	struct source *source = arena_zalloc(arena, sizeof(*source));

	source->name = name;
	source->role = (uint8_t)role;
	source->text = text;
	source->len = len > UINT32_MAX ? UINT32_MAX : (uint32_t)len;
	atomic_init(&source->lines, NULL);
	arena_on_free(arena, release_lines, source);
	return source;
}

void source_drop(const struct source *source, size_t begin, size_t end)
{
	if (source->mapped)
		mapping_drop(source->text, source->len, begin, end);
}

/* Where a part of the text that begins at `at` ends. */
static size_t part_end(const struct source *source, size_t at)
{
	return source->len - at > PART ? at + PART : source->len;
}

const char *source_find(const struct source *source, const char *at,
			const char *word)
{
	size_t begin = (size_t)(at - source->text), end, len = strlen(word);
	const char *found;

	if (!source->mapped)
		return strstr(at, word);
	for (; begin + len <= source->len; begin = end) {
		end = part_end(source, begin);
		/* A word may stand across two parts. */
		found = memmem(source->text + begin,
			       (source->len - end < len ? source->len
							: end + len - 1) -
				       begin,
			       word, len);
		if (found)
			return found;
		source_drop(source, begin, end);
	}
	return NULL;
}

/* Count the lines, and note where they begin if there is a table. */
static uint32_t look_for_lines(const struct source *source, uint32_t *starts)
{
	const char *text = source->text, *feed;
	uint32_t count = 1;
	size_t begin, end;

	if (starts)
		starts[0] = 0;
	for (begin = 0; begin < source->len; begin = end) {
		end = part_end(source, begin);
		for (feed = text + begin;
		     (feed = memchr(feed, '\n', (size_t)(text + end - feed)));
		     feed++) {
			if (starts)
				starts[count] = (uint32_t)(feed + 1 - text);
			count++;
		}
		source_drop(source, begin, end);
	}
	return count;
}

static struct line_table *count_lines(const struct source *source)
{
	uint32_t count = look_for_lines(source, NULL);
	struct line_table *table =
		malloc(sizeof(*table) + count * sizeof(table->starts[0]));

	if (!table)
		BUG("no memory for a table of lines");
	table->count = look_for_lines(source, table->starts);
	return table;
}

/* Threads may race to build it; one table wins and the others are dropped. */
static const struct line_table *lines_of(const struct source *source)
{
	struct source *cell = (struct source *)source;
	struct line_table *table = atomic_load(&cell->lines), *none = NULL;

	if (table)
		return table;
	table = count_lines(source);
	if (!atomic_compare_exchange_strong(&cell->lines, &none, table)) {
		free(table);
		table = none;
	}
	return table;
}

struct line_column source_position(const struct source *source, uint32_t offset)
{
	const struct line_table *table = lines_of(source);
	uint32_t low = 0, high = table->count;
	struct line_column position;

	if (offset > source->len)
		offset = source->len;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (table->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	position.line = low + 1;
	position.column = offset - table->starts[low] + 1;
	return position;
}

const char *source_line(const struct source *source, uint32_t line, size_t *len)
{
	const struct line_table *table = lines_of(source);
	uint32_t begin, end;

	if (line == 0 || line > table->count)
		return NULL;
	begin = table->starts[line - 1];
	end = line < table->count ? table->starts[line] - 1 : source->len;
	*len = end - begin;
	return source->text + begin;
}

const struct segment *source_segment(const struct source *source, uint32_t at)
{
	const struct segment_map *map = source->map;
	uint32_t low = 0, high;

	if (!map || !map->count)
		return NULL;
	for (high = map->count; high - low > 1;) {
		uint32_t middle = low + (high - low) / 2;

		if (map->segments[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return &map->segments[low];
}
