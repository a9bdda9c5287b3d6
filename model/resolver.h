/*
 * How an engine asks for what it must not fetch itself.
 *
 * The engines know no disk, no network and not one another.  Where an overlay
 * names a base that is no path of its tree, or a chart to be inflated, it
 * asks the driver through this table and gets a folder or a text back.
 */
#ifndef MODEL_RESOLVER_H
#define MODEL_RESOLVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct arena;
struct diag_sink;
struct fact_log;
struct origin;
struct source;
struct tree_view;
struct value;

/* Who asks: his memory, his files, and whom to tell. */
struct resolver_caller {
	struct arena *arena;
	struct tree_view *view;
	const char *dir; /* the folder that the reference is relative to */
	struct diag_sink *diags;
	struct fact_log *facts;
};

/* A base that is no path of the tree. */
struct base_request {
	const char *reference;
	const struct origin *at; /* the entry that names it */
};

struct base_answer {
	struct tree_view *view;
	const char *path;       /* the folder in it */
	const char *repository; /* without folder and revision */
	const char *revision;   /* as asked for; NULL: none was */
};

/* A chart to render, as `helm template` would be called. */
struct chart_request {
	const char *chart; /* path of the chart's folder in the view */
	const char *release;
	const char *name_template; /* makes the release's name; or NULL */
	const char *name_space;
	struct value *const *values; /* layers, later ones win */
	size_t value_count;
	const char *const *api_versions; /* NULL at the end, or NULL */
	const char *kube_version;        /* or NULL */
	bool include_crds;
	bool skip_hooks;
	bool skip_tests;
	const struct origin *at; /* the entry that asks */
};

struct resolver {
	void *context;

	/* A base in a repository: its files.  False: reported. */
	bool (*base)(void *context, const struct resolver_caller *caller,
		     const struct base_request *request,
		     struct base_answer *answer);

	/* What the chart prints, as a source with a segment map. */
	bool (*chart)(void *context, const struct resolver_caller *caller,
		      const struct chart_request *request,
		      const struct source **rendered);
};

#endif
