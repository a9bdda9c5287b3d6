/*
 * A job: one target in one environment, from its settings to its bundle.
 *
 * Jobs share nothing they write to: each has its arena, its sinks, its view
 * of the files.  Jobs of one target whose settings came out equal are produced
 * once (`same`).
 */
#ifndef COMPILER_JOB_H
#define COMPILER_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/tree.h"
#include "base/vec.h"
#include "compiler/manifests.h"
#include "compiler/project.h"
#include "compiler/project/scope.h"
#include "templates/chart.h"

struct bundle;
struct lint_config;
struct object;
struct run;
struct str;

/* An entry of `values:`, resolved. */
struct job_values {
	const char *path; /* of the tree; NULL: inline */
	struct value *inlined;
	bool optional;
	const struct value *at; /* the entry, for messages */
};

VEC_TYPE(job_paths, const char *);

/* A source of the target, resolved; what the load stage made of it. */
struct job_source {
	enum source_kind kind;
	const struct value *at;    /* the entry that names it */
	const char *path;          /* folder, in the tree */
	struct job_paths patterns; /* of manifests */
	VEC(struct job_values) values;
	const char *release;
	const struct value *release_at; /* NULL: the default */
	const char *name_space;
	const struct value *name_space_at;
	const char **api_versions; /* NULL at the end */
	bool crds;
	bool tests;
	bool any_file; /* loadRestrictor: none */
	bool crd_merge_keys;
	bool no_defaults; /* the layers replace the chart's values.yaml */
	bool skip_schema; /* values are not held against the chart's schema */
	bool shares;      /* others render the chart too */

	struct chart *chart;
	VEC(struct value *) layers;
	VEC(struct source *) files;
};

enum {
	STAGES_MAX = 8
};

struct job {
	struct run *run;
	const struct target *target;
	const struct environment *environment;
	struct arena *arena;
	struct diag_sink diags;    /* what went wrong on the way */
	struct diag_sink findings; /* of the rules */
	struct fact_log facts;
	struct tree_view view;
	struct scope scope;
	VEC(struct job_source) sources;
	VEC(struct job_values) overlays; /* paths only */
	/* Variables of the objects, a map; NULL: nothing is replaced. */
	const struct value *variables;
	const char *key;       /* all settings, as text */
	struct job *same;      /* the job that produces for this one */
	struct job *next_same; /* that this one, or its `same`, serves */
	struct bundle *bundle;
	const struct lint_config *config; /* that it was checked under */
	struct job_paths outputs;         /* files that its bundle goes to */
	bool kustomized; /* read and written as kustomize does */
	bool allow_empty;
	struct sifted sifted; /* files that held no manifest */
	size_t placeholders;  /* in its objects */
	bool syntax_is_fact;  /* what does not parse is a finding */
	bool focused; /* named by a path: findings elsewhere are left out */
	/* Rendered for what its objects lead to alone, and then dropped: */
	bool unchanged; /* no change reaches it */
	bool elsewhere; /* another shard's */
	bool listed;    /* a job of the run still, when rules look */
	bool queued;    /* its rules are to be run, or those of its like */
	bool failed;
	bool told; /* it failed, and its findings say how */
	double seconds[STAGES_MAX];
	size_t objects[STAGES_MAX];
};

void job_init(struct job *job, struct run *run, const struct target *target,
	      const struct environment *environment);
void job_release(struct job *job);

/* Resolve the settings; false: reported, the job has failed. */
MUST_USE bool job_resolve(struct job *job);

/* "shop@prod", or "shop" where there are no environments. */
const char *job_name(const struct job *job);

/* Whether it was noticed that a chart, or a remote input, is not in the tree.
 */
bool job_lacks_input(const struct job *job);

/* A path of the project file as a path of the tree. */
const char *job_path(struct job *job, const char *typed);

/* Append the bundle as YAML. */
MUST_USE bool job_write(struct job *job, struct str *out);

/* Append one object of it. */
MUST_USE bool job_write_object(struct job *job, const struct object *object,
			       struct str *out);

#endif
