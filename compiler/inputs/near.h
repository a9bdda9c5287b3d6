/*
 * Which jobs a change may reach, told from names alone: what the others read
 * need not be looked up.  Rather one too many than one too few.
 */
#ifndef COMPILER_INPUTS_NEAR_H
#define COMPILER_INPUTS_NEAR_H

#include <stdbool.h>
#include <stddef.h>

struct git_paths;
struct job;
struct near;
struct run;
struct table;
struct target;
struct texts;

/*
 * `paths`: what changed, and below which more may have than names tell; the
 * first `files` of them are no folders.
 * `texts`: what kustomizations mention that discovery has not read; or NULL.
 */
const struct near *near_find(struct run *run, const struct git_paths *paths,
			     size_t files, const struct texts *texts);

/*
 * The folders of kustomizations that a change may reach, or that may name
 * anything that lies directly in one of `folders`, by their texts alone.
 */
const struct table *near_kustomizations(struct run *run,
					const struct git_paths *paths,
					const struct table *folders,
					const struct texts *texts);

/*
 * Whether any job of a target may be reached, told from its settings without
 * resolving them.  By threads, too.
 */
bool near_reaches_target(const struct near *near, const struct target *target);

/* By threads, too. */
bool near_reaches(const struct near *near, const struct job *job);

#endif
