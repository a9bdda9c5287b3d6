/*
 * Charts: a folder or an archive with templates, defaults and further charts
 * in, an ordered list of documents out, as `helm template` makes them.
 *
 *	chart = chart_load(arena, &view, "charts/shop", &load, diags);
 *	if (chart && chart_render(chart, &options, &output))
 *		chart_write_stdout(&output, true, &out);
 *
 * A chart may be rendered any number of times: nothing of it is changed.  False
 * or NULL has told the sink the reason and the place; `native` is Helm's text.
 */
#ifndef TEMPLATES_CHART_H
#define TEMPLATES_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"
#include "base/vec.h"

struct arena;
struct chart;
struct chart_keys;
struct chart_neighbours;
struct diag_sink;
struct fact_log;
struct limits;
struct source;
struct tree_view;
struct value;

/* The two dialects of output (--compat). */
enum chart_dialect {
	CHART_HELM3,
	CHART_HELM4
};

/* The Kubernetes version without --kube-version. */
#define CHART_KUBE_VERSION "v1.36.0"

struct chart_load_options {
	enum chart_dialect dialect;
	const struct limits *limits; /* NULL: the defaults */
	bool any_version;  /* helm 4 too takes every apiVersion, to lint it */
	bool detects;      /* helm 4 looks at Chart.yaml before it loads */
	struct str *notes; /* takes Helm's words on links; NULL: nobody asks */
	bool no_defaults;  /* the layers begin with what replaces values.yaml */
	const struct chart_neighbours *neighbours; /* or NULL */
};

/*
 * Load the chart at `path` of the view: a folder with Chart.yaml, or an
 * archive.  Sub-charts below charts/ come with it.
 */
MUST_USE struct chart *chart_load(struct arena *arena, struct tree_view *view,
				  const char *path,
				  const struct chart_load_options *options,
				  struct diag_sink *diags);

/*
 * A folder of templates that is no chart: the files below it that end in
 * .yaml, .yml or .tpl, those that begin with _ or end in .tpl only as
 * partials; values.yaml beside them holds the defaults.
 */
MUST_USE struct chart *
chart_load_templates(struct arena *arena, struct tree_view *view,
		     const char *path, const char *name,
		     const struct chart_load_options *options,
		     struct diag_sink *diags);

/* Which Helm this is, as templates see it: .Capabilities.HelmVersion. */
const struct value *chart_helm_build(struct arena *arena,
				     enum chart_dialect dialect);

const char *chart_name(const struct chart *chart);
bool chart_is_library(const struct chart *chart);
bool chart_is_deprecated(const struct chart *chart);

/* The chart's own values.yaml as read; NULL if there is none. */
const struct value *chart_defaults(const struct chart *chart);

/*
 * RSA keys of charts that are only looked at: one of each size serves all, as
 * making them takes most of such a chart's time.  Several threads may ask.
 */
struct chart_keys *chart_keys_new(struct arena *arena);

struct chart_options {
	const char *release;
	const char *name_space;
	struct value *const *values; /* layers, later ones win */
	size_t value_count;
	enum chart_dialect dialect;
	const char *kube_version;        /* "1.31"; NULL: the default */
	const char *const *api_versions; /* NULL at the end; or NULL */
	bool is_upgrade;
	bool include_crds;
	bool skip_tests;
	bool no_hooks;
	bool skip_schema;
	bool beside_others; /* equal templates of all are parsed once */
	bool shares;        /* others render the chart itself */
	bool strict_values;
	bool all_errors; /* one failing template does not keep from others */
	bool missing_is_fact; /* what lacks charts is parsed, and not run */
	bool cluster;         /* was meant to be asked: lookup fails */
	bool enable_dns;
	bool debug; /* leave in the output what is no YAML; no hint to it */
	struct str *lint; /* `helm lint`: required and fail only tell this */
	const char *seed; /* NULL: random is random */
	struct chart_keys *keys;     /* NULL: each key is new */
	const int64_t *now;          /* seconds; NULL: what the clock says */
	const struct limits *limits; /* NULL: the defaults */
	struct fact_log *facts;      /* or NULL */
	bool notes_unused; /* values that no template reads are facts too */
};

/* One document of what was rendered. */
struct chart_document {
	const char *path;            /* shop/templates/web.yaml */
	const struct source *source; /* the whole file, with its map */
	uint32_t begin;
	uint32_t end;
	const char *kind; /* "" if it has none */
	const char *name;
	bool hook;
	bool test; /* a hook of the event test */
	bool crd;  /* from crds/: the raw file */
};

VEC_TYPE(chart_documents, struct chart_document);

/*
 * In the order of `helm template`: CRDs, manifests, hooks.  On failure, and if
 * it is to be seen, whole files that are no YAML.
 */
struct chart_output {
	struct chart_documents documents;
	const struct value *values; /* as the templates left them */
	bool started; /* on failure: it was after the chart was loaded */
};

MUST_USE bool chart_render(struct chart *chart,
			   const struct chart_options *options,
			   struct arena *arena, struct diag_sink *diags,
			   struct chart_output *output);

/* What `helm template` prints, byte for byte; `places`: with its map. */
void chart_write_stdout(const struct chart_output *output, bool places,
			struct str *out);

/* One document as it stands in that text. */
void chart_write_document(const struct chart_document *document,
			  struct str *out);

/*
 * --show-only: of the text `all` the documents whose path matches, pattern by
 * pattern (NULL at the end).  False: one matches nothing.
 */
MUST_USE bool chart_show_only(const struct str *all,
			      const char *const *patterns,
			      enum chart_dialect dialect,
			      struct diag_sink *diags, struct str *out);

#endif
