/*
 * Which jobs a change may reach, told from names alone: what the others read
 * need not be looked up.  Rather one too many than one too few.
 */
#ifndef COMPILER_INPUTS_NEAR_H
#define COMPILER_INPUTS_NEAR_H

#include <stdbool.h>

struct git_changes;
struct git_paths;
struct job;
struct near;
struct run;

/*
 * `unseen`: paths below which more may lie than the names of the changes tell.
 * NULL, and the result is: all jobs may be reached.
 */
const struct near *near_find(struct run *run, const struct git_changes *changes,
			     const struct git_paths *unseen);

/* By threads, too. */
bool near_reaches(const struct near *near, const struct job *job);

#endif
