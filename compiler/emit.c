#include "compiler/emit.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/file.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/source.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/ledger.h"
#include "compiler/outdated.h"
#include "compiler/run.h"
#include "model/bundle.h"
#include "model/json.h"
#include "model/value.h"

static const struct value *
output_setting(const struct run *run, const struct job *job, const char *name)
{
	const struct value *own =
		value_get(value_get(job->target->node, "output"), name);

	return own ? own
		   : value_get(value_get(run->project->root, "output"), name);
}

/* -o is relative to the working directory, `dir:` to the project file. */
static const char *output_dir(struct run *run, struct job *job)
{
	const struct value *dir = output_setting(run, job, "dir");
	const char *text;

	if (run->options->output)
		return run->options->output;
	if (!dir)
		return NULL;
	text = scope_text(&job->scope, dir);
	if (!text)
		return NULL;
	/* A target may say it for itself; else it stands in the root file. */
	if (dir != value_get(value_get(job->target->node, "output"), "dir"))
		text = path_join(job->arena, run->project->dir, text);
	else
		text = job_path(job, text);
	return tree_view_display(&job->view, text);
}

/*
 * The target's name as that of a file.  What was named by its path may begin
 * with "../" or end in ".yaml", or be the folder itself.
 */
static const char *file_of_target(const struct job *job)
{
	const char *name = job->target->name;

	if (!job->target->discovered)
		return name;
	while (strncmp(name, "../", 3) == 0)
		name += 3;
	if (path_has_ext(name, ".yaml .yml"))
		name = arena_strndup(job->arena, name,
				     strlen(name) - strlen(path_ext(name)));
	return !*name || *name == '<' || strspn(name, "./") == strlen(name)
		       ? "bundle"
		       : name;
}

/* What Argo CD's hydrator puts into the folder of an application. */
static const char *const hydrated[] = { "manifest.yaml", "README.md",
					"hydrator.metadata" };

static bool is_hydrated(const struct run *run, const struct job *job)
{
	return value_equals_string(output_setting(run, job, "layout"),
				   "hydrator");
}

/* Whether a path is that of a file below the folder; false: reported. */
static bool is_below(struct job *job, const struct origin *at, const char *path)
{
	if (path_is_absolute(path) || strncmp(path, "../", 3) == 0 ||
	    strcmp(path, "..") == 0)
		return diag_error(&job->diags, at,
				  "output.path %s leads out of the output "
				  "folder",
				  path);
	if (strcmp(path, ".") == 0)
		return diag_error(&job->diags, at,
				  "output.path is the output folder itself, "
				  "and no file in it");
	return true;
}

/* The path below the folder, names replaced; NULL: reported. */
static const char *output_path(struct run *run, struct job *job)
{
	const struct value *path = output_setting(run, job, "path");
	const struct value *at = path ? path : job->target->node;
	const char *text, *env = job->environment->name;

	if (path)
		text = scope_text(&job->scope, path);
	else
		text = arena_printf(job->arena, "%s%s%s%s", env,
				    *env ? "/" : "", file_of_target(job),
				    is_hydrated(run, job) ? "" : ".yaml");
	if (!text)
		return NULL;
	text = path_clean(job->arena, text);
	return is_below(job, at ? &at->origin : NULL, text) ? text : NULL;
}

static bool put_header(struct run *run, struct job *job, struct str *out)
{
	const struct value *header = output_setting(run, job, "header");
	const char *text;

	if (!header)
		return true;
	text = scope_text(&job->scope, header);
	if (!text)
		return false;
	str_puts(out, text);
	if (*text && text[strlen(text) - 1] != '\n')
		str_putc(out, '\n');
	return true;
}

/* Characters that are safe in a file's name everywhere. */
static const char *safe(struct arena *arena, const char *name)
{
	char *copy = arena_strdup(arena, name), *at;

	for (at = copy; *at; at++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
			    "wxyz0123456789._-",
			    *at))
			*at = '_';
	return copy;
}

/* Who writes to a path. */
struct owner {
	struct job *job;
	const struct object *object; /* NULL: the whole bundle */
};

/* In the tree, if it is there. */
struct place_of_file {
	enum tree_status status;
	const char *path;
};

/* Where the bundle of a job goes, and what came of it. */
struct plan {
	struct job *job;
	bool by_object;
	const char *dir;                  /* NULL: it is not written */
	VEC(const char *) paths;          /* one, or one for each object */
	VEC(struct place_of_file) places; /* of the same, for --check */
	struct plan *next;                /* it has the same bundle */
	struct str said;
	struct outdated outdated; /* for --check */
};

static const char *owner_name(const struct owner *owner)
{
	return owner->object
		       ? arena_printf(owner->job->arena, "%s %s",
				      owner->object->kind, owner->object->name)
		       : job_name(owner->job);
}

/*
 * Two bundles in one file would overwrite each other: neither is written,
 * since nobody can say which one was meant.
 */
static bool claim(struct run *run, struct table *taken, struct job *job,
		  const struct object *object, const char *path)
{
	struct owner *owner = arena_alloc(run->arena, sizeof(*owner));
	const struct owner *other;
	const struct value *at = output_setting(run, job, "path");

	owner->job = job;
	owner->object = object;
	other = table_puts(taken, path, owner);
	if (!other)
		return true;
	diag_error(&job->diags,
		   object ? &object->root->origin
		   : at   ? &at->origin
			  : NULL,
		   "%s and %s would both be written to %s", owner_name(other),
		   owner_name(owner), path);
	other->job->failed = true;
	return false;
}

static bool plan_objects(struct run *run, struct plan *plan, const char *dir,
			 struct table *taken)
{
	struct job *job = plan->job;
	struct object *object, plain;
	const char *path;
	bool good = true;

	bundle_foreach (object, job->bundle) {
		plain = *object;
		plain.kind = safe(job->arena, object->kind);
		plain.name = safe(job->arena, object->name);
		plain.name_space = safe(job->arena, object->name_space);
		job->scope.object = &plain;
		path = output_path(run, job);
		job->scope.object = NULL;
		if (!path)
			return false;
		path = path_join(job->arena, dir, path);
		vec_push(job->arena, &plan->paths, path);
		if (!claim(run, taken, job, object, path))
			good = false;
	}
	return good;
}

static bool is_per_object(const struct run *run, const struct job *job)
{
	const char *path = value_string(output_setting(run, job, "path"));

	return path && strstr(path, "${object.");
}

static bool plan_hydrated(struct run *run, struct plan *plan,
			  const char *folder, struct table *taken)
{
	struct job *job = plan->job;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(hydrated); i++) {
		const char *path = path_join(job->arena, folder, hydrated[i]);

		vec_push(job->arena, &plan->paths, path);
		if (!claim(run, taken, job, NULL, path))
			return false;
	}
	return true;
}

/* What nobody declared gets no bundle if there is nothing, or a part alone. */
static bool is_no_bundle(const struct run *run, const struct job *job)
{
	return job->target->discovered &&
	       (job_lacks_input(job) ||
		(!job->bundle->objects.count && !run->options->allow_empty));
}

static bool plan_job(struct run *run, struct plan *plan, struct table *taken)
{
	struct job *job = plan->job;
	const char *dir = output_dir(run, job), *path;

	if (!dir)
		return diag_error(&job->diags, NULL,
				  "nothing says where to write %s",
				  job_name(job));
	plan->dir = dir;
	plan->by_object = is_per_object(run, job);
	if (plan->by_object)
		return plan_objects(run, plan, dir, taken);
	path = output_path(run, job);
	if (!path)
		return false;
	path = path_join(job->arena, dir, path);
	if (is_hydrated(run, job))
		return plan_hydrated(run, plan, path, taken);
	vec_push(job->arena, &plan->paths, path);
	return claim(run, taken, job, NULL, path);
}

static bool is_random(const struct job *job)
{
	size_t i;

	for (i = 0; i < job->facts.facts.count; i++)
		if (job->facts.facts.items[i].kind ==
		    FACT_TEMPLATE_NONDETERMINISTIC)
			return true;
	return false;
}

static void add_stale(struct plan *plan, const struct source *source,
		      const struct source *fresh)
{
	struct arena *arena = plan->job->arena;
	bool random = is_random(plan->job);

	plan->outdated.random += random;
	vec_push(arena, &plan->outdated.stale,
		 outdated_difference(arena, source, fresh, random));
}

/* --check: the file is to be what would be written now. */
static enum file_result check_file(struct plan *plan, size_t at,
				   const struct str *text)
{
	struct job *job = plan->job;
	const char *path = plan->paths.items[at];
	const struct source *fresh = source_new(
		text->arena, path, SOURCE_RENDERED, text->text, text->len);
	enum tree_status status = plan->places.items[at].status;
	struct source *source;

	if (status == TREE_OK)
		status = tree_view_read(&job->view, plan->places.items[at].path,
					SOURCE_RENDERED, &source);
	if (status == TREE_OK && source->len == text->len &&
	    memcmp(source->text, text->text, text->len) == 0)
		return FILE_UNCHANGED;
	if (status == TREE_MISSING)
		vec_push(job->arena, &plan->outdated.missing, path);
	else if (status != TREE_OK)
		vec_push(job->arena, &plan->outdated.missing,
			 arena_printf(job->arena, "%s (%s)", path,
				      tree_status_text(status)));
	else
		add_stale(plan, source, fresh);
	return FILE_WRITTEN;
}

/* Write a file; what is wrong is told at the setting that names the folder. */
static enum file_result write_file(struct plan *plan, size_t at,
				   const struct str *text)
{
	struct job *job = plan->job;
	struct run *run = job->run;
	const struct value *dir = output_setting(run, job, "dir");
	enum file_result result;

	if (run->options->check)
		return check_file(plan, at, text);
	result = file_write(job->arena, &job->diags, plan->paths.items[at],
			    text->text, text->len);
	if (result == FILE_FAILED && dir && !run->options->output)
		job->diags.diags.items[job->diags.diags.count - 1]->origin =
			dir->origin;
	return result;
}

static bool is_told(const struct run *run)
{
	return !run->options->quiet && !run->options->check;
}

static bool write_objects(struct plan *plan, struct arena *arena)
{
	struct job *job = plan->job;
	struct object *object;
	size_t at = 0, written = 0;
	struct str out;

	str_init(&out, arena);
	bundle_foreach (object, job->bundle) {
		enum file_result result;

		str_clear(&out);
		if (!put_header(job->run, job, &out) ||
		    !job_write_object(job, object, &out))
			return false;
		result = write_file(plan, at++, &out);
		if (result == FILE_FAILED)
			return false;
		written += result == FILE_WRITTEN;
	}
	if (is_told(job->run))
		str_printf(&plan->said, "wrote %zu of %zu files of %s\n",
			   written, at, job_name(job));
	return true;
}

/*
 * Which command makes the manifests.  The commit they were made from is not
 * told: the same inputs are to give the same bytes.
 */
static bool write_remarks(struct plan *plan, struct arena *arena)
{
	struct job *job = plan->job;
	const char *name = job_name(job);
	struct str readme, metadata;

	if (!is_hydrated(job->run, job))
		return true;
	str_init(&readme, arena);
	str_printf(&readme,
		   "# Manifest Hydration\n\nTo hydrate the manifests in this "
		   "repository, run the following commands:\n\n```shell\n"
		   "plimsoll build '%s'\n```\n",
		   name);
	str_init(&metadata, arena);
	str_puts(&metadata, "{\n  \"commands\": [\n    ");
	name = arena_printf(arena, "plimsoll build '%s'", name);
	json_write_string(&metadata, name, strlen(name), true);
	str_puts(&metadata, "\n  ]\n}\n");
	return write_file(plan, 1, &readme) != FILE_FAILED &&
	       write_file(plan, 2, &metadata) != FILE_FAILED;
}

static bool write_bundle(struct plan *plan, struct arena *arena)
{
	struct job *job = plan->job;
	enum file_result result;
	struct str out;

	str_init(&out, arena);
	if (!put_header(job->run, job, &out) || !job_write(job, &out))
		return false;
	result = write_file(plan, 0, &out);
	if (result == FILE_FAILED || !write_remarks(plan, arena))
		return false;
	if (is_told(job->run))
		str_printf(&plan->said, "%s %s\n",
			   result == FILE_WRITTEN ? "wrote" : "unchanged",
			   plan->paths.items[0]);
	return true;
}

/* Jobs that share a bundle write it one after the other. */
static void write_plans(void *context, size_t index)
{
	struct plan *plan = ((struct plan **)context)[index];

	for (; plan; plan = plan->next) {
		struct arena *arena = arena_new_passing();

		if (plan->by_object ? !write_objects(plan, arena)
				    : !write_bundle(plan, arena))
			plan->job->failed = true;
		arena_free(arena);
	}
}

/* Whether nothing that could be made was left out or went wrong. */
static bool is_complete(const struct run *run)
{
	size_t i;

	for (i = 0; i < run->jobs.count; i++)
		if (run->jobs.items[i]->failed ||
		    job_lacks_input(run->jobs.items[i]))
			return false;
	return run->whole;
}

static struct ledger *ledger_of(struct run *run, struct table *ledgers,
				const char *dir)
{
	struct ledger *ledger = table_gets(ledgers, dir);

	if (ledger)
		return ledger;
	ledger = arena_alloc(run->arena, sizeof(*ledger));
	if (!ledger_load(ledger, run, dir))
		return NULL;
	ledger->complete = is_complete(run);
	table_puts(ledgers, dir, ledger);
	return ledger;
}

static void list_left_over(struct run *run, const struct ledger *ledger,
			   struct outdated *outdated)
{
	const char **names = ledger_left_over(ledger);

	for (; *names; names++)
		vec_push(run->arena, &outdated->left_over,
			 path_join(run->arena, ledger->dir, *names));
}

/* What was made, by folder; what is made no more. */
static bool keep_ledgers(struct run *run, const struct plan *plans,
			 struct outdated *outdated)
{
	struct table ledgers;
	size_t i, j;

	table_init(&ledgers, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct ledger *ledger;

		if (!plans[i].dir || plans[i].job->failed)
			continue;
		ledger = ledger_of(run, &ledgers, plans[i].dir);
		if (!ledger)
			return false;
		for (j = 0; j < plans[i].paths.count; j++)
			ledger_add(ledger, plans[i].paths.items[j]);
	}
	for (i = 0; i < ledgers.count; i++) {
		struct ledger *ledger = ledgers.entries[i].value;

		if (run->options->check)
			list_left_over(run, ledger, outdated);
		else if (!ledger_store(ledger, run->options->prune))
			return false;
	}
	return true;
}

static void note_outputs(const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->paths.count; i++)
		vec_push(plan->job->arena, &plan->job->outputs,
			 plan->paths.items[i]);
}

/* Errors say enough; what is not vendored is a finding. */
static void tell_fresh(const struct run *run)
{
	size_t i;

	for (i = 0; i < run->jobs.count; i++)
		if (run->jobs.items[i]->failed &&
		    !job_lacks_input(run->jobs.items[i]))
			return;
	if (run->whole)
		fprintf(stderr, "all bundles are up to date%s\n",
			is_complete(run) ? ""
					 : ", of the targets that have one");
}

/* Where the files are that --check compares with. */
static void find_places(struct run *run, struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->paths.count; i++) {
		struct place_of_file *place =
			vec_new(run->arena, &plan->places);

		place->status =
			run_locate(run, plan->paths.items[i], &place->path);
	}
}

/* The first of those that share a bundle; the others follow it. */
static size_t gather(struct run *run, struct plan *plans, struct plan **firsts)
{
	struct table bundles;
	size_t count = 0, i;

	table_init(&bundles, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct plan *plan = &plans[i], *last;
		const char *key = (const char *)&plan->job->bundle;

		if (!plan->dir || plan->job->failed)
			continue;
		str_init(&plan->said, plan->job->arena);
		if (run->options->check)
			find_places(run, plan);
		last = table_put(&bundles, key, sizeof(plan->job->bundle),
				 plan);
		if (last)
			last->next = plan;
		else
			firsts[count++] = plan;
	}
	return count;
}

static void write_all(struct run *run, struct plan *plans,
		      struct outdated *outdated)
{
	struct plan **firsts = arena_alloc(run->arena, (run->jobs.count + 1) *
							       sizeof(*firsts));
	size_t count = gather(run, plans, firsts), i;

	pool_run(run_workers(run), count, write_plans, firsts);
	for (i = 0; i < run->jobs.count; i++) {
		if (plans[i].said.len)
			command_tell(run->arena, str_text(&plans[i].said));
		outdated_add(run, outdated, &plans[i].outdated);
	}
}

static bool write_files(struct run *run)
{
	struct plan *plans = arena_zalloc(run->arena, (run->jobs.count + 1) *
							      sizeof(*plans));
	struct outdated outdated = { 0 };
	struct table taken;
	size_t i;

	table_init(&taken, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		plans[i].job = job;
		if (!job->failed && !is_no_bundle(run, job) &&
		    !plan_job(run, &plans[i], &taken))
			job->failed = true;
	}
	for (i = 0; i < run->jobs.count; i++)
		note_outputs(&plans[i]);
	write_all(run, plans, &outdated);
	if (!keep_ledgers(run, plans, &outdated))
		return false;
	run->stale = outdated_count(&outdated);
	outdated_print(run, &outdated);
	if (run->options->check && !run->stale && !run->options->quiet)
		tell_fresh(run);
	return true;
}

/* The bundle itself is the product. */
static bool write_stdout(struct run *run, struct job *job)
{
	struct str out;

	str_init(&out, job->arena);
	if (!put_header(run, job, &out) || !job_write(job, &out)) {
		job->failed = true;
		return true;
	}
	return invocation_print(run->invocation, &out, STATUS_CLEAN) ==
	       STATUS_CLEAN;
}

bool emit_to_files(const struct run *run)
{
	size_t i;

	if (run->options->output ||
	    value_get(value_get(run->project->root, "output"), "dir"))
		return true;
	for (i = 0; i < run->jobs.count; i++)
		if (output_setting(run, run->jobs.items[i], "dir"))
			return true;
	return false;
}

bool emit_bundles(struct run *run)
{
	bool to_files = emit_to_files(run);

	if (!to_files && (run->options->check || run->options->prune))
		return diag_error(run->diags, NULL,
				  "--%s needs an output folder: output: in "
				  "the project, or -o DIR",
				  run->options->check ? "check" : "prune");
	if (run->options->prune && !run->whole)
		return diag_error(run->diags, NULL,
				  "--prune needs a run of all targets and "
				  "environments: others know too little to "
				  "remove anything");
	if (!to_files && !run->jobs.count)
		return diag_error(run->diags, NULL,
				  "no chart, kustomization or manifest was "
				  "found here");
	if (!to_files && run->jobs.count != 1) {
		diag_error(run->diags, NULL,
			   "%zu bundles were asked for and nothing says where "
			   "to write them",
			   run->jobs.count);
		diag_help(run->diags, "name one, or use -o DIR");
		return false;
	}
	if (!to_files)
		return run->jobs.items[0]->failed ||
				       job_lacks_input(run->jobs.items[0])
			       ? true
			       : write_stdout(run, run->jobs.items[0]);
	return write_files(run);
}
