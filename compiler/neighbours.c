#include "compiler/neighbours.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/path.h"
#include "base/table.h"
#include "compiler/audit.h"
#include "compiler/run.h"
#include "model/value.h"
#include "model/yaml_read.h"

enum {
	SHOWN_MAX = 8 /* groups that the note names */
};

struct neighbour {
	const char *dir;
	const char *hidden; /* only who lies below it sees it; or NULL */
	const char *version;
};

/* Charts of one name. */
VEC_TYPE(neighbour_list, struct neighbour);

struct neighbours {
	struct table names;
	bool renamed; /* one may have had another name before the change */
};

/* So that it counts as read, too. */
static bool can_read(struct tree_view *view, const char *dir,
		     struct source **source)
{
	return tree_view_read(view, path_join(view->arena, dir, "Chart.yaml"),
			      SOURCE_CHART, source) == TREE_OK;
}

static const char *field(const struct value *root, const char *name)
{
	const struct value *value = value_get(root, name);

	return value_is_string(value) ? value_string(value) : NULL;
}

/* Chart.yaml of a folder; NULL: it cannot be read. */
static const struct value *read_chart(struct tree_view *view, const char *dir)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	struct yaml_problem problem;
	struct source *source;

	if (!can_read(view, dir, &source))
		return NULL;
	return yaml_read(view->arena, source, 0, source->len, &options,
			 &problem);
}

static void add_chart(struct run *run, struct neighbours *neighbours,
		      const struct found_chart *found)
{
	const struct value *root = read_chart(&run->view, found->dir);
	const char *name = field(root, "name");
	struct neighbour neighbour = { found->dir, found->hidden,
				       field(root, "version") };
	struct neighbour_list *list;

	if (!name || !neighbour.version)
		return;
	list = table_gets(&neighbours->names, name);
	if (!list) {
		list = arena_zalloc(run->arena, sizeof(*list));
		table_puts(&neighbours->names, name, list);
	}
	vec_push(run->arena, list, neighbour);
}

/* Charts that objects of GitOps tools apply are known when they are loaded. */
static bool may_lack(const struct run *run, size_t first)
{
	size_t i;

	for (i = first; i < run->jobs.count; i++)
		if (run->jobs.items[i]->target->followed)
			return true;
	return run->lacks_charts;
}

/* One that is gone, or is not called like its folder: others may be, too. */
static bool is_renamed(struct run *run, const char *path)
{
	const char *dir, *name;

	if (strcmp(path_name(path), "Chart.yaml") != 0)
		return false;
	dir = path_folder(run->arena, path);
	name = field(read_chart(&run->view, dir), "name");
	return !name || strcmp(name, path_name(dir)) != 0;
}

void neighbours_prepare(struct run *run, size_t first)
{
	struct neighbours *neighbours;
	size_t i;

	if (run->neighbours || run->builds || !may_lack(run, first) ||
	    !run_find_charts(run))
		return;
	neighbours = arena_zalloc(run->arena, sizeof(*neighbours));
	table_init(&neighbours->names, run->arena);
	for (i = 0; i < run->charts->count; i++)
		add_chart(run, neighbours, &run->charts->items[i]);
	for (i = 0; run->changed && i < run->changed->count; i++)
		neighbours->renamed |=
			is_renamed(run, run->changed->items[i].path);
	run->neighbours = neighbours;
}

/* One dependency of one job. */
struct search {
	struct job *job;
	struct chart_wanted *wanted;
};

static const char *shown(const struct search *search, const char *dir)
{
	return tree_view_display(&search->job->view, *dir ? dir : ".");
}

static bool fits(const struct search *search, const char *version)
{
	return chart_range(search->job->arena, search->wanted->need.version,
			   version) == CHART_IN_RANGE;
}

static void refuse(const struct search *search, const char *dir,
		   const char *version)
{
	search->wanted->words = arena_printf(
		search->job->arena,
		"is not in the tree in a version '%s': %s is %s",
		search->wanted->need.version, shown(search, dir), version);
}

/* file://../common: as Helm does, the version is looked at as well. */
static void find_at_path(const struct search *search, const char *path)
{
	struct chart_wanted *wanted = search->wanted;
	struct arena *arena = search->job->arena;
	struct tree_view *view = &search->job->view;
	const struct value *root;
	const char *dir, *file, *version;
	enum tree_status status;
	struct tree_stat stat;

	if (path_is_absolute(path)) {
		wanted->words = "has an absolute path, which is one of a "
				"single machine";
		return;
	}
	dir = path_join(arena, wanted->dir, path);
	if (strcmp(dir, ".") == 0)
		dir = "";
	file = path_join(arena, dir, "Chart.yaml");
	status = tree_view_stat(view, file, &stat);
	root = read_chart(view, dir);
	version = field(root, "version");
	if (status != TREE_OK)
		wanted->words = arena_printf(
			arena, "cannot be read from %s: %s",
			shown(search, file), tree_status_text(status));
	else if (!version)
		wanted->words = arena_printf(arena, "has no version in %s",
					     shown(search, file));
	else if (!fits(search, version))
		refuse(search, dir, version);
	if (wanted->words)
		wanted->help = "mend the path or the version";
	else
		wanted->path = dir;
}

static size_t count_parts(const char *path)
{
	size_t count = *path != '\0';

	for (; *path; path++)
		count += *path == '/';
	return count;
}

/* Folders on the way from one to the other, up and down. */
static size_t distance(const char *one, const char *other)
{
	size_t same = 0, i;

	for (i = 0;; i++) {
		if (i && (!one[i] || one[i] == '/') &&
		    (!other[i] || other[i] == '/'))
			same++;
		if (!one[i] || one[i] != other[i])
			break;
	}
	return count_parts(one) + count_parts(other) - 2 * same;
}

struct choice {
	const struct neighbour *best;
	bool locked; /* it is of the version that Chart.lock names */
	size_t steps;
	size_t count; /* of those as good as it, but for the way */
};

static void consider(const struct search *search, struct choice *choice,
		     const struct neighbour *neighbour)
{
	const struct chart_wanted *wanted = search->wanted;
	bool locked = wanted->locked &&
		      strcmp(wanted->locked, neighbour->version) == 0;
	size_t steps = distance(wanted->dir, neighbour->dir);

	if (choice->best && choice->locked != locked) {
		if (choice->locked)
			return;
		choice->count = 0;
	} else if (choice->best && steps >= choice->steps) {
		choice->count++;
		return;
	}
	choice->best = neighbour;
	choice->locked = locked;
	choice->steps = steps;
	choice->count++;
}

static void take(const struct search *search, const struct choice *choice)
{
	struct chart_wanted *wanted = search->wanted;
	struct arena *arena = search->job->arena;
	const char *nearest = "";

	wanted->path = choice->best->dir;
	if (choice->count > 1)
		nearest = arena_printf(arena, ", the nearest of %zu that fit",
				       choice->count);
	wanted->words = arena_join(arena, shown(search, wanted->path), nearest);
}

/* What may be looked at is what the answer depends on. */
static void find_by_name(const struct search *search)
{
	struct chart_wanted *wanted = search->wanted;
	struct tree_view *view = &search->job->view;
	const struct neighbours *known = search->job->run->neighbours;
	const struct neighbour_list *list =
		known ? table_gets(&known->names, wanted->need.name) : NULL;
	const struct tree_access any = { TREE_GLOBBED, "**/Chart.yaml" };
	struct choice choice = { 0 };
	size_t i;

	for (i = 0; list && i < list->count; i++) {
		const struct neighbour *neighbour = &list->items[i];
		struct source *source;

		if (strcmp(neighbour->dir, wanted->dir) == 0 ||
		    (neighbour->hidden &&
		     !path_is_below(wanted->dir, neighbour->hidden)) ||
		    !can_read(view, neighbour->dir, &source))
			continue;
		if (fits(search, neighbour->version))
			consider(search, &choice, neighbour);
		else if (!wanted->words)
			refuse(search, neighbour->dir, neighbour->version);
	}
	if (choice.best)
		take(search, &choice);
	if (!choice.best || (known && known->renamed))
		vec_push(view->arena, &view->log, any);
}

/* Who declares a chart says what it is made of: a path alone counts then. */
static void find(void *context, struct chart_wanted *wanted)
{
	static const char file[] = "file://";
	const struct search search = { context, wanted };
	const char *repository = wanted->need.repository;

	wanted->help = arena_printf(search.job->arena,
				    "run helm dependency build %s first",
				    shown(&search, wanted->dir));
	if (strncmp(repository, file, sizeof(file) - 1) == 0)
		find_at_path(&search, repository + sizeof(file) - 1);
	else if (search.job->target->discovered)
		find_by_name(&search);
}

struct chart_neighbours neighbours_of(struct job *job)
{
	const struct chart_neighbours neighbours = {
		.context = job,
		.find = find,
		.as_packed = !job->target->discovered,
	};

	return neighbours;
}

static void push_chart(struct job *job, struct table *seen,
		       struct job_paths *todo, const char *dir)
{
	if (table_gets(seen, dir))
		return;
	table_puts(seen, dir, seen);
	vec_push(job->arena, todo, dir);
}

/* Those in charts/ lie below what is looked at, but may lack some, too. */
static void push_vendored(struct job *job, struct table *seen,
			  struct job_paths *todo, const char *dir)
{
	const char *charts = path_join(job->arena, dir, "charts");
	struct tree_listing listing;
	size_t i;

	if (tree_view_list(&job->view, charts, &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++)
		if (listing.items[i].kind == TREE_DIR)
			push_chart(job, seen, todo,
				   path_join(job->arena, charts,
					     listing.items[i].name));
}

void neighbours_find(struct job *job, const char *dir, struct job_paths *paths)
{
	struct job_paths todo = { 0 };
	struct chart_wants wants;
	struct table seen;
	size_t i, j;

	table_init(&seen, job->arena);
	push_chart(job, &seen, &todo, strcmp(dir, ".") == 0 ? "" : dir);
	for (i = 0; i < todo.count; i++) {
		chart_wants(job->arena, &job->view, todo.items[i], &wants);
		for (j = 0; j < wants.count; j++) {
			find(job, &wants.items[j]);
			if (!wants.items[j].path)
				continue;
			vec_push(job->arena, paths, wants.items[j].path);
			push_chart(job, &seen, &todo, wants.items[j].path);
		}
		push_vendored(job, &seen, &todo, todo.items[i]);
	}
}

/* Dependencies that one chart stands in for. */
struct group {
	const char *words; /* the path, and what to say of it */
	const struct fact *first;
	size_t charts;
};

struct summary {
	struct arena *arena;
	VEC(struct group *) groups;
	struct table seen;
	struct table repositories;
};

static int compare(const void *a, const void *b)
{
	const struct group *one = *(struct group *const *)a;
	const struct group *other = *(struct group *const *)b;

	if (one->charts != other->charts)
		return one->charts > other->charts ? -1 : 1;
	return strcmp(one->words, other->words);
}

/* A chart that is rendered with several values counts once. */
static void add_fact(struct summary *summary, const struct fact *fact)
{
	const char *words = fact->text;
	const char *key = arena_printf(summary->arena, "%s\n%s", words,
				       origin_source(&fact->origin)->name);
	struct group *group = table_gets(&summary->seen, words);

	if (!group) {
		group = arena_zalloc(summary->arena, sizeof(*group));
		group->words = words;
		group->first = fact;
		table_puts(&summary->seen, words, group);
		vec_push(summary->arena, &summary->groups, group);
	}
	if (table_gets(&summary->seen, key))
		return;
	table_puts(&summary->seen, key, group);
	group->charts++;
	if (*fact->help)
		table_puts(&summary->repositories, fact->help, group);
}

static void sum_up(struct run *run, struct summary *summary)
{
	size_t i, j;

	for (i = 0; i < run->jobs.count; i++) {
		const struct fact_log *facts = &run->jobs.items[i]->facts;

		for (j = 0; j < facts->facts.count; j++)
			if (facts->facts.items[j].kind == FACT_CHART_BORROWED)
				add_fact(summary, &facts->facts.items[j]);
	}
}

static const char *describe(const struct summary *summary)
{
	size_t count = summary->groups.count, i;
	struct str text;

	str_init(&text, summary->arena);
	for (i = 0; i < count && i < SHOWN_MAX; i++) {
		const struct group *group = summary->groups.items[i];

		str_printf(&text, "%s%s (in %zu chart%s)", i ? ", " : "",
			   group->words, group->charts,
			   group->charts == 1 ? "" : "s");
	}
	if (i < count)
		str_printf(&text, " and %zu more", count - i);
	for (i = 0; i < summary->repositories.count && i < SHOWN_MAX; i++)
		str_printf(&text, "%s%s", i ? ", " : "; not from ",
			   summary->repositories.entries[i].key);
	return str_text(&text);
}

void neighbours_report(struct run *run)
{
	struct summary summary = { .arena = run->arena };
	struct fact_log facts;

	table_init(&summary.seen, run->arena);
	table_init(&summary.repositories, run->arena);
	sum_up(run, &summary);
	if (!summary.groups.count)
		return;
	qsort(summary.groups.items, summary.groups.count,
	      sizeof(*summary.groups.items), compare);
	fact_log_init(&facts, run->arena);
	fact_add(&facts, FACT_INPUT_FROM_TREE,
		 &summary.groups.items[0]->first->origin,
		 "dependencies that are not vendored are taken from this "
		 "repository: %s",
		 describe(&summary));
	audit_report(run, &facts);
}
