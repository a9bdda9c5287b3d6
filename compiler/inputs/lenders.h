/*
 * Charts that others name by a path (file://) and have not in charts/: what
 * changes in one changes those.  Told from texts alone, rather one too many.
 */
#ifndef COMPILER_INPUTS_LENDERS_H
#define COMPILER_INPUTS_LENDERS_H

#include <stdbool.h>
#include <stddef.h>

struct git_paths;
struct run;

/*
 * Whether any of what changed is a part of a chart.  The first `files` paths
 * are no folders.
 */
bool lenders_changed(struct run *run, const struct git_paths *paths,
		     size_t files);

/* Whether the chart in a folder names any by a path.  By threads, too. */
bool lenders_may_serve(struct run *run, const char *dir);

#endif
