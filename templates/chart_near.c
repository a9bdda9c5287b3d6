/*
 * Dependencies that charts/ lacks, for whoever knows of other charts that may
 * stand in for them.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/source.h"
#include "base/table.h"
#include "model/value.h"
#include "templates/chart_parts.h"
#include "templates/chart_verbs.h"

enum {
	NAME_DASHES = 256 /* of a file's name */
};

/* What a lock says of a name; most is said once. */
struct locked {
	const struct chart_need *need;
	struct locked *next;
};

static void index_lock(struct arena *arena, const struct chart_lock *lock,
		       struct table *names)
{
	size_t i;

	for (i = lock ? lock->count : 0; i-- > 0;) {
		const struct chart_need *need = &lock->needs[i];
		struct locked *locked = arena_alloc(arena, sizeof(*locked));

		locked->need = need;
		locked->next = table_gets(names, need->name);
		table_puts(names, need->name, locked);
	}
}

/* A lock that the constraint has left behind says nothing. */
static const char *locked_version(struct arena *arena,
				  const struct table *names,
				  const struct dependency *entry)
{
	const struct locked *locked = table_gets(names, entry->name);

	for (; locked; locked = locked->next)
		if (chart_range(arena, entry->version, locked->need->version) ==
		    CHART_IN_RANGE)
			return locked->need->version;
	return NULL;
}

void chart_find_wants(struct arena *arena, struct chart *chart,
		      const struct table *has)
{
	const struct dependencies *entries = &chart->metadata->dependencies;
	struct diag_sink unheard;
	struct table locked;
	size_t i;

	diag_sink_init(&unheard, arena);
	table_init(&locked, arena);
	for (i = 0; i < entries->count; i++) {
		const struct dependency *entry = entries->items[i];
		struct chart_wanted *wanted;

		if (table_gets(has, entry->name))
			continue;
		if (!chart->wants.count)
			index_lock(arena, chart_lock(chart, arena, &unheard),
				   &locked);
		wanted = vec_new(arena, &chart->wants);
		*wanted = (struct chart_wanted){
			.need = { entry->name, entry->version,
				  entry->repository },
			.locked = locked_version(arena, &locked, entry),
			.dir = chart->dir,
			.node = entry->node,
		};
	}
}

const struct chart_wanted *chart_find_wanted(const struct chart *chart,
					     const struct dependency *entry)
{
	size_t i;

	for (i = 0; i < chart->wants.count; i++)
		if (chart->wants.items[i].node == entry->node)
			return &chart->wants.items[i];
	return NULL;
}

static struct source *read_file(struct tree_view *view, const char *dir,
				const char *name)
{
	struct source *source;

	return tree_view_read(view, path_join(view->arena, dir, name),
			      SOURCE_CHART, &source) == TREE_OK
		       ? source
		       : NULL;
}

static void read_lock(struct arena *arena, struct tree_view *view,
		      struct chart *chart)
{
	static const char *const names[] = { "Chart.lock",
					     "requirements.lock" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		struct source *source = read_file(view, chart->dir, names[i]);

		if (!source)
			continue;
		chart->lock = arena_zalloc(arena, sizeof(*chart->lock));
		chart->lock->name = names[i];
		chart->lock->source = source;
	}
}

/*
 * db is in charts/db and in charts/db-1.2.3.tgz, as a rule: what is there may
 * be of each name that ends where a dash stands.
 */
static void add_names(struct arena *arena, const char *file,
		      struct table *names)
{
	const char *dash = file;
	size_t left = NAME_DASHES;

	table_puts(names, file, names);
	if (strcmp(path_ext(file), ".tgz") != 0)
		return;
	for (; left-- && (dash = strchr(dash, '-')) != NULL; dash++)
		table_puts(names,
			   arena_strndup(arena, file, (size_t)(dash - file)),
			   names);
}

static void find_vendored(struct tree_view *view, const struct chart *chart,
			  struct table *has)
{
	const struct dependencies *entries = &chart->metadata->dependencies;
	struct tree_listing listing;
	struct table names;
	size_t i;

	table_init(has, view->arena);
	table_init(&names, view->arena);
	if (tree_view_list(view, path_join(view->arena, chart->dir, "charts"),
			   &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++)
		add_names(view->arena, listing.items[i].name, &names);
	for (i = 0; i < entries->count; i++)
		if (table_gets(&names, entries->items[i]->name))
			table_puts(has, entries->items[i]->name, view);
}

void chart_wants(struct arena *arena, struct tree_view *view, const char *dir,
		 struct chart_wants *wants)
{
	struct metadata metadata = { 0 };
	struct chart chart = { .metadata = &metadata, .dir = dir };
	struct diag_sink unheard;
	struct source *source;
	struct table has;

	memset(wants, 0, sizeof(*wants));
	diag_sink_init(&unheard, arena);
	source = read_file(view, dir, "Chart.yaml");
	if (!source ||
	    !metadata_read(arena, &unheard, source, "", false, &metadata))
		return;
	source = read_file(view, dir, "requirements.yaml");
	if (source &&
	    !metadata_read(arena, &unheard, source, "", true, &metadata))
		return;
	if (!metadata.dependencies.count)
		return;
	read_lock(arena, view, &chart);
	find_vendored(view, &chart, &has);
	chart_find_wants(arena, &chart, &has);
	*wants = chart.wants;
}
