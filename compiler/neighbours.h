/*
 * Charts of this repository that stand in for dependencies which charts/
 * lacks: repositories of charts hold what their charts depend on, and vendor
 * none of it.
 *
 * A dependency with a path (file://) is the chart at that path.  Of others the
 * name counts and the version: that of Chart.lock if it is there, else one
 * that fits, the nearest first.  Where bundles are the product, and of charts
 * that somebody declared, only paths count: what is deployed is what its author
 * named.
 */
#ifndef COMPILER_NEIGHBOURS_H
#define COMPILER_NEIGHBOURS_H

#include <stddef.h>

#include "compiler/job.h"
#include "templates/chart_verbs.h"

struct run;

/*
 * Find the charts of the tree, once, if a chart that was discovered lacks one,
 * or a job from `first` on might.  Before threads ask.
 */
void neighbours_prepare(struct run *run, size_t first);

/* Whom the loader of a job's charts asks.  By threads. */
struct chart_neighbours neighbours_of(struct job *job);

/* All folders of charts that the one in a folder is loaded with. */
void neighbours_find(struct job *job, const char *dir, struct job_paths *paths);

/* Add to the report which charts were used, once for all. */
void neighbours_report(struct run *run);

#endif
