/*
 * What there is in a folder that nobody declared: charts, kustomizations,
 * plain manifests.  Everything found becomes a target of the project.
 */
#ifndef COMPILER_DISCOVER_H
#define COMPILER_DISCOVER_H

#include <stdbool.h>

#include "base/attr.h"
#include "compiler/options.h"
#include "compiler/report.h"

struct arena;
struct diag_sink;
struct git;
struct project;
struct table;
struct tree_view;

struct discovery {
	struct arena *arena;
	struct diag_sink *diags;
	struct tree_view *view;  /* of the whole root */
	struct git *git;         /* NULL: every file counts */
	const char *root_name;   /* what the root folder is called */
	struct project *project; /* targets are added to it */
	/* Plain manifests count only in these; NULL: in all there are. */
	const struct table *folders;
	struct report_skipped *skipped;
	bool name_skipped; /* --show-skipped: list them */
	struct option_texts *skipped_names;
};

/*
 * Add targets for what is found at `path` of the tree: a file that is a
 * manifest, or a folder with all below it.  False: reported.
 */
MUST_USE bool discover_path(struct discovery *discovery, const char *path);

/*
 * The folder of the chart or kustomization that a file belongs to and makes
 * sense in alone: a template, a values file, a patch.  NULL: it stands for
 * itself.
 */
const char *discover_owner(struct discovery *discovery, const char *path);

#endif
