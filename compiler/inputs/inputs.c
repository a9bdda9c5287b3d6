#include "compiler/inputs.h"

#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/pool.h"
#include "compiler/git.h"
#include "compiler/inputs/near.h"
#include "compiler/inputs/texts.h"
#include "compiler/leaders.h"
#include "compiler/neighbours.h"
#include "compiler/resolve.h"
#include "compiler/run.h"
#include "model/value.h"
#include "overlays/overlay.h"

/* How deep folders of a chart are entered. */
enum {
	DEPTH_MAX = 64
};

VEC_TYPE(job_indexes, size_t);

/* A walk through kustomizations and what they name. */
struct walk {
	struct job *job;
	struct overlay_options options;
	struct table seen;
	struct inputs_log *below; /* folders that count with all in them */
	VEC(const char *) folders;
};

static void push_folder(struct walk *walk, const char *path)
{
	if (table_gets(&walk->seen, path))
		return;
	table_puts(&walk->seen, path, walk);
	vec_push(walk->job->arena, &walk->folders, path);
}

/* A file, another kustomization, or the folder of a chart. */
static void look_at(struct walk *walk, const char *path)
{
	struct tree_stat stat;

	if (tree_view_stat(&walk->job->view, path, &stat) == TREE_OK &&
	    stat.kind == TREE_DIR)
		push_folder(walk, path);
}

static void walk_folders(struct walk *walk)
{
	struct tree_access access = { TREE_LISTED, NULL };
	struct overlay_summary summary;
	size_t i, j;

	for (i = 0; i < walk->folders.count; i++) {
		const char *dir = walk->folders.items[i];

		if (!overlay_summarize(walk->job->arena, &walk->options, dir,
				       &summary)) {
			access.path = dir;
			vec_push(walk->job->arena, walk->below, access);
			continue;
		}
		for (j = 0; j < summary.names.count; j++)
			look_at(walk, summary.names.items[j]);
	}
}

/* What the engine of overlays will read. */
static void walk_kustomizations(struct job *job, struct inputs_log *below)
{
	struct walk walk = {
		.job = job,
		.options = resolve_overlay_options(job),
		.below = below,
	};
	size_t i;

	table_init(&walk.seen, job->arena);
	for (i = 0; i < job->sources.count; i++)
		if (job->sources.items[i].kind == SOURCE_KIND_KUSTOMIZATION)
			push_folder(&walk, job->sources.items[i].path);
	for (i = 0; i < job->overlays.count; i++)
		push_folder(&walk, job->overlays.items[i].path);
	walk_folders(&walk);
}

/* All below a folder counts, and what links in it lead to. */
static void walk_chart(struct job *job, const char *dir,
		       struct inputs_log *below, unsigned depth)
{
	struct tree_access access = { TREE_LISTED, dir };
	struct tree_listing listing;
	struct tree_stat stat;
	size_t i;

	if (depth == 0)
		vec_push(job->arena, below, access);
	if (depth > DEPTH_MAX ||
	    tree_view_list(&job->view, dir, &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const char *path =
			path_join(job->arena, dir, listing.items[i].name);

		if (listing.items[i].kind == TREE_DIR) {
			walk_chart(job, path, below, depth + 1);
		} else if (listing.items[i].kind == TREE_LINK &&
			   tree_view_stat(&job->view, path, &stat) == TREE_OK &&
			   stat.kind == TREE_DIR) {
			const char *real;

			if (tree_view_resolve(&job->view, path, &real) ==
			    TREE_OK)
				walk_chart(job, real, below, 0);
		}
	}
}

/* Nothing is read: names say enough. */
static void look_at_pattern(struct job *job, const char *pattern,
			    struct inputs_log *log)
{
	struct tree_access access = { TREE_GLOBBED, pattern };
	struct tree_stat stat;

	if (glob_is_pattern(pattern)) {
		vec_push(job->arena, log, access);
		return;
	}
	/* Also where a folder took the place of the file. */
	access.kind = TREE_OPENED;
	vec_push(job->arena, log, access);
	if (tree_view_stat(&job->view, pattern, &stat) != TREE_OK)
		return;
	/* What discovery found in a folder changes with the folder. */
	access.kind = TREE_LISTED;
	access.path = path_dir(job->arena, pattern);
	if (strcmp(access.path, ".") == 0)
		access.path = "";
	if (job->target->discovered)
		vec_push(job->arena, log, access);
}

static void copy_log(struct arena *arena, struct inputs_log *log,
		     const struct tree_access *items, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct tree_access access = items[i];

		access.path = arena_strdup(arena, access.path);
		vec_push(arena, log, access);
	}
}

/* Environments of a target share its chart, as a rule: it is walked once. */
static void look_at_chart(struct job *job, const char *dir,
			  struct inputs_log *below, struct table *charts)
{
	struct inputs_log *known = table_gets(charts, dir), walked = { 0 };

	if (!known) {
		walk_chart(job, dir, &walked, 0);
		known = arena_zalloc(charts->arena, sizeof(*known));
		copy_log(charts->arena, known, walked.items, walked.count);
		table_puts(charts, arena_strdup(charts->arena, dir), known);
	}
	copy_log(job->arena, below, known->items, known->count);
}

/* Whether charts beside its own may be part of what it renders. */
static bool may_borrow(const struct job *job)
{
	return job->run->lacks_charts || !job->target->discovered;
}

static void look_at_neighbours(struct job *job, const char *dir,
			       struct inputs_log *below, struct table *charts)
{
	struct job_paths paths = { 0 };
	size_t i;

	neighbours_find(job, dir, &paths);
	for (i = 0; i < paths.count; i++)
		look_at_chart(job, paths.items[i], below, charts);
}

static void look_at_sources(struct job *job, struct inputs_log *log,
			    struct inputs_log *below, struct table *charts)
{
	struct tree_stat stat;
	size_t i, j;

	for (i = 0; i < job->sources.count; i++) {
		const struct job_source *source = &job->sources.items[i];

		if (source->kind == SOURCE_KIND_CHART ||
		    source->kind == SOURCE_KIND_TEMPLATES)
			look_at_chart(job, source->path, below, charts);
		if (may_borrow(job) && source->kind == SOURCE_KIND_CHART)
			look_at_neighbours(job, source->path, below, charts);
		for (j = 0; j < source->patterns.count; j++)
			look_at_pattern(job, source->patterns.items[j], log);
		for (j = 0; j < source->values.count; j++)
			/* Logged also where it is missing. */
			if (source->values.items[j].path &&
			    tree_view_stat(&job->view,
					   source->values.items[j].path,
					   &stat) != TREE_OK)
				continue;
	}
}

struct work {
	struct run *run;
	const struct near *near;   /* NULL: all counts */
	const struct texts *texts; /* NULL: each job's are looked into */
	size_t *first;         /* job of each target, and one behind the last */
	bool *looked;          /* those that have been */
	struct arena **arenas; /* each job's log lives in its own */
	struct inputs_log *logs;
	struct inputs_log *below;
	unsigned *leads;
};

/* Among the environments of a target. */
struct shared {
	struct table charts; /* folder to what it leads to */
	struct table leads;  /* folder to what its texts speak of */
};

static void shared_init(struct shared *shared, struct arena *arena)
{
	table_init(&shared->charts, arena);
	table_init(&shared->leads, arena);
}

/* What was declared is built alone; lint follows it. */
static bool is_followed(const struct run *run, const struct target *target)
{
	return run_follows(run) && !run->nearby &&
	       (run->lint || target->discovered);
}

static bool is_wanted(const struct work *work, const struct job *job)
{
	return !work->near || (job->target->discovered && may_borrow(job)) ||
	       near_reaches(work->near, job) ||
	       (work->texts && is_followed(work->run, job->target) &&
		texts_lead_job(work->texts, job));
}

/* A job made for this alone: what it loads is thrown away. */
static void look_at_job(struct work *work, size_t index, struct shared *shared)
{
	const struct job *model = work->run->jobs.items[index];
	struct arena *arena = work->arenas[index];
	struct inputs_log below = { 0 }, log = { 0 };
	struct job job;

	job_init(&job, work->run, model->target, model->environment);
	if (job_resolve(&job) && is_wanted(work, &job)) {
		work->looked[index] = true;
		look_at_sources(&job, &log, &below, &shared->charts);
		walk_kustomizations(&job, &below);
		if (is_followed(work->run, job.target))
			work->leads[index] =
				texts_leads(work->texts, &job, &log, &below,
					    &shared->leads);
	}
	copy_log(arena, &work->logs[index], log.items, log.count);
	copy_log(arena, &work->logs[index], job.view.log.items,
		 job.view.log.count);
	copy_log(arena, &work->below[index], below.items, below.count);
	job_release(&job);
}

static bool is_wanted_target(const struct work *work,
			     const struct target *target)
{
	return !work->near || near_reaches_target(work->near, target) ||
	       (work->texts && is_followed(work->run, target) &&
		texts_lead_target(work->texts, target));
}

static void look(void *context, size_t target)
{
	struct work *work = context;
	size_t first = work->first[target], i;
	struct shared shared;

	if (!is_wanted_target(work, work->run->jobs.items[first]->target))
		return;
	shared_init(&shared, work->arenas[first]);
	for (i = first; i < work->first[target + 1]; i++)
		if (!work->looked[i])
			look_at_job(work, i, &shared);
}

/* Jobs of one target stand side by side. */
static size_t find_targets(const struct run *run, size_t *first)
{
	size_t count = 0, i;

	for (i = 0; i < run->jobs.count; i++)
		if (!i || run->jobs.items[i]->target !=
				  run->jobs.items[i - 1]->target)
			first[count++] = i;
	first[count] = run->jobs.count;
	return count;
}

static void add_job(struct arena *arena, struct table *table, const char *path,
		    size_t job)
{
	struct job_indexes *jobs = table_gets(table, path);

	if (!jobs) {
		jobs = arena_zalloc(arena, sizeof(*jobs));
		table_puts(table, path, jobs);
	}
	if (!jobs->count || *vec_last(jobs) != job)
		vec_push(arena, jobs, job);
}

static void add_log(struct inputs *inputs, size_t job)
{
	struct arena *arena = inputs->run->arena;
	size_t i;

	for (i = 0; i < inputs->logs[job].count; i++) {
		const struct tree_access *access = &inputs->logs[job].items[i];
		struct inputs_pattern pattern = { access->path, job };

		switch (access->kind) {
		case TREE_OPENED:
			add_job(arena, &inputs->opened, access->path, job);
			break;
		case TREE_LISTED:
			add_job(arena, &inputs->listed, access->path, job);
			break;
		case TREE_GLOBBED:
			vec_push(arena, &inputs->patterns, pattern);
			break;
		case TREE_MISSED:
			add_job(arena, &inputs->below, access->path, job);
			break;
		}
	}
}

static struct inputs *inputs_new(struct run *run)
{
	struct arena *arena = run->arena;
	struct inputs *inputs = arena_zalloc(arena, sizeof(*inputs));
	size_t count = run->jobs.count;

	inputs->run = run;
	inputs->logs = arena_zalloc(arena, (count + 1) * sizeof(*inputs->logs));
	inputs->leads =
		arena_zalloc(arena, (count + 1) * sizeof(*inputs->leads));
	table_init(&inputs->opened, arena);
	table_init(&inputs->listed, arena);
	table_init(&inputs->below, arena);
	return inputs;
}

struct inputs *inputs_of_views(struct run *run)
{
	struct inputs *inputs = inputs_new(run);
	size_t i;

	for (i = 0; i < run->jobs.count; i++) {
		const struct tree_view *view = &run->jobs.items[i]->view;

		inputs->logs[i].items = view->log.items;
		inputs->logs[i].count = view->log.count;
		add_log(inputs, i);
	}
	return inputs;
}

static void add_found(struct inputs *inputs, const struct work *work,
		      size_t job)
{
	struct arena *arena = inputs->run->arena;
	const struct project_file *file;
	size_t i;

	add_log(inputs, job);
	for (i = 0; i < work->below[job].count; i++)
		add_job(arena, &inputs->below, work->below[job].items[i].path,
			job);
	/* The file of the target, and those that include it. */
	for (file = inputs->run->jobs.items[job]->target->file; file;
	     file = file->parent)
		if (file->path)
			add_job(arena, &inputs->opened, file->path, job);
}

/* Where what leads on refers to others, each of them may be meant. */
static void look_at_all(struct work *work, size_t targets)
{
	size_t workers = run_workers(work->run);

	pool_run(workers, targets, look, work);
	if (work->near && leaders_refer(work->run, work->leads)) {
		work->near = NULL;
		pool_run(workers, targets, look, work);
	}
}

static struct inputs *find(struct run *run, const struct near *near,
			   const struct texts *texts)
{
	struct arena *arena = run->arena;
	struct inputs *inputs = inputs_new(run);
	size_t count = run->jobs.count, i;
	struct work work = {
		.run = run,
		.near = near,
		.texts = texts,
		.first = arena_zalloc(arena, (count + 2) * sizeof(size_t)),
		.looked = arena_zalloc(arena, count + 1),
		.arenas = arena_zalloc(arena, (count + 1) * sizeof(void *)),
		.logs = inputs->logs,
		.below = arena_zalloc(arena, (count + 1) * sizeof(*work.logs)),
		.leads = inputs->leads,
	};

	for (i = 0; i < count; i++) {
		work.arenas[i] = arena_new();
		arena_adopt(arena, work.arenas[i]);
	}
	neighbours_prepare(run, count);
	look_at_all(&work, find_targets(run, work.first));
	for (i = 0; i < count; i++)
		add_found(inputs, &work, i);
	return inputs;
}

struct inputs *inputs_find(struct run *run)
{
	return find(run, NULL, NULL);
}

/* What discovery has found it has read, too. */
static bool has_kustomizations(const struct project *project)
{
	size_t i, j;

	for (i = 0; i < project->targets.count; i++) {
		const struct target *target = project->targets.items[i];

		if (target->discovered)
			continue;
		if (value_get(target->node, "overlay"))
			return true;
		for (j = 0; j < target->sources.count; j++)
			if (target->sources.items[j].kind ==
			    SOURCE_KIND_KUSTOMIZATION)
				return true;
	}
	return false;
}

/* Nothing is known of what a submodule names. */
static void add_closed(struct run *run, struct git_paths *paths)
{
	struct git_tracked_file file;
	size_t at = 0;

	while (git_next_file(run->git, &at, &file))
		if (!file.regular)
			vec_push(run->arena, paths, file.path);
}

/* What changed, and below which more may have; false: that is not known. */
static bool find_paths(struct run *run, const struct git_changes *changes,
		       struct git_paths *paths, size_t *files)
{
	const struct git_paths *unseen = git_unseen(run->git);
	size_t i;

	if (!unseen)
		return false;
	for (i = 0; i < changes->count; i++)
		if (!changes->items[i].folder)
			vec_push(run->arena, paths, changes->items[i].path);
	*files = paths->count;
	for (i = 0; i < changes->count; i++)
		if (changes->items[i].folder)
			vec_push(run->arena, paths, changes->items[i].path);
	for (i = 0; i < unseen->count; i++)
		vec_push(run->arena, paths, unseen->items[i]);
	add_closed(run, paths);
	return true;
}

const struct table *
inputs_find_kustomizations(struct run *run, const struct git_changes *changes,
			   const struct table *folders)
{
	const struct texts_wanted wanted = { .mentions = true };
	struct git_paths paths = { 0 };
	size_t files;

	if (!find_paths(run, changes, &paths, &files))
		return NULL;
	return near_kustomizations(run, &paths, folders,
				   texts_find(run, changes, &wanted));
}

struct inputs *inputs_find_near(struct run *run,
				const struct git_changes *changes)
{
	const struct texts_wanted wanted = {
		.leads = run_follows(run) && !run->nearby,
		.mentions = has_kustomizations(run->project),
	};
	const struct texts *texts = NULL;
	struct git_paths paths = { 0 };
	size_t files;

	if (!find_paths(run, changes, &paths, &files))
		return inputs_find(run);
	if (wanted.leads || wanted.mentions)
		texts = texts_find(run, changes, &wanted);
	return find(run, near_find(run, &paths, files, texts), texts);
}

static bool add_folders(struct run *run, const struct git_changes *changes,
			struct git_paths *paths)
{
	size_t i;

	for (i = 0; i < changes->count; i++) {
		const char *dir =
			path_folder(run->arena, changes->items[i].path);

		/* All lies below the root. */
		if (!*dir)
			return false;
		vec_push(run->arena, paths, dir);
	}
	return true;
}

static bool renders_folder(enum source_kind kind)
{
	return kind == SOURCE_KIND_CHART || kind == SOURCE_KIND_TEMPLATES;
}

static bool has_chart(const struct target *target)
{
	size_t i;

	for (i = 0; i < target->sources.count; i++)
		if (renders_folder(target->sources.items[i].kind))
			return true;
	return false;
}

/* The folders that a job is rendered from, to its number. */
static void add_charts(struct run *run, size_t index, struct table *charts)
{
	const struct job *model = run->jobs.items[index];
	struct job job;
	size_t i;

	job_init(&job, run, model->target, model->environment);
	if (job_resolve(&job))
		for (i = 0; i < job.sources.count; i++)
			if (renders_folder(job.sources.items[i].kind))
				add_job(run->arena, charts,
					arena_strdup(run->arena,
						     job.sources.items[i].path),
					index);
	job_release(&job);
}

/* Whether a folder is one of a table, or lies in one. */
static bool is_in(const struct table *folders, const char *path)
{
	size_t len = strlen(path);

	while (!table_find(folders, path, len)) {
		if (!len)
			return false;
		while (len && path[len - 1] != '/')
			len--;
		len -= len > 0;
	}
	return true;
}

/* Who reads a chart that no job is rendered from is to be looked for. */
static void add_strange_charts(struct run *run, const struct table *charts,
			       struct git_paths *paths)
{
	struct git_tracked_file file;
	size_t at = 0;

	while (git_next_file(run->git, &at, &file))
		if (strcmp(path_name(file.path), "Chart.yaml") == 0 &&
		    !is_in(charts, path_folder(run->arena, file.path)))
			vec_push(run->arena, paths, file.path);
}

struct inputs *inputs_find_around(struct run *run,
				  const struct git_changes *changes)
{
	const struct texts_wanted wanted = { .mentions = true };
	struct git_paths paths = { 0 };
	const struct texts *texts;
	struct inputs *inputs;
	struct table charts;
	size_t files, i;

	if (!find_paths(run, changes, &paths, &files) ||
	    !add_folders(run, changes, &paths))
		return inputs_find(run);
	table_init(&charts, run->arena);
	for (i = 0; i < run->jobs.count; i++)
		if (has_chart(run->jobs.items[i]->target))
			add_charts(run, i, &charts);
	add_strange_charts(run, &charts, &paths);
	texts = texts_find(run, changes, &wanted);
	inputs = find(run, near_find(run, &paths, files, texts), texts);
	for (i = 0; i < charts.count; i++)
		table_puts(&inputs->below, charts.entries[i].key,
			   charts.entries[i].value);
	return inputs;
}

static void mark_all(const struct table *table, const char *path, bool *marks)
{
	const struct job_indexes *jobs = table_gets(table, path);
	size_t i;

	for (i = 0; jobs && i < jobs->count; i++)
		marks[jobs->items[i]] = true;
}

void inputs_mark(const struct inputs *inputs, const char *path, bool *marks)
{
	char *dir = arena_strdup(inputs->run->arena, path), *slash;
	bool parent = true;
	size_t i;

	mark_all(&inputs->opened, path, marks);
	mark_all(&inputs->below, path, marks);
	for (i = 0; i < inputs->patterns.count; i++)
		if (glob_match(GLOB_PROJECT, inputs->patterns.items[i].text,
			       path))
			marks[inputs->patterns.items[i].job] = true;
	while (*dir) {
		slash = strrchr(dir, '/');
		*(slash ? slash : dir) = '\0';
		if (parent)
			mark_all(&inputs->listed, dir, marks);
		parent = false;
		mark_all(&inputs->below, dir, marks);
	}
}

bool inputs_has(const struct inputs *inputs, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *end;
	size_t i;

	if (table_gets(&inputs->opened, path) ||
	    table_get(&inputs->listed, path,
		      slash ? (size_t)(slash - path) : 0))
		return true;
	for (end = path + strlen(path); end > path; end--)
		if ((!*end || *end == '/') &&
		    table_get(&inputs->below, path, (size_t)(end - path)))
			return true;
	for (i = 0; i < inputs->patterns.count; i++)
		if (glob_match(GLOB_PROJECT, inputs->patterns.items[i].text,
			       path))
			return true;
	return table_get(&inputs->below, "", 0) != NULL;
}

static bool has_job(const struct table *table, const char *path, size_t len,
		    size_t job)
{
	const struct job_indexes *jobs = table_get(table, path, len);
	size_t i;

	for (i = 0; jobs && i < jobs->count; i++)
		if (jobs->items[i] == job)
			return true;
	return false;
}

bool inputs_declares(const struct inputs *inputs, size_t job, const char *path)
{
	size_t len = strlen(path), i;

	if (has_job(&inputs->opened, path, len, job))
		return true;
	for (;;) {
		if (has_job(&inputs->below, path, len, job))
			return true;
		if (!len)
			break;
		while (len && path[len - 1] != '/')
			len--;
		len -= len > 0;
	}
	for (i = 0; i < inputs->patterns.count; i++)
		if (inputs->patterns.items[i].job == job &&
		    glob_match(GLOB_PROJECT, inputs->patterns.items[i].text,
			       path))
			return true;
	return false;
}

static void mark_under(const struct table *table, const char *dir, bool *marks)
{
	uint32_t i;

	for (i = 0; i < table->count; i++)
		if (path_is_below(table->entries[i].key, dir))
			mark_all(table, table->entries[i].key, marks);
}

void inputs_mark_below(const struct inputs *inputs, const char *dir,
		       bool *marks)
{
	size_t i;

	inputs_mark(inputs, dir, marks);
	mark_under(&inputs->opened, dir, marks);
	mark_under(&inputs->listed, dir, marks);
	mark_under(&inputs->below, dir, marks);
	/* The folders before the first special character are literal. */
	for (i = 0; i < inputs->patterns.count; i++)
		if (path_is_below(inputs->patterns.items[i].text, dir))
			marks[inputs->patterns.items[i].job] = true;
}

/* Whether a pattern may match below a folder that may hold anything. */
static bool may_match_below(const char *pattern, const char *dir)
{
	size_t len = strcspn(pattern, "*?[{\\");

	while (len && pattern[len - 1] != '/')
		len--;
	return !len || (strncmp(dir, pattern, len - 1) == 0 &&
			(dir[len - 1] == '/' || !dir[len - 1]));
}

void inputs_mark_unknown(const struct inputs *inputs, const char *dir,
			 bool *marks)
{
	size_t i;

	inputs_mark_below(inputs, dir, marks);
	for (i = 0; i < inputs->patterns.count; i++)
		if (may_match_below(inputs->patterns.items[i].text, dir))
			marks[inputs->patterns.items[i].job] = true;
}
