/*
 * One run: the files, the project, the jobs and what they found.
 */
#ifndef COMPILER_RUN_H
#define COMPILER_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/tree.h"
#include "base/vec.h"
#include "compiler/command.h"
#include "compiler/discover.h"
#include "compiler/git.h"
#include "compiler/job.h"
#include "compiler/project.h"
#include "compiler/report.h"
#include "compiler/run/options.h"
#include "overlays/overlay.h"
#include "templates/chart.h"

struct lint_config;
struct lint_schemas;
struct value;

VEC_TYPE(run_values, struct value *);

struct run {
	struct invocation *invocation;
	struct arena *arena;
	struct diag_sink *diags; /* of the invocation */
	const struct run_options *options;
	bool lint;               /* findings are the output, not the bundles */
	struct chart_keys *keys; /* of charts that are only looked at */
	struct tree *tree;
	bool on_disk; /* the tree is the work tree, not a snapshot of Git */
	struct tree_view view;      /* for what belongs to no job */
	const char *cwd;            /* absolute */
	const char *root;           /* of the tree; absolute */
	const char *here;           /* the working directory in the tree */
	const char *from;           /* the revision that --new-from means */
	struct git_changes changes; /* since `from` */
	const struct git_changes *changed; /* all that counts; NULL: no limit */
	bool nearby; /* what changed tells by itself how it is read */
	const struct texts *mentions; /* texts.c keeps it; NULL: not looked */
	/* Then, the folders of the only kustomizations that discovery reads. */
	const struct table *near;
	/* Names of targets, to what a change makes of each of their jobs. */
	struct table affected;
	const struct run *after; /* the state behind this one; or NULL */
	/* Folders that discovery read, to the overlay_paths they name. */
	struct table kustomizations;
	const struct found_charts *charts;   /* of the tree; NULL: not known */
	const struct neighbours *neighbours; /* the same by name; or NULL */
	bool lacks_charts;     /* what was found depends on what is elsewhere */
	bool builds;           /* bundles are the product */
	const char *git_root;  /* of the work tree; NULL: no repository */
	struct git *git;       /* opened when first needed */
	struct git_look *look; /* at the work tree, begun early; or NULL */
	bool git_refused;      /* it has been said why */
	struct skipped_files skipped_files;
	const int64_t *now; /* SOURCE_DATE_EPOCH; or NULL */
	const char *today;  /* 2027-01-31, or the day of SOURCE_DATE_EPOCH */
	struct project *project;
	struct run_values definitions; /* of custom resources, from files */
	struct table defining;         /* the paths of those files */
	struct lint_schemas *schemas;  /* of all jobs; made between phases */
	const struct lint_initial *initial; /* the same, of rules */
	struct source *stream; /* standard input, if "-" was named */
	enum chart_dialect dialect;
	enum overlay_compat overlay_compat;
	VEC(struct job *) jobs;    /* by target, then environment */
	VEC(struct job *) retired; /* others apply what they hold */
	VEC(struct job *) dropped; /* rendered for what they lead to alone */
	struct run_shard {
		int64_t index; /* from 0 */
		int64_t total; /* 0: all is done here */
	} shard;
	bool follow; /* objects that say what is applied become targets */
	bool broken_is_finding;    /* of targets that nobody declared */
	struct option_texts focus; /* paths that were named, as displayed */
	struct report report;
	bool partial;  /* words or flags chose among what there is */
	bool whole;    /* all targets, in all environments */
	size_t stale;  /* files that --check found to be others */
	bool brief;    /* what is checked is not what was asked for */
	bool reported; /* it has been printed */
};

/* Open the tree, find the project; false: reported. */
MUST_USE bool run_open(struct run *run, struct invocation *invocation,
		       const struct run_options *options, bool lint);

/* The same for the state before a change, of which `after` is that behind. */
MUST_USE bool run_open_before(struct run *run, const struct run *after,
			      struct invocation *invocation,
			      const struct run_options *options, bool lint);

/* The files it reads: of the disk, --staged or --at.  False: reported. */
MUST_USE bool run_open_tree(struct run *run);

/* The repository, opened by whoever first needs it; NULL: reported. */
MUST_USE struct git *run_git(struct run *run);

/* The same for who can do without it: what is wrong is a warning. */
struct git *run_git_if_readable(struct run *run);

/* What the user typed in the working directory, as a path of the tree. */
enum tree_status run_locate(struct run *run, const char *typed,
			    const char **path);

/*
 * Print what stopped the run, in the formats asked for (on standard output if
 * the report is the product) or as blocks, and free everything.
 */
void run_close(struct run *run, bool to_stdout);

/*
 * Make the jobs for what the words name: targets, NAME@ENV, patterns, paths,
 * "-"; all targets, or the working directory, if there are none.
 */
MUST_USE bool run_select(struct run *run, const struct option_texts *words);

/*
 * Find what has changed, once, where the options ask for what that reaches;
 * `words` are those of the command line.  False: reported.
 */
MUST_USE bool run_find_changes(struct run *run,
			       const struct option_texts *words);

/* The project does not say `follow: false`; and the run follows objects. */
bool run_may_follow(const struct run *run);
bool run_follows(const struct run *run);

/* Whether definitions that the project keeps come, or might, from a path. */
bool run_is_schema(const struct run *run, const char *path);
/* Or it is a project file, and counts for every target as they do. */
bool run_is_about_all(const struct run *run, const char *path);

/*
 * Leave only the jobs that a change can reach, where the options ask for
 * that; `words` are those of the command line.  False: reported.
 */
MUST_USE bool run_narrow(struct run *run, const struct option_texts *words);

/* Of the state before a change: whether a job is to be compared. */
bool run_counts_before(const struct run *run, const struct target *target,
		       const struct environment *environment);

/*
 * The state before the change, with its jobs run as far as those of `run`.
 * What cannot be rendered there, or is not there yet, is left out without a
 * word: then all of today's is new.  To be closed before `run`.
 */
void run_before(struct run *old, struct run *run,
		const struct option_texts *words);

/* The same as run_collect(), and of a change only what it brings. */
void run_collect_new(struct run *run, const struct option_texts *words);

/* How many threads the options ask for. */
size_t run_workers(const struct run *run);

/*
 * compiler/schemas.c: read the files that `schemas:` names, and vendor/.
 * False: one of them cannot be read, or holds no definition.
 */
MUST_USE bool run_read_schemas(struct run *run);

/* Make the schemas, when all bundles are known. */
void run_make_schemas(struct run *run);

/*
 * Which rules look at a job, or, if it is NULL, at the run as a whole.  NULL:
 * reported.
 */
MUST_USE struct lint_config *run_configure(struct run *run, struct arena *arena,
					   struct diag_sink *diags,
					   const struct job *job);

/* Both phases.  Jobs that fail are marked; the others go on. */
void run_jobs(struct run *run);

/* The first phase, and which of the jobs stay. */
void run_produce(struct run *run);

/* Gather all that the jobs have to say into the report. */
void run_collect(struct run *run);

/* What the report's options say is known; false: reported. */
MUST_USE bool run_report_check(struct run *run);

/* Print it in all formats asked for; false: reported. */
MUST_USE bool run_report(struct run *run, bool to_stdout);

/* 0, 1 or 2 for what was found, under --fail-on or the default. */
int run_status(const struct run *run, const char *fail_on_default);

#endif
