/*
 * ReferenceGrants: which routes may refer into which namespaces.
 */
#ifndef LINTS_SUBJECTS_GRANTS_H
#define LINTS_SUBJECTS_GRANTS_H

#include <stdbool.h>

#include "base/table.h"

struct lint_run;

struct lint_grants {
	struct table allowed; /* kind, its namespace, namespace of the target */
};

void lint_grants_build(struct lint_run *run, struct lint_grants *grants);

/* Whether objects of a kind in `from` may refer into `to`. */
bool lint_grants_allow(struct lint_run *run, const struct lint_grants *grants,
		       const char *kind, const char *from, const char *to);

#endif
