/*
 * What there is in a folder that nobody declared: charts, kustomizations,
 * plain manifests.  Everything found becomes a target of the project.
 */
#ifndef COMPILER_DISCOVER_H
#define COMPILER_DISCOVER_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"
#include "compiler/options.h"
#include "compiler/report.h"

struct arena;
struct diag_sink;
struct git;
struct inputs;
struct project;
struct project_discover;
struct run;
struct table;
struct tree_view;

/* A file that is left out, and what it is counted under. */
struct skipped_file {
	const char *path; /* as the user would type it */
	const char *why;
	size_t *counter;
};

VEC_TYPE(skipped_files, struct skipped_file);

/* A chart that stands by itself, somewhere in the tree. */
struct found_chart {
	const char *dir;
	const char *hidden; /* the topmost folder that is left out; or NULL */
};

VEC_TYPE(found_charts, struct found_chart);

struct discovery {
	struct arena *arena;
	struct diag_sink *diags;
	struct tree_view *view;  /* of the whole root */
	struct git *git;         /* NULL: every file counts */
	const char *root_name;   /* what the root folder is called */
	const char *output;      /* folder of bundles, in the tree; or NULL */
	struct project *project; /* targets are added to it */
	/* What the project file asks for; NULL: all below a path. */
	const struct project_discover *asked;
	/* What declared targets read is theirs; NULL: there are none. */
	const struct inputs *inputs;
	/*
	 * Plain manifests count only in these, and elsewhere those that may
	 * say what else is applied; NULL: in all there are.
	 */
	const struct table *folders;
	bool nearby; /* not even those */
	/* Folders of the only kustomizations that count; NULL: all do. */
	const struct table *near;
	struct git *staged;           /* whose index is the tree; or NULL */
	struct found_charts *charts;  /* is given all, if all is looked at */
	bool lacks_charts;            /* one that was found depends on others */
	struct table *kustomizations; /* is given what each names, by folder */
	struct report_skipped *skipped;
	struct skipped_files *skipped_files;
	size_t workers;
};

/*
 * Add targets for what is found at `path` of the tree: a file that is a
 * manifest, or a folder with all below it.  False: reported.
 */
MUST_USE bool discover_path(struct discovery *discovery, const char *path);

/* Whether a project file excludes a path, or a folder that it lies in. */
bool discover_excludes(const struct project_discover *asked, const char *path);

/* Find all charts of the tree.  False: reported. */
MUST_USE bool discover_charts(struct discovery *discovery);

/*
 * The folder of the chart or kustomization that a file belongs to and makes
 * sense in alone: a template (or the folder of templates), a values file, a
 * patch.  NULL: it stands for itself.
 */
const char *discover_owner(struct discovery *discovery, const char *path);

/*
 * compiler/run/discover.c: add targets for what is at a path, or below it.
 * `*focused`: they are more than was named, as for a patch the kustomization.
 * `outside`: the path is not of this repository.  False: reported.
 */
MUST_USE bool run_discover(struct run *run, const char *path, bool outside,
			   bool *focused);

/* The same for `discover:`, beside what declared targets read. */
MUST_USE bool run_discover_asked(struct run *run, const struct inputs *inputs);

/* Find all charts of the tree, once; false: reported. */
MUST_USE bool run_find_charts(struct run *run);

#endif
