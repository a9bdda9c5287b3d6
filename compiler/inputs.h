/*
 * Which files each job reads, from its settings and the names of files,
 * without reading more than kustomizations: the index from files to targets
 * that --staged, --new-from, `affected`, `diff` and "WHAT as a file" stand on.
 *
 * A superset is allowed: a file of a chart that no template asks for counts.
 * Folders that were listed, patterns, and files that were looked for and not
 * there count too, so that a new file reaches the targets it will change.
 */
#ifndef COMPILER_INPUTS_H
#define COMPILER_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/tree.h"
#include "base/vec.h"

struct git_changes;
struct git_paths;
struct run;

struct inputs_pattern {
	const char *text;
	size_t job;
};

VEC_TYPE(inputs_log, struct tree_access);

struct inputs {
	struct run *run;
	struct inputs_log *logs; /* by index of the job */
	struct table opened;     /* path to the jobs that read it */
	struct table listed;     /* folder to those that listed it */
	struct table below;      /* path to those for which all below counts */
	VEC(struct inputs_pattern) patterns;
	unsigned *leads; /* by index of the job: bits of leaders.h */
};

/*
 * Look at all jobs of the run, on its threads.  Nothing is reported.  If the
 * run follows objects, the texts are looked into for what leads on.
 */
struct inputs *inputs_find(struct run *run);

/*
 * The same where only changes are asked for: jobs that none of them may reach
 * are not looked into, unless they may read a text that leads on.
 */
struct inputs *inputs_find_near(struct run *run,
				const struct git_changes *changes);

/*
 * The same for who asks only for the files of folders in which something
 * changed, and for those of charts.
 */
struct inputs *inputs_find_around(struct run *run,
				  const struct git_changes *changes);

/*
 * The folders of kustomizations that changes may reach, or that may name what
 * lies directly in one of `folders`, without parsing any; NULL: not known.
 */
const struct table *
inputs_find_kustomizations(struct run *run, const struct git_changes *changes,
			   const struct table *folders);

/* The same from what jobs have read in fact. */
struct inputs *inputs_of_views(struct run *run);

/* Whether any job reads `path`. */
bool inputs_has(const struct inputs *inputs, const char *path);

/* Whether job number `job` declares to read the file at `path`. */
bool inputs_declares(const struct inputs *inputs, size_t job, const char *path);

/* Set marks[i] for each job i that reads `path`, a path of the tree. */
void inputs_mark(const struct inputs *inputs, const char *path, bool *marks);

/* The same for each job that reads something below a folder. */
void inputs_mark_below(const struct inputs *inputs, const char *dir,
		       bool *marks);

/* The same where it is not known which files changed below a folder. */
void inputs_mark_unknown(const struct inputs *inputs, const char *dir,
			 bool *marks);

#endif
