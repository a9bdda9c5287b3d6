/*
 * From rendered files to documents in the order of installation.
 */
#ifndef TEMPLATES_MANIFESTS_H
#define TEMPLATES_MANIFESTS_H

#include "base/attr.h"
#include "templates/chart.h"

struct arena;
struct diag_sink;
struct source;

/* A file that a template made. */
struct rendered {
	const char *path;
	const struct source *source;
};

VEC_TYPE(rendered_files, struct rendered);

/* The texts of all files, before they are cut into documents. */
struct chart;
MUST_USE bool chart_render_files(struct chart *chart,
				 const struct chart_options *options,
				 struct arena *arena, struct diag_sink *diags,
				 struct rendered_files *files);

struct manifest_options {
	enum chart_dialect dialect;
	bool skip_tests;
	bool no_hooks;
	bool all_errors;             /* the first is not the only one */
	const struct limits *limits; /* NULL: the defaults */
};

/*
 * Split the files, read the head of each document, and append first the
 * manifests, then the hooks.  False: a document is no YAML, or no object; then
 * `documents` holds what Helm shows instead, all files that are not blank and
 * the hooks before that document.
 */
MUST_USE bool manifests_collect(struct arena *arena, struct diag_sink *diags,
				struct rendered_files *files,
				const struct manifest_options *options,
				struct chart_documents *documents);

#endif
