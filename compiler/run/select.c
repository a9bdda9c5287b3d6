/*
 * What the words of the command line name: targets, NAME@ENV, patterns over
 * them, paths, standard input.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "base/tree_disk.h"
#include "compiler/git.h"
#include "compiler/inputs.h"
#include "compiler/run.h"
#include "model/value.h"

/* A job that a path may mean. */
struct reader {
	const struct target *target;
	size_t environment;
};

VEC_TYPE(readers, struct reader);

/* Jobs asked for so far, so that two words do not make one job twice. */
struct selection {
	struct run *run;
	bool *wanted; /* [target * environments + environment] */
	size_t room;
	bool *focused;         /* the same, for those that only a path names */
	struct inputs *inputs; /* of all declared jobs; when first needed */
	struct readers readers;
};

static bool env_wanted(const struct run *run, const char *name)
{
	const struct option_texts *envs = &run->options->env;
	size_t i;

	for (i = 0; i < envs->count; i++)
		if (glob_match(GLOB_PATH, envs->items[i], name))
			return true;
	return !envs->count;
}

/* Targets that discovery adds make the tables longer. */
static void make_room(struct selection *selection)
{
	struct run *run = selection->run;
	size_t needed =
		run->project->targets.count * run->project->environments.count;
	bool *grown;

	if (needed <= selection->room)
		return;
	grown = arena_zalloc(run->arena, needed * 4);
	if (selection->room) {
		memcpy(grown, selection->wanted, selection->room);
		memcpy(grown + needed * 2, selection->focused, selection->room);
	}
	selection->wanted = grown;
	selection->focused = grown + needed * 2;
	selection->room = needed * 2;
}

/* Whether this target is made in this environment in this run. */
static bool is_made(const struct run *run, const struct target *target,
		    size_t index)
{
	return project_is_inside(run->project, target) &&
	       project_has_job(run->project, target, index) &&
	       (target->discovered ||
		env_wanted(run, run->project->environments.items[index]->name));
}

/* What a path named as well is no longer in focus alone. */
static void want(struct selection *selection, const struct target *target,
		 const char *env_pattern)
{
	struct run *run = selection->run;
	size_t count = run->project->environments.count, i;

	make_room(selection);
	for (i = 0; i < count; i++) {
		const char *name = run->project->environments.items[i]->name;

		if (!is_made(run, target, i) ||
		    (!target->discovered && env_pattern &&
		     !glob_match(GLOB_PATH, env_pattern, name)))
			continue;
		selection->wanted[target->index * count + i] = true;
		selection->focused[target->index * count + i] = false;
	}
}

static void want_reader(struct selection *selection,
			const struct reader *reader)
{
	size_t at = reader->target->index *
			    selection->run->project->environments.count +
		    reader->environment;

	make_room(selection);
	if (!selection->wanted[at])
		selection->focused[at] = true;
	selection->wanted[at] = true;
}

static bool stream(struct selection *selection)
{
	struct run *run = selection->run;
	const char *name = run->options->stdin_filename
				   ? run->options->stdin_filename
				   : "<stdin>";
	struct value *empty = value_new_map(run->arena, NULL);
	struct target *target;
	char *text;
	size_t len;

	if (run->stream)
		return diag_error(run->diags, NULL,
				  "standard input is named twice");
	text = file_read_all(run->arena, run->diags, STDIN_FILENO, name,
			     (size_t)run->project->limits.file_size, &len);
	if (!text)
		return false;
	run->stream = source_new(run->arena, name, SOURCE_MANIFEST, text, len);
	target = project_add(run->project, name, SOURCE_KIND_STREAM, empty,
			     empty);
	target->named = true;
	want(selection, target, NULL);
	return true;
}

/*
 * A path outside the root that the user named may be read, with the work tree
 * it lies in, unless --root says where to stay.  Git does not list it: it is
 * another repository, if any.
 */
static enum tree_status allow_outside(struct run *run, const char *word,
				      const char **path)
{
	char *real = realpath(word, NULL);
	const char *root;

	if (!real)
		return TREE_MISSING;
	*path = arena_strdup(run->arena, real);
	free(real);
	root = git_find_root(run->arena, path_dir(run->arena, *path));
	tree_disk_allow(run->tree, root ? root : *path);
	return TREE_OK;
}

static void add_job(struct run *run, const struct target *target, size_t env)
{
	struct job *job = arena_alloc(run->arena, sizeof(*job));

	job_init(job, run, target,
		 project_environment(run->project, target, env));
	vec_push(run->arena, &run->jobs, job);
}

/* What every job reads that this project declares. */
static void find_inputs(struct selection *selection)
{
	struct run *run = selection->run;
	size_t count = run->project->environments.count, i, j;

	for (i = 0; i < run->project->targets.count; i++) {
		struct reader reader = { run->project->targets.items[i], 0 };

		for (j = 0; j < count && !reader.target->discovered; j++) {
			if (!is_made(run, reader.target, j))
				continue;
			reader.environment = j;
			vec_push(run->arena, &selection->readers, reader);
			add_job(run, reader.target, j);
		}
	}
	selection->inputs = run->nearby ? inputs_find_around(run, run->changed)
					: inputs_find(run);
	for (i = 0; i < run->jobs.count; i++)
		job_release(run->jobs.items[i]);
	run->jobs.count = 0;
}

/* The targets that read a file, or anything below a folder; false: none. */
static bool select_readers(struct selection *selection, const char *path)
{
	struct run *run = selection->run;
	struct tree_stat stat;
	bool *marks, found = false;
	size_t i;

	if (!run->project->source)
		return false;
	if (!selection->inputs)
		find_inputs(selection);
	marks = arena_zalloc(run->arena, selection->readers.count + 1);
	if (tree_view_stat(&run->view, path, &stat) == TREE_OK &&
	    stat.kind == TREE_DIR)
		inputs_mark_below(selection->inputs, path, marks);
	else
		inputs_mark(selection->inputs, path, marks);
	for (i = 0; i < selection->readers.count; i++) {
		if (!marks[i])
			continue;
		want_reader(selection, &selection->readers.items[i]);
		found = true;
	}
	if (found)
		vec_push(run->arena, &run->focus,
			 tree_view_display(&run->view, path));
	return found;
}

/* The path of a word, and whether it leaves the root, as it may. */
static bool find_path(struct run *run, const char *word, const char **path,
		      bool *outside)
{
	enum tree_status status = run_locate(run, word, path);

	*outside =
		status == TREE_OUTSIDE && !run->options->root && run->on_disk;
	if (*outside)
		status = allow_outside(run, word, path);
	if (status == TREE_OK)
		return true;
	diag_error(run->diags, NULL, "%s %s", word, tree_status_text(status));
	if (run->on_disk)
		diag_help(run->diags, "--root DIR widens what may be read");
	return false;
}

/* Targets for what nobody declared. */
static bool discover(struct selection *selection, const char *path,
		     bool outside)
{
	struct run *run = selection->run;
	size_t first = run->project->targets.count, i;
	bool focused;

	if (!run_discover(run, path, outside, &focused))
		return false;
	for (i = first; i < run->project->targets.count; i++) {
		struct reader reader = { run->project->targets.items[i], 0 };

		if (focused)
			want_reader(selection, &reader);
		else
			want(selection, reader.target, NULL);
	}
	return true;
}

static bool select_path(struct selection *selection, const char *word)
{
	const char *path;
	bool outside;

	if (!find_path(selection->run, word, &path, &outside))
		return false;
	return (!outside && select_readers(selection, path)) ||
	       discover(selection, path, outside);
}

struct target_names {
	const struct project *project;
	size_t at;
};

static const char *next_target(void *context)
{
	struct target_names *names = context;
	const struct target *target;

	while (names->at < names->project->targets.count) {
		target = names->project->targets.items[names->at++];
		if (project_is_inside(names->project, target))
			return target->name;
	}
	return NULL;
}

static bool unknown(struct run *run, const char *word)
{
	struct target_names names = { run->project, 0 };
	const char *near = edit_nearest(word, next_target, &names);

	diag_error(run->diags, NULL, "there is no target and no file \"%s\"",
		   word);
	if (table_gets(&run->project->target_names, word))
		diag_help(run->diags,
			  "it is a target of another project file than %s, "
			  "inside which this is run",
			  run->project->inside->source->name);
	else if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
	return false;
}

/* A target by its name; inside a member without the folder in front, too. */
static const struct target *find_target(const struct project *project,
					const char *name)
{
	const struct target *target = NULL;

	if (project->inside)
		target = table_gets(&project->target_names,
				    arena_join(project->arena,
					       project->inside->prefix, name));
	if (!target)
		target = table_gets(&project->target_names, name);
	return target && project_is_inside(project, target) ? target : NULL;
}

static bool has_name_like(const struct project *project,
			  const struct target *target, const char *pattern)
{
	const char *name = target->name;

	if (target->discovered || !project_is_inside(project, target))
		return false;
	return glob_match(GLOB_PROJECT, pattern, name) ||
	       (project->inside &&
		glob_match(GLOB_PROJECT, pattern,
			   name + strlen(project->inside->prefix)));
}

/* NAME, NAME@ENV and patterns of both; how many targets have such a name. */
static size_t select_targets(struct selection *selection, const char *word)
{
	const struct project *project = selection->run->project;
	const char *at = strrchr(word, '@');
	const char *name = at ? arena_strndup(selection->run->arena, word,
					      (size_t)(at - word))
			      : word;
	const struct target *exact = find_target(project, name);
	size_t i, found = 0;

	if (exact) {
		want(selection, exact, at ? at + 1 : NULL);
		return 1;
	}
	for (i = 0; glob_is_pattern(name) && i < project->targets.count; i++) {
		const struct target *target = project->targets.items[i];

		if (!has_name_like(project, target, name))
			continue;
		found++;
		want(selection, target, at ? at + 1 : NULL);
	}
	return found;
}

struct env_names {
	const struct project *project;
	size_t at;
};

static const char *next_env(void *context)
{
	struct env_names *names = context;

	return names->at < names->project->environments.count
		       ? names->project->environments.items[names->at++]->name
		       : NULL;
}

/* A pattern of environments matches at least one. */
static bool check_env(struct run *run, const char *pattern)
{
	struct env_names names = { run->project, 0 };
	const char *name, *near;
	struct str known;

	str_init(&known, run->arena);
	while ((name = next_env(&names))) {
		if (glob_match(GLOB_PATH, pattern, name))
			return true;
		if (*name)
			str_printf(&known, "%s%s", known.len ? ", " : "", name);
	}
	diag_error(run->diags, NULL, "there is no environment %s",
		   diag_quote(run->arena, pattern, strlen(pattern)));
	names.at = 0;
	near = edit_nearest(pattern, next_env, &names);
	if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
	else if (known.len)
		diag_help(run->diags, "the project has %s", str_text(&known));
	else
		diag_help(run->diags, "the project declares none under "
				      "environments:");
	return false;
}

static bool select_word(struct selection *selection, const char *word)
{
	struct run *run = selection->run;
	struct tree_stat stat;
	const char *path;

	if (strcmp(word, "-") == 0)
		return stream(selection);
	if (word[0] != '.' && word[0] != '/' && select_targets(selection, word))
		return !strrchr(word, '@') ||
		       check_env(run, strrchr(word, '@') + 1);
	if (run_locate(run, word, &path) == TREE_OK &&
	    tree_view_stat(&run->view, path, &stat) == TREE_MISSING)
		return unknown(run, word);
	return select_path(selection, word);
}

/* What `discover:` asks for, beside what the targets read. */
static bool discover_asked(struct selection *selection)
{
	struct run *run = selection->run;
	size_t first = run->project->targets.count, i;

	if (!selection->inputs)
		find_inputs(selection);
	if (!run_discover_asked(run, selection->inputs))
		return false;
	for (i = first; i < run->project->targets.count; i++)
		want(selection, run->project->targets.items[i], NULL);
	return true;
}

static bool select_all(struct selection *selection)
{
	struct project *project = selection->run->project;
	size_t i;

	if (!project->source)
		return select_path(selection, ".");
	for (i = 0; i < project->targets.count; i++)
		want(selection, project->targets.items[i], NULL);
	return !project->discover.at || discover_asked(selection);
}

static bool check_envs(struct run *run)
{
	const struct option_texts *envs = &run->options->env;
	size_t i;

	for (i = 0; i < envs->count; i++)
		if (!check_env(run, envs->items[i]))
			return false;
	return true;
}

/* What was wanted, as far as it is to be made in this run. */
static void add_jobs(struct run *run, const struct selection *selection)
{
	const struct project *project = run->project;
	size_t count = project->environments.count, i, j;

	for (i = 0; i < project->targets.count; i++) {
		const struct target *target = project->targets.items[i];

		for (j = 0; j < count; j++) {
			size_t at = i * count + j;

			if (at >= selection->room || !selection->wanted[at] ||
			    (run->after &&
			     !run_counts_before(
				     run, target,
				     project_environment(project, target, j))))
				continue;
			add_job(run, target, j);
			(*vec_last(&run->jobs))->focused =
				selection->focused[at];
		}
	}
}

/* "." where the project file lies is what nobody has to name. */
static bool names_all(struct run *run, const struct option_texts *words)
{
	const char *path;

	return !words->count ||
	       (words->count == 1 && run->project->source &&
		!run->project->inside &&
		(run->project->targets.count || run->project->discover.at) &&
		run_locate(run, words->items[0], &path) == TREE_OK &&
		strcmp(path, run->project->dir) == 0 &&
		!find_target(run->project, words->items[0]));
}

bool run_select(struct run *run, const struct option_texts *words)
{
	struct selection selection = { .run = run };
	bool all = names_all(run, words);
	size_t i;

	if (!check_envs(run) || !run_find_changes(run, words))
		return false;
	run->partial = !all || run->options->env.count ||
		       run->project->inside || run->options->new_from ||
		       run->options->new_from_merge_base;
	run->whole = !run->partial && run->project->source;
	if (all && !select_all(&selection))
		return false;
	for (i = 0; i < words->count && !all; i++)
		if (!select_word(&selection, words->items[i]))
			return false;
	add_jobs(run, &selection);
	if (run->jobs.count || run->after || !run->project->source)
		return run_read_schemas(run);
	/* What discovery finds may all be as it was. */
	if (run->changed && run->project->discover.at)
		return true;
	if (!run->project->targets.count)
		return diag_error(run->diags, NULL,
				  "%s declares no target; add one under "
				  "targets:",
				  run->project->source->name);
	return diag_error(run->diags, NULL,
			  "no target is for the environments asked for");
}
