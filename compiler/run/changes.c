/*
 * --staged and --new-from: only the jobs that a change can reach, and only
 * the findings that it brings in.
 *
 * Both sides of the change are rendered and compared by fingerprints, which
 * do not know lines; a finding that moved is not new.
 */
#include <string.h>

#include "base/arena.h"
#include "compiler/git.h"
#include "compiler/inputs.h"
#include "compiler/leaders.h"
#include "compiler/run.h"
#include "compiler/run/known.h"
#include "compiler/shard.h"
#include "model/value.h"

/* The revision that the change began at; NULL: reported. */
static const char *change_begin(struct run *run)
{
	const struct run_options *options = run->options;
	const char *here = options->at ? options->at : "HEAD";

	if (options->new_from && options->new_from_merge_base) {
		diag_error(run->diags, NULL,
			   "--new-from and --new-from-merge-base name two "
			   "revisions; one is needed");
		return NULL;
	}
	if (options->new_from_merge_base)
		return git_common_ancestor(run_git(run), run->arena, run->diags,
					   options->new_from_merge_base, here);
	return options->new_from ? options->new_from : "HEAD";
}

static bool find_changes(struct run *run)
{
	const struct run_options *options = run->options;
	struct git_state to = { GIT_STATE_WORK_TREE, options->at,
				run_workers(run) };

	if (options->at)
		to.kind = GIT_STATE_REVISION;
	else if (options->staged)
		to.kind = GIT_STATE_INDEX;
	if (!run->git_root)
		return diag_error(run->diags, NULL,
				  "what has changed is told by a revision of a "
				  "Git repository, and %s is in none",
				  run->cwd);
	if (!run_git(run))
		return false;
	run->from = change_begin(run);
	return run->from && git_find_changes(run->git, run->arena, run->diags,
					     run->from, &to, &run->changes);
}

/* What a job of the state behind a change is to one of that before it. */
enum counterpart {
	GONE, /* there is none */
	SAME, /* no change reaches it */
	AFFECTED
};

/* By environment; those that have no name stand behind the others. */
static size_t place_of(const struct run *run, const char *environment)
{
	const struct environment *known =
		*environment ? table_gets(&run->project->environment_names,
					  environment)
			     : NULL;

	return known ? known->index : run->project->environments.count;
}

static char *counterpart_of(struct run *run, const char *target,
			    const char *environment)
{
	char *known = table_gets(&run->affected, target);

	if (!known) {
		known = arena_zalloc(run->arena,
				     run->project->environments.count + 1);
		table_puts(&run->affected, target, known);
	}
	return &known[place_of(run, environment)];
}

static void note_affected(struct run *run, const struct job *job,
			  enum counterpart what)
{
	*counterpart_of(run, job->target->name, job->environment->name) =
		(char)what;
}

/*
 * Those jobs count that count behind the change, and those that are gone: what
 * the others read is the same in both.
 */
bool run_counts_before(const struct run *run, const struct target *target,
		       const struct environment *environment)
{
	const struct run *after = run->after;
	const char *known = table_gets(&after->affected, target->name);

	if (!known || (*environment->name &&
		       !table_gets(&after->project->environment_names,
				   environment->name)))
		return true;
	return known[place_of(after, environment->name)] != SAME;
}

/* What the others read is the same, but what they lead to may not be. */
static void mark_changed(struct run *run, bool *marks, bool *leads)
{
	const struct inputs *inputs;
	size_t i;

	if (!run->changed->count)
		return;
	inputs = inputs_find_near(run, run->changed);

	for (i = 0; i < run->changed->count; i++) {
		const struct git_change *change = &run->changed->items[i];

		if (change->folder)
			inputs_mark_unknown(inputs, change->path, marks);
		else
			inputs_mark(inputs, change->path, marks);
		/* Any object may be one that it defines. */
		if (run_is_schema(run, change->path))
			memset(marks, true, run->jobs.count);
	}
	leaders_keep(run, inputs, leads);
}

static void keep_affected(struct run *run)
{
	bool *marks = arena_zalloc(run->arena, run->jobs.count + 1);
	bool *leads = arena_zalloc(run->arena, run->jobs.count + 1);
	size_t i, kept = 0;

	mark_changed(run, marks, leads);
	table_init(&run->affected, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		bool keep = marks[i] || leads[i];

		note_affected(run, job, keep ? AFFECTED : SAME);
		job->unchanged = !marks[i];
		if (keep)
			run->jobs.items[kept++] = job;
		else
			job_release(job);
	}
	run->jobs.count = kept;
}

static bool is_new_only(const struct run *run)
{
	return run->options->new_from || run->options->new_from_merge_base;
}

/* Whether the names of files speak of Flux, of Argo CD or of clusters. */
static bool has_leading_names(struct run *run)
{
	struct git_tracked_file file;
	const char *before = "";
	size_t at = 0;

	/* It is not known which files there are. */
	if (!git_unseen(run->git))
		return true;
	for (; git_next_file(run->git, &at, &file); before = file.path)
		if (leaders_path(file.path, before))
			return true;
	return false;
}

/*
 * Somebody waits for his commit.  An object that is followed may stand in any
 * file; where none is, only what may name the staged files is to be read.
 */
static bool is_nearby(struct run *run)
{
	const struct value *follow = value_get(run->project->root, "follow");
	size_t i;

	if (!run->options->staged || value_is_true(follow))
		return false;
	for (i = 0; i < run->changes.count; i++)
		if (run_is_about_all(run, run->changes.items[i].path))
			return false;
	return value_is_false(follow) || !has_leading_names(run);
}

bool run_find_changes(struct run *run, const struct option_texts *words)
{
	/* Who names targets wants them, changed or not. */
	if (run->changed ||
	    (!is_new_only(run) && !(run->options->staged && words->count == 0)))
		return true;
	if (!find_changes(run) || !run_read_schemas(run))
		return false;
	run->changed = &run->changes;
	run->nearby = is_nearby(run);
	return true;
}

bool run_narrow(struct run *run, const struct option_texts *words)
{
	if (!run_find_changes(run, words))
		return false;
	/* Of the state before the change no others were made. */
	if (run->changed && !run->after)
		keep_affected(run);
	return true;
}

/* What has not changed is read once for both sides. */
static void share_files(struct run *old, struct run *run)
{
	struct table *changed;
	size_t i;

	if (!run->changed || strcmp(run->root, run->git_root) != 0)
		return;
	changed = arena_alloc(run->arena, sizeof(*changed));
	table_init(changed, run->arena);
	for (i = 0; i < run->changed->count; i++)
		table_puts(changed, run->changed->items[i].path, changed);
	git_revision_share(old->tree, run->tree, changed);
}

void run_before(struct run *old, struct run *run,
		const struct option_texts *words)
{
	struct run_options *options = arena_alloc(run->arena, sizeof(*options));
	struct invocation *invocation =
		arena_alloc(run->arena, sizeof(*invocation));

	*options = *run->options;
	options->staged = false;
	options->at = run->from;
	options->new_from = NULL;
	options->new_from_merge_base = NULL;
	options->format.count = 0;
	*invocation = *run->invocation;
	invocation->options = options;
	diag_sink_init(&invocation->diags, run->arena);
	if (run_open_before(old, run, invocation, options, run->lint)) {
		old->follow = run->follow;
		old->builds = run->builds;
		old->broken_is_finding = run->broken_is_finding;
		old->changed = run->changed;
		old->nearby = run->nearby;
		share_files(old, run);
		if (run_select(old, words) && run_narrow(old, words) &&
		    shard_keep(old))
			run_jobs(old);
	}
	invocation->diags.diags.count = 0;
}

static void drop_known(struct run *run, const struct option_texts *words)
{
	struct run old;

	run_before(&old, run, words);
	if (old.project) {
		old.report.bare = true;
		known_drop(run, &old);
	}
	run_close(&old, false);
}

/*
 * What nothing is found of any more needs no look at what it was.  Who leads to
 * others does: what they say is known by the state that led there.
 */
static void keep_found(struct run *run)
{
	const struct report *report = &run->report;
	size_t i, j;

	for (i = 0; i < run->jobs.count; i++)
		if (run->jobs.items[i]->target->followed)
			return;
	for (i = 0; i < report->findings.count; i++)
		if (!*report->findings.items[i]->where->items[0].target)
			return;
	for (i = 0; i < run->jobs.count; i++)
		note_affected(run, run->jobs.items[i], SAME);
	for (i = 0; i < report->findings.count; i++) {
		const struct finding_wheres *where =
			report->findings.items[i]->where;

		for (j = 0; j < where->count; j++)
			*counterpart_of(run, where->items[j].target,
					where->items[j].environment) = AFFECTED;
	}
}

void run_collect_new(struct run *run, const struct option_texts *words)
{
	run->report.bare = is_new_only(run);
	run_collect(run);
	if (!is_new_only(run))
		return;
	if (run->report.findings.count) {
		keep_found(run);
		drop_known(run, words);
	}
	report_find_words(&run->report);
}
