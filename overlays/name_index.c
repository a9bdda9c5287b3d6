#include "overlays/name_index.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/fieldspec_sieve.h"
#include "overlays/run.h"
#include "overlays/specs.h"

struct name_index {
	struct overlay_run *run;
	struct accumulator *acc;
	struct table former; /* former names to struct object_set */
	struct table moves;  /* first namespaces, alone and with present ones */
	struct table rows;   /* group, version, kind to struct name_rows */
};

static const char *move(const struct name_index *index, const char *first,
			const char *gap, const char *now)
{
	const char *const parts[] = { first, now };

	return overlay_join(index->run, parts, gap);
}

/* Only maps with namespaces ask for them, and these are rare. */
static const struct table *moves_of(const struct name_index *index)
{
	struct table *moves = &((struct name_index *)index)->moves;
	struct object *object;

	if (moves->arena)
		return moves;
	table_init(moves, index->run->arena);
	accumulator_foreach(object, index->acc)
	{
		const char *first = resource_first_namespace(object);

		table_puts(moves, first, object);
		table_puts(moves, move(index, first, "\r", object->name_space),
			   object);
		table_puts(moves,
			   move(index, first, "\n", resource_namespace(object)),
			   object);
	}
	return moves;
}

static void add(struct name_index *index, struct object *object)
{
	struct arena *arena = index->run->arena;
	size_t i;

	for (i = 0; i < object->former_count; i++) {
		const char *name = object->former[i].name;
		struct object_set *set = table_gets(&index->former, name);

		if (!set) {
			set = arena_zalloc(arena, sizeof(*set));
			table_puts(&index->former, name, set);
		}
		if (!set->objects.count || *vec_last(&set->objects) != object)
			vec_push(arena, &set->objects, object);
	}
}

struct name_index *name_index_new(struct overlay_run *run,
				  struct accumulator *acc)
{
	struct name_index *index = arena_zalloc(run->arena, sizeof(*index));
	struct object *object;

	index->run = run;
	index->acc = acc;
	table_init(&index->former, run->arena);
	table_init(&index->rows, run->arena);
	accumulator_foreach(object, acc) add(index, object);
	return index;
}

bool name_index_was_in(const struct name_index *index, const char *first,
		       const char *now)
{
	return table_gets(moves_of(index),
			  now ? move(index, first, "\n", now) : first) != NULL;
}

bool name_index_was_written(const struct name_index *index, const char *first,
			    const char *now)
{
	return table_gets(moves_of(index), move(index, first, "\r", now)) !=
	       NULL;
}

const struct object_set *name_index_find(const struct name_index *index,
					 const char *name)
{
	return table_gets(&index->former, name);
}

static const char *rows_key(const struct name_index *index,
			    const struct object *object, const char *kind)
{
	const char *const parts[] = { object->api_version, kind };

	if (strcmp(object->kind, kind) == 0)
		return resource_of(object)->type->key;
	return overlay_join(index->run, parts, "\n");
}

static struct name_rows *make_rows(const struct name_index *index,
				   const struct object *object,
				   const char *kind)
{
	struct arena *arena = index->run->arena;
	struct name_rows *rows = arena_zalloc(arena, sizeof(*rows));
	const struct name_targets *targets =
		specs_targets(index->run, index->acc->specs);
	size_t i, j;

	rows->paths = fieldspec_paths_new(index->run);
	for (i = 0; i < targets->count; i++) {
		const struct name_target *target = targets->items[i];

		for (j = 0; j < target->referrers.count; j++) {
			const struct name_row row = {
				target, target->referrers.items[j]
			};

			if (!fieldspec_selects(row.spec, object->group,
					       object->version, kind))
				continue;
			vec_push(arena, rows, row);
			fieldspec_paths_add(rows->paths, row.spec, true);
		}
	}
	return rows;
}

const struct name_rows *name_index_rows(const struct name_index *index,
					const struct object *object)
{
	struct name_index *cache = (struct name_index *)index;
	const char *kind = resource_first_kind(object);
	const char *key = rows_key(index, object, kind);
	struct name_rows *rows = table_gets(&cache->rows, key);

	if (!rows) {
		rows = make_rows(index, object, kind);
		table_puts(&cache->rows, key, rows);
	}
	return rows;
}

const struct origin *name_writer(const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *name = value_get(metadata, "name");

	return name ? &name->origin : &object->root->origin;
}
