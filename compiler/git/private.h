/*
 * What the files of this folder share: libgit2, loaded on first use, and the
 * open repository.  No other file sees git2.h.
 */
#ifndef COMPILER_GIT_PRIVATE_H
#define COMPILER_GIT_PRIVATE_H

#include <git2.h>
#include <git2/sys/repository.h>
#include <stdbool.h>

#include "base/attr.h"
#include "compiler/git.h"

struct git_library {
#define FN(x) __typeof__(x) *x;
#include "compiler/git/library.def"
#undef FN
};

extern struct git_library git;

/* Load it unless loaded; false: reported. */
MUST_USE bool git_library_load(struct diag_sink *diags);

struct git {
	git_repository *repository;
	git_odb *odb; /* the part that threads may share */
	const char *root;
};

/* Report what libgit2 says of a call that gave `code`; false. */
bool git_fail(struct diag_sink *diags, const struct git *self, int code);

/* The tree of a revision; NULL: reported.  To be freed. */
MUST_USE git_object *git_find_tree(struct git *self, struct diag_sink *diags,
				   const char *revision);

#endif
