/*
 * Values that an object gives to a chart, in the order in which they count:
 * files, texts and trees, then single assignments.
 *
 * They are gathered when the object is looked at and merged on the job's own
 * thread: assignments into lists need to see what the layers before left.
 */
#ifndef COMPILER_GITOPS_VALUES_H
#define COMPILER_GITOPS_VALUES_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"

struct gitops_found;
struct job;
struct job_source;
struct str;
struct value;

struct gitops_layer {
	enum {
		LAYER_FILE,       /* a values file: `text` is its path */
		LAYER_MEMBER,     /* the same, in the archive of the chart */
		LAYER_TEXT,       /* YAML */
		LAYER_TREE,       /* `value` itself */
		LAYER_SET,        /* as --set: `name` = `text` */
		LAYER_SET_STRING, /* as --set-string */
		LAYER_SET_FILE,   /* as --set-file: `text` is the path */
		LAYER_SET_LITERAL,
	} kind;
	const char *name;
	const char *text;
	const struct value *value; /* whose place it has */
	bool optional;             /* a file that may be absent */
};

VEC_TYPE(gitops_layers, struct gitops_layer);

/* Append them as text, to tell two settings apart. */
void gitops_layers_put(const struct gitops_layers *layers, struct str *out);

/* Merge them into the one layer of a chart's values; false: reported. */
MUST_USE bool gitops_layers_merge(struct job *job, struct job_source *source,
				  const struct gitops_layers *layers);

#endif
