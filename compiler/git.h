/*
 * The Git repository around the inputs, through libgit2 loaded on first use;
 * no git program is run.
 */
#ifndef COMPILER_GIT_H
#define COMPILER_GIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

struct arena;
struct diag_sink;
struct git;

/*
 * The root of the work tree that holds `dir` (absolute), found without the
 * library by its .git entry; NULL: there is none.
 */
const char *git_find_root(struct arena *arena, const char *dir);

/* Open the repository of a work tree; NULL: reported. */
struct git *git_open(struct arena *arena, struct diag_sink *diags,
		     const char *root);

VEC_TYPE(git_paths, const char *);

/*
 * Files below `dir` (relative to the root, "" for all) that are tracked, or
 * untracked and not ignored, and exist; sorted by bytes.  False: reported.
 */
bool git_files(struct git *git, struct arena *arena, struct diag_sink *diags,
	       const char *dir, struct git_paths *paths);

#endif
