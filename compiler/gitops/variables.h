/*
 * What postBuild of a Flux Kustomization replaces after the build.
 */
#ifndef COMPILER_GITOPS_VARIABLES_H
#define COMPILER_GITOPS_VARIABLES_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/table.h"

struct gitops_found;
struct job;
struct str;
struct value;

struct gitops_variables {
	struct table names; /* to struct value, scalars */
	/* All that the object names is in the tree: what is unset fails. */
	bool complete;
	bool always; /* also where there is no variable at all */
};

/* False: something is not found yet, and a later round may bring it. */
bool gitops_variables_find(const struct gitops_found *found,
			   const struct value *post_build,
			   struct gitops_variables *variables);

/* Append them as text, to tell two settings apart. */
void gitops_variables_put(const struct gitops_variables *variables,
			  struct str *out);

/* Replace them in the job's bundle; false: reported. */
MUST_USE bool gitops_variables_apply(struct job *job,
				     const struct gitops_variables *variables);

#endif
