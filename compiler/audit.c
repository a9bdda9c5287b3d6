#include "compiler/audit.h"

#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/table.h"
#include "compiler/run.h"
#include "lints/exemption.h"
#include "lints/lint.h"

struct audit {
	struct run *run;
	struct arena *arena;
	struct fact_log facts;
	struct lint_exemptions exemptions;
	struct table known;  /* exemptions by their places */
	struct table used;   /* places by which something was left out */
	struct table files;  /* that jobs have opened */
	bool on[LINT_RULES]; /* in some target */
	bool failed;         /* some target has findings nobody saw */
};

bool audit_is_full(const struct run *run)
{
	const struct run_options *options = run->options;

	/* --check compares bundles, and no rule looks at them. */
	return !run->partial && !run->changed && !run->stream &&
	       !options->shard && !options->stop_after && !options->check;
}

void audit_report(struct run *run, const struct fact_log *facts)
{
	static const struct report_from outside = { .target = "",
						    .environment = "" };
	struct diag_sink sink;
	struct lint_config *config;

	if (!facts->facts.count)
		return;
	diag_sink_init(&sink, run->arena);
	config = run_configure(run, run->arena, &sink, NULL);
	/* What is wrong in the project file every job has said. */
	sink.diags.count = 0;
	if (!config)
		return;
	lint_run_facts(config, facts, &sink);
	report_add(&run->report, &sink, &outside);
}

static void note_used(struct audit *audit, const struct diag_sink *findings)
{
	size_t i;

	for (i = 0; i < findings->diags.count; i++) {
		const char *by = findings->diags.items[i]->ignored_by;

		if (by)
			table_puts(&audit->used, by, audit);
	}
}

static void note_files(struct audit *audit, const struct tree_view *view)
{
	size_t i;

	for (i = 0; i < view->log.count; i++)
		if (view->log.items[i].kind == TREE_OPENED)
			table_puts(&audit->files, view->log.items[i].path,
				   audit);
}

static void look_at_jobs(struct audit *audit)
{
	size_t i;

	for (i = 0; i < audit->run->jobs.count; i++) {
		const struct job *job = audit->run->jobs.items[i];

		audit->failed |= job->failed;
		note_used(audit, &job->findings);
		note_files(audit, &job->view);
		if (!job->config)
			continue;
		lint_config_mark(job->config, audit->on);
		lint_exemptions_of_config(audit->arena, job->config,
					  &audit->exemptions);
	}
}

/* What no job has read is a chart's README, say, and no place to ignore. */
static void look_at_files(struct audit *audit)
{
	struct source *source;
	uint32_t i;

	for (i = 0; i < audit->files.count; i++)
		if (tree_view_has_read(&audit->run->view,
				       audit->files.entries[i].key,
				       SOURCE_MANIFEST, &source))
			lint_exemptions_of_source(audit->arena, source,
						  &audit->exemptions);
}

/* Whether a finding it would leave out was looked for at all. */
static bool is_judged(const struct audit *audit,
		      const struct lint_exemption *exemption)
{
	const struct run_options *options = audit->run->options;

	if (!*exemption->words)
		return !options->only.count && !options->profile;
	return lint_exemption_counts(exemption, audit->on);
}

/* Files that git does not know, or a whole folder of them. */
struct untracked {
	const char *file; /* the first */
	const char *dir;  /* the topmost that it knows nothing in; or NULL */
	size_t count;
};

static void note_untracked(struct audit *audit,
			   const struct untracked *untracked)
{
	struct tree_view *view = &audit->run->view;
	struct source *source;
	struct origin at;
	const char *dir;

	if (tree_view_read(view, untracked->file, SOURCE_MANIFEST, &source) !=
	    TREE_OK)
		return;
	at = origin_at(source, 0, 0);
	if (untracked->count == 1) {
		fact_add(&audit->facts, FACT_INPUT_NOT_TRACKED, &at,
			 "%s is not in git: others cannot build this",
			 source->name);
		vec_last(&audit->facts.facts)->help = "git add it";
		return;
	}
	dir = tree_view_display(view, untracked->dir);
	fact_add(&audit->facts, FACT_INPUT_NOT_TRACKED, &at,
		 "the folder %s, of which %zu files are read, is not in git: "
		 "others cannot build this",
		 dir, untracked->count);
	vec_last(&audit->facts.facts)->help =
		arena_join(audit->arena, "git add ", dir);
}

static const char *untracked_dir(struct audit *audit,
				 const struct git_index_file *names,
				 const char *path)
{
	const char *slash;

	for (slash = path; (slash = strchr(slash, '/')); slash++)
		if (!git_names_below(names, path, (size_t)(slash - path)))
			return arena_strndup(audit->arena, path,
					     (size_t)(slash - path));
	return NULL;
}

static void add_untracked(struct audit *audit, struct table *known,
			  const struct git_index_file *names, const char *path)
{
	const char *dir =
		path[0] == '/' ? NULL : untracked_dir(audit, names, path);
	struct untracked *untracked = table_gets(known, dir ? dir : path);

	if (!untracked) {
		untracked = arena_zalloc(audit->arena, sizeof(*untracked));
		untracked->file = path;
		untracked->dir = dir;
		table_puts(known, dir ? dir : path, untracked);
	}
	untracked->count++;
}

/*
 * Of a project that is itself not in the repository nobody expects that
 * others can build it.
 */
static void look_at_git(struct audit *audit)
{
	struct run *run = audit->run;
	const struct git_index_file *names;
	struct table known;
	uint32_t i;

	table_init(&known, audit->arena);
	if (!run->on_disk || !run->git_root || !run->project->source)
		return;
	names = git_names(audit->arena, run->git_root);
	if (!names || !git_names_has(names, run->project->path))
		return;
	for (i = 0; i < audit->files.count; i++) {
		const char *path = audit->files.entries[i].key;

		if (git_names_has(names, path))
			continue;
		/* Who cannot ask what is left out on purpose says nothing. */
		if (!run_git_if_readable(run))
			return;
		if (path[0] == '/' || !git_is_ignored(run->git, path))
			add_untracked(audit, &known, names, path);
	}
	for (i = 0; i < known.count; i++)
		note_untracked(audit, known.entries[i].value);
}

static void judge(struct audit *audit, const struct lint_exemption *exemption)
{
	if (table_gets(&audit->known, exemption->by))
		return;
	table_puts(&audit->known, exemption->by, audit);
	lint_exemption_unknown(exemption, &audit->facts);
	if (audit->failed || table_gets(&audit->used, exemption->by) ||
	    !is_judged(audit, exemption))
		return;
	fact_add(&audit->facts, FACT_IGNORE_UNUSED, &exemption->at,
		 "ignore of %s matches nothing",
		 *exemption->words ? *exemption->words : "all rules");
}

void audit_run(struct run *run)
{
	struct audit audit = { .run = run, .arena = run->arena };
	size_t i;

	if (!audit_is_full(run))
		return;
	fact_log_init(&audit.facts, run->arena);
	table_init(&audit.known, run->arena);
	table_init(&audit.used, run->arena);
	table_init(&audit.files, run->arena);
	look_at_jobs(&audit);
	look_at_files(&audit);
	for (i = 0; i < audit.exemptions.count; i++)
		judge(&audit, &audit.exemptions.items[i]);
	look_at_git(&audit);
	audit_report(run, &audit.facts);
}
