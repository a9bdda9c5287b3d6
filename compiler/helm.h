/*
 * The verbs of `plimsoll helm`, which is Helm's command line: its words, its
 * standard output, its "Error: ..." and its exit status.
 */
#ifndef COMPILER_HELM_H
#define COMPILER_HELM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/tree.h"
#include "compiler/options.h"
#include "templates/chart.h"

struct arena;
struct str;
struct value;

/* Flags of every verb. */
struct helm_global {
	const char *compat;
	const char *name_space;
	const char *kubeconfig;
	const char *kube_context;
	const char *color;
	const char *burst_limit; /* of requests nobody makes */
	const char *qps;
	struct option_texts limit;
	bool debug;
};

/* --values and the --set family. */
struct helm_values {
	struct option_texts files;
	struct option_texts set;
	struct option_texts set_string;
	struct option_texts set_file;
	struct option_texts set_json;
	struct option_texts set_literal;
};

extern const struct option helm_values_options[];

/* Where a chart would be fetched from, and what would be asked of it. */
struct helm_remote {
	const char *repo;
	bool verify;
};

extern const struct option helm_remote_options[];

/* Keys and certificates; none of them matters here. */
extern const struct option helm_transfer_options[];

/* One run of a verb. */
struct helm {
	struct arena *arena;
	struct diag_sink *diags;
	const struct helm_verb *verb;
	const struct helm_global *global;
	struct option_texts args;
	void *options; /* the verb's own struct */
	enum chart_dialect dialect;
	struct limits limits;
	const char *cwd;
	struct tree *tree; /* of "/", no jail: links are followed */
	struct tree_view view;
	struct str *out;   /* what goes to stdout */
	struct str *notes; /* to stderr, before an error */
};

struct helm_verb {
	const char *name;
	const char *other; /* a second name, or NULL */
	const char *usage; /* behind "helm NAME " */
	const char *summary;
	size_t least_args;
	const struct option_group *groups; /* the globals come with them */
	size_t size;
	/* The status; on failure the sink holds what went wrong. */
	int (*run)(struct helm *helm);
};

extern const struct helm_verb helm_dependency;
extern const struct helm_verb helm_environment;
extern const struct helm_verb helm_lint;
extern const struct helm_verb helm_package;
extern const struct helm_verb helm_repository;
extern const struct helm_verb helm_show;
extern const struct helm_verb helm_template;
extern const struct helm_verb helm_version;

/* Helm's words as an error without a place; false. */
bool helm_fail(struct helm *helm, const char *format, ...) PRINTF_LIKE(2, 3);

/* Whether this Helm has the flags; notes on those it is to lose. */
bool helm_check_dialect(struct helm *helm, const char *const *words);

/* The verb's usage and flags on stdout, as an answer. */
void helm_describe(struct helm *helm);

/* As strconv.ParseBool has it; NULL is false. */
bool helm_is_true(const char *text);

/* The file in which Helm keeps the repositories it knows. */
const char *helm_repository_config(struct helm *helm);

/* A typed path as a path of the tree. */
const char *helm_path(struct helm *helm, const char *typed);

/* "a,b" of a flag that Go splits as a line of CSV. */
void helm_split_csv(struct arena *arena, const struct option_texts *flags,
		    struct option_texts *parts);

/* The values of all these flags, in Helm's order; NULL: reported. */
MUST_USE struct value *helm_values_merge(struct helm *helm,
					 const struct helm_values *values);

/* The path of a chart that is on this machine; NULL: reported. */
MUST_USE const char *helm_locate(struct helm *helm, const char *chart,
				 const struct helm_remote *remote);

/* Nothing here proves where the chart at `path` is from; false. */
bool helm_refuse_verify(struct helm *helm, const char *path);

/*
 * Write the documents below `dir`, those of templates below `release` in it
 * (NULL: none), and say so on stdout.
 */
MUST_USE bool helm_write_files(struct helm *helm,
			       const struct chart_output *output,
			       const char *dir, const char *release);

/* Bring the dependencies of the chart in; what Helm says goes to `out`. */
MUST_USE bool helm_dependency_update(struct helm *helm, const char *chart,
				     struct str *out);

/* Whether charts/ lacks what the chart needs; its names, with ", " between. */
bool helm_lacks_dependency(struct helm *helm, const struct chart *chart,
			   const char **missing);

/* -n, HELM_NAMESPACE, the current context of kubeconfig, "default". */
const char *helm_namespace(struct helm *helm);

#endif
