#include "overlays/name_index.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/fieldspec.h"
#include "overlays/run.h"
#include "overlays/specs.h"

struct name_index {
	struct overlay_run *run;
	const struct specs *specs;
	struct table former; /* former names to struct object_set */
	struct table moves;  /* first namespaces, alone and with present ones */
	struct table rows;   /* group, version, kind to struct name_rows */
};

static void add(struct name_index *index, struct object *object)
{
	struct arena *arena = index->run->arena;
	const char *first = resource_first_namespace(object);
	size_t i;

	table_puts(&index->moves, first, object);
	table_puts(
		&index->moves,
		overlay_text(index->run, "%s\r%s", first, object->name_space),
		object);
	table_puts(&index->moves,
		   overlay_text(index->run, "%s\n%s", first,
				resource_namespace(object)),
		   object);
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
	index->specs = acc->specs;
	table_init(&index->former, run->arena);
	table_init(&index->rows, run->arena);
	table_init(&index->moves, run->arena);
	accumulator_foreach(object, acc) add(index, object);
	return index;
}

bool name_index_was_in(const struct name_index *index, const char *first,
		       const char *now)
{
	return table_gets(&index->moves,
			  now ? overlay_text(index->run, "%s\n%s", first, now)
			      : first) != NULL;
}

bool name_index_was_written(const struct name_index *index, const char *first,
			    const char *now)
{
	return table_gets(&index->moves, overlay_text(index->run, "%s\r%s",
						      first, now)) != NULL;
}

const struct object_set *name_index_find(const struct name_index *index,
					 const char *name)
{
	return table_gets(&index->former, name);
}

static struct name_rows *make_rows(const struct name_index *index,
				   const struct object *object,
				   const char *kind)
{
	struct arena *arena = index->run->arena;
	struct name_rows *rows = arena_zalloc(arena, sizeof(*rows));
	size_t i, j;

	for (i = 0; i < index->specs->targets.count; i++) {
		const struct name_target *target =
			index->specs->targets.items[i];

		for (j = 0; j < target->referrers.count; j++) {
			const struct name_row row = {
				target, target->referrers.items[j]
			};

			if (fieldspec_selects(row.spec, object->group,
					      object->version, kind))
				vec_push(arena, rows, row);
		}
	}
	return rows;
}

const struct name_rows *name_index_rows(const struct name_index *index,
					const struct object *object)
{
	struct name_index *cache = (struct name_index *)index;
	const char *kind = resource_first_kind(object);
	const char *key = overlay_text(index->run, "%s\n%s\n%s", object->group,
				       object->version, kind);
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
