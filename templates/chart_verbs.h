/*
 * Charts as files: what helm show, package, dependency and lint need of them,
 * beside rendering (templates/chart.h).
 */
#ifndef TEMPLATES_CHART_VERBS_H
#define TEMPLATES_CHART_VERBS_H

#include "templates/chart.h"

struct table;
struct tree;

enum chart_part {
	CHART_PART_METADATA,
	CHART_PART_VALUES,
	CHART_PART_README,
	CHART_PART_CRDS,
	CHART_PART_ALL,
};

/* What `helm show` prints. */
MUST_USE bool chart_show(struct chart *chart, enum chart_part part,
			 enum chart_dialect dialect, struct diag_sink *diags,
			 struct str *out);

const char *chart_version(const struct chart *chart);

/* Whether a --kube-version can be read, which is asked first; or reported. */
MUST_USE bool chart_kube_version(struct arena *arena, struct diag_sink *diags,
				 const char *text, enum chart_dialect dialect);

/* An entry of the chart's dependencies. */
struct chart_need {
	const char *name;
	const char *version; /* a constraint */
	const char *repository;
};

/* Whether a list of them was written, be it empty. */
bool chart_has_needs(const struct chart *chart);

/* False behind the last. */
bool chart_need(const struct chart *chart, size_t index,
		struct chart_need *need);

/* The charts below charts/ by their names. */
void chart_children(struct arena *arena, const struct chart *chart,
		    struct table *children);

/* A dependency for which charts/ has nothing. */
struct chart_wanted {
	struct chart_need need;
	const char *locked;       /* its version in Chart.lock; or NULL */
	const char *dir;          /* of the chart that names it, in the view */
	const struct value *node; /* the entry */
	/* Whoever looks for it sets: */
	const char *path;  /* of a chart that may stand in; NULL: none may */
	const char *words; /* to be told of that, or what is wrong; or NULL */
	const char *help;  /* if none may; or NULL */
};

VEC_TYPE(chart_wants, struct chart_wanted);

/* Who knows of other charts in the view. */
struct chart_neighbours {
	void *context;
	void (*find)(void *context, struct chart_wanted *wanted);
	/* Charts in charts/ stay as they are: Helm asks none what it lacks. */
	bool as_packed;
};

/*
 * What charts/ lacks for the chart in a folder, told from names without
 * loading it: rather one too many.  Of what is no chart nothing.
 */
void chart_wants(struct arena *arena, struct tree_view *view, const char *dir,
		 struct chart_wants *wants);

enum chart_range {
	CHART_IN_RANGE,
	CHART_OUT_OF_RANGE,
	CHART_NO_VERSION
};

/* Why it is no constraint; NULL: it is one. */
const char *chart_constraint_problem(struct arena *arena,
				     const char *constraint);

enum chart_range chart_range(struct arena *arena, const char *constraint,
			     const char *version);

/* What Chart.lock holds. */
struct chart_lock {
	const char *digest;
	struct chart_need *needs;
	size_t count;
};

/* A file in the archive of the chart; NULL if there is none. */
const struct source *chart_member(const struct chart *chart, const char *name);

/* Of apiVersion v1: requirements.yaml and requirements.lock are its files. */
bool chart_is_v1(const struct chart *chart);

/* NULL: there is no lock, or it cannot be read (reported). */
struct chart_lock *chart_lock(struct chart *chart, struct arena *arena,
			      struct diag_sink *diags);

/* The digest of the chart's dependencies together with locked ones. */
const char *chart_lock_digest(struct arena *arena, const struct chart *chart,
			      const struct chart_need *locked, size_t count);

/* The text of a Chart.lock. */
void chart_lock_write(struct str *out, const struct chart_lock *lock,
		      const char *generated);

struct chart_pack_options {
	enum chart_dialect dialect;
	const char *version;     /* NULL: as in Chart.yaml */
	const char *app_version; /* the same */
	const char *prefix;      /* of Helm's words; or NULL */
};

/* The chart as an archive. */
MUST_USE bool chart_pack(struct chart *chart,
			 const struct chart_pack_options *options,
			 struct diag_sink *diags, struct str *out);

/* helm lint. */

enum chart_lint_severity {
	CHART_LINT_INFO,
	CHART_LINT_WARNING,
	CHART_LINT_ERROR,
};

struct chart_lint_message {
	enum chart_lint_severity severity;
	const char *file; /* Chart.yaml, templates/a.yaml, or "" */
	const char *text;
};

VEC_TYPE(chart_lint_messages, struct chart_lint_message);

struct chart_lint_options {
	enum chart_dialect dialect;
	const struct limits *limits;
	const char *kube_version; /* or NULL */
	const char *name_space;
	const char *absolute; /* the chart's folder, for some messages */
	struct value *values; /* the user's */
	bool skip_schema;
	struct str *notes; /* as in struct chart_load_options */
};

/*
 * The archive at `path` as a tree in memory, to be closed, in which the chart
 * is the folder `*name`.  NULL: reported, in Helm's words of unpacking.
 */
MUST_USE struct tree *chart_expand(struct arena *arena, struct tree_view *view,
				   const char *path,
				   const struct chart_load_options *options,
				   struct diag_sink *diags, const char **name);

/* Whether Go reads it as a duration, as 5m0s; false: `*problem` is its text. */
bool chart_check_duration(struct arena *arena, const char *text,
			  const char **problem);

/* What helm lint says of the folder at `path`, in its order. */
void chart_lint(struct arena *arena, struct tree_view *view, const char *path,
		const struct chart_lint_options *options,
		struct chart_lint_messages *messages);

/* A fact if kubeVersion excludes one of these minors of Kubernetes 1. */
void chart_note_versions(const struct chart *chart, struct arena *arena,
			 unsigned oldest, unsigned newest,
			 struct fact_log *facts);

/* Facts about what is odd in the chart, which gave `output`. */
void chart_note_oddities(struct chart *chart, struct arena *arena,
			 const struct chart_output *output,
			 struct fact_log *facts);

#endif
