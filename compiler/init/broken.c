/*
 * What a trial run could not build: targets, and files of manifests alone.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/source.h"
#include "base/table.h"
#include "compiler/gitops/gitops.h"
#include "compiler/init.h"
#include "compiler/run.h"
#include "lints/lint.h"
#include "model/value.h"
#include "overlays/overlay.h"

/* The targets of a plan by name: their places, from 1. */
static void find_names(const struct init_plan *plan, struct table *names)
{
	size_t i;

	table_init(names, plan->arena);
	for (i = 0; i < plan->targets.count; i++)
		table_puts(names, plan->targets.items[i].name, (void *)(i + 1));
}

static struct init_target *
target_of(struct init_plan *plan, const struct table *names, const char *name)
{
	size_t at = (size_t)table_gets(names, name);

	return at ? &plan->targets.items[at - 1] : NULL;
}

/* The error that a job failed with; NULL: it has none. */
static const struct diag *first_error(const struct job *job)
{
	size_t i;

	for (i = 0; i < job->diags.diags.count; i++)
		if (job->diags.diags.items[i]->severity == DIAG_ERROR)
			return job->diags.diags.items[i];
	return NULL;
}

static const char *kept(struct init_plan *plan, const char *text)
{
	return arena_strndup(plan->arena, text, strcspn(text, "\r\n"));
}

/* Whether it rendered, and what came of it is no object. */
static bool is_empty(const struct job *job)
{
	const struct diag *error = first_error(job);

	return error && error->rule &&
	       strcmp(error->rule, lint_target_empty.name) == 0;
}

static const char *why_broken(struct init_plan *plan, const struct job *job)
{
	const struct diag *error = first_error(job);

	return !error || is_empty(job) ? "it has no objects"
				       : kept(plan, error->message);
}

/*
 * The files that cannot be read, of a job that only reads files, each once.
 * False: something else is wrong with it.
 */
static bool find_files(struct init_plan *plan, const struct job *job,
		       struct init_lefts *files)
{
	size_t first = files->count, i;
	struct table seen;

	table_init(&seen, plan->arena);
	if (job->sources.count != 1 || job->overlays.count ||
	    job->sources.items[0].kind != SOURCE_KIND_MANIFESTS)
		return false;
	for (i = 0; i < job->diags.diags.count; i++) {
		const struct diag *diag = job->diags.diags.items[i];
		const struct source *source = origin_source(&diag->origin);
		struct init_left left = { .is_file = true };

		if (diag->severity != DIAG_ERROR)
			continue;
		if (diag->rule || !source || source->role != SOURCE_MANIFEST) {
			files->count = first;
			return false;
		}
		if (table_puts(&seen, source->name, files))
			continue;
		left.path = left.name = kept(plan, source->name);
		left.why = kept(plan, diag->message);
		vec_push(plan->arena, files, left);
	}
	return files->count > first;
}

static void find_paths(const struct init_plan *plan,
		       const struct init_lefts *files, struct table *paths)
{
	size_t i;

	table_init(paths, plan->arena);
	for (i = 0; i < files->count; i++)
		table_puts(paths, files->items[i].path, paths);
}

/* The others by name.  False: what is left is nothing. */
static bool name_others(struct init_plan *plan, struct init_target *target)
{
	struct option_texts names = { 0 };
	struct table left;
	size_t i;

	find_paths(plan, &target->left_out, &left);
	for (i = 0; i < target->found.count; i++)
		if (!table_gets(&left, target->found.items[i]))
			vec_push(plan->arena, &names, target->found.items[i]);
	if (names.count)
		target->files = names;
	return names.count > 0;
}

/* The path of an environment. */
static const char *path_in(struct init_plan *plan,
			   const struct init_target *target,
			   const char *environment)
{
	static const char variable[] = "${env}";
	const char *at = strstr(target->path, variable);

	if (!at)
		return target->path;
	return arena_printf(plan->arena, "%.*s%s%s", (int)(at - target->path),
			    target->path, environment, at + strlen(variable));
}

static void drop(struct option_texts *texts, const char *text)
{
	size_t kept = 0, i;

	for (i = 0; i < texts->count; i++)
		if (strcmp(texts->items[i], text) != 0)
			texts->items[kept++] = texts->items[i];
	texts->count = kept;
}

/* The files of an environment become those of another target. */
static void move_found(struct init_plan *plan, struct init_target *from,
		       struct init_target *to)
{
	struct option_texts others = { 0 };
	size_t i;

	for (i = 0; i < from->found.count; i++)
		if (strcmp(path_dir(plan->arena, from->found.items[i]),
			   to->path) == 0)
			vec_push(plan->arena, &to->found, from->found.items[i]);
		else
			vec_push(plan->arena, &others, from->found.items[i]);
	from->found = others;
}

/* An environment with such files has a target of its own with the others. */
static bool leave_environment(struct init_plan *plan, struct table *names,
			      struct init_target *target, const struct job *job)
{
	const char *environment = kept(plan, job->environment->name);
	struct init_target own = {
		.kind = target->kind,
		.name = arena_printf(plan->arena, "%s-%s", target->name,
				     environment),
		.path = path_in(plan, target, environment),
	};
	size_t i;

	if (table_gets(names, own.name) ||
	    !find_files(plan, job, &own.left_out))
		return false;
	vec_push(plan->arena, &own.environments, environment);
	move_found(plan, target, &own);
	drop(&target->environments, environment);
	if (name_others(plan, &own)) {
		vec_push(plan->arena, &plan->targets, own);
		table_puts(names, own.name, (void *)plan->targets.count);
		return true;
	}
	for (i = 0; i < own.left_out.count; i++)
		vec_push(plan->arena, &target->left_out, own.left_out.items[i]);
	return true;
}

/* Of a set of manifests the others stay. */
static bool leave_files(struct init_plan *plan, struct table *names,
			struct init_target *target, const struct job *job)
{
	size_t before = target->left_out.count;

	if (target->environments.count > 1)
		return leave_environment(plan, names, target, job);
	if (!find_files(plan, job, &target->left_out) ||
	    !name_others(plan, target)) {
		target->left_out.count = before;
		return false;
	}
	return true;
}

size_t init_mark_broken(struct init_plan *plan, struct run *run, bool *again)
{
	struct table left; /* targets of which files are left out since */
	struct table names;
	size_t i, count = 0;

	*again = false;
	table_init(&left, plan->arena);
	find_names(plan, &names);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		struct init_target *target =
			target_of(plan, &names, job->target->name);
		const struct diag *error = first_error(job);

		/* An environment that fails alike has no words of its own. */
		if (!job->failed || job->told || !target || target->broken ||
		    job->target->discovered || table_gets(&left, target->name))
			continue;
		if (target->environments.count <= 1)
			table_puts(&left, target->name, target);
		if (leave_files(plan, &names, target, job)) {
			*again = true;
			continue;
		}
		target->empty = is_empty(job);
		target->broken = why_broken(plan, job);
		if (error && error->help)
			target->broken_help = kept(plan, error->help);
		count++;
	}
	return count;
}

/* The path that makes discovery find a target: its folder, or its values. */
static const char *path_of(struct run *run, const struct target *target)
{
	return target->variant_of
		       ? tree_view_display(&run->view,
					   value_string(value_get(target->node,
								  "values")))
		       : target->name;
}

/*
 * Of a folder of a kustomization that alone: what it does not name, also in
 * folders below, may well be built.
 */
static const char *file_of(struct init_plan *plan, struct run *run,
			   const struct job *job, const char *dir)
{
	const struct job_source *source = &job->sources.items[0];
	const char *const *name;
	struct tree_stat stat;

	if (source->kind != SOURCE_KIND_KUSTOMIZATION)
		return dir;
	for (name = overlay_file_names; *name; name++)
		if (tree_view_stat(&run->view,
				   path_join(plan->arena, source->path, *name),
				   &stat) == TREE_OK)
			return path_join(plan->arena, dir, *name);
	return dir;
}

/* What an object applies is left out with the file that the object is in. */
static void find_definition(struct init_plan *plan,
			    const struct followed *followed,
			    struct init_left *left)
{
	struct place place;

	if (!origin_source(&followed->at) ||
	    !origin_first(&followed->at, &place))
		return;
	left->path = kept(plan, place.source->name);
	left->name = kept(plan, followed->name);
}

void init_leave_out(struct init_plan *plan, struct run *run)
{
	struct table paths;
	size_t i;

	find_paths(plan, &plan->left_out, &paths);
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];
		struct init_left left = { .is_file = false };

		if (!job->failed || !job->target->discovered || job->told ||
		    find_files(plan, job, &plan->left_out))
			continue;
		if (job->target->followed) {
			find_definition(plan, job->target->followed, &left);
		} else {
			left.name = kept(plan, path_of(run, job->target));
			left.path = file_of(plan, run, job, left.name);
		}
		if (!left.path || table_puts(&paths, left.path, plan))
			continue;
		left.why = why_broken(plan, job);
		vec_push(plan->arena, &plan->left_out, left);
	}
}
