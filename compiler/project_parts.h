/*
 * What the files that load a project share; nobody else includes this.
 */
#ifndef COMPILER_PROJECT_PARTS_H
#define COMPILER_PROJECT_PARTS_H

#include <stdbool.h>

#include "base/attr.h"

struct diag_sink;
struct project;
struct tree_view;

/* project_discover.c: `discover:` and `repository:`. */
MUST_USE bool project_load_discover(struct project *project,
				    struct diag_sink *diags,
				    struct tree_view *view);

#endif
