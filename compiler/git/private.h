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
#include "base/tree.h"
#include "compiler/git.h"
#include "compiler/git/index.h"
#include "compiler/git/store.h"

struct git_library {
#define FN(x) __typeof__(x) *x;
#include "compiler/git/library.def"
#undef FN
};

extern struct git_library git;

/* Load it unless loaded; false: reported. */
MUST_USE bool git_library_load(struct diag_sink *diags);

struct git_look;

struct git {
	struct arena *arena;
	struct git_store *store; /* NULL: all is left to the library */
	struct pool_lock *lock;  /* of the library's part */
	bool usable;             /* the library has opened it */
	bool refused;            /* it has tried to in vain */
	git_repository *repository;
	git_odb *odb; /* the part that threads may share */
	const char *root;
	struct git_look *look; /* begun, and not used yet; or NULL */
	const struct git_index_file *index; /* NULL: not read yet */
	struct git_paths unseen;            /* links, and what is ignored */
	bool knows_unseen;
};

/*
 * Open the repository with the library, which most changes do without.  False:
 * reported, unless `diags` is NULL.  On any thread.
 */
MUST_USE bool git_use_library(struct git *self, struct diag_sink *diags);

/* Report what libgit2 says of a call that gave `code`; false. */
bool git_fail(struct diag_sink *diags, const struct git *self, int code);

/* Report that a folder of this cannot be read; false. */
bool git_fail_folder(struct diag_sink *diags, const char *whose,
		     enum tree_status status);

/* The tree of a revision; false: reported. */
MUST_USE bool git_find_tree(struct git *self, struct diag_sink *diags,
			    const char *revision, git_oid *tree);

/* What the makers of trees share. */

enum tree_kind git_kind_of(unsigned mode);

enum tree_status git_blob_size(struct git *self, const git_oid *id,
			       uint64_t *size);

enum tree_status git_read_blob(struct git *self, const git_oid *id,
			       struct arena *arena, uint64_t limit,
			       const char **text, size_t *len);

/* The same without a limit, for who knows the size. */
enum tree_status git_read_whole(struct git *self, const git_oid *id,
				struct arena *arena, const char **text,
				size_t *len);

/* One row of a tree of the object database. */
struct git_item {
	const char *name;
	git_oid id;
	uint32_t mode;
};

VEC_TYPE(git_items, struct git_item);

/* In the order of the object: a folder as if "/" ended its name. */
enum tree_status git_read_items(struct git *self, const git_oid *id,
				struct arena *arena, struct git_items *items);

enum {
	GIT_DEPTH_MAX = 2048 /* folders in folders: core.maxTreeDepth of Git */
};

/* The same of one that is `depth` folders down; NULL: there is none. */
enum tree_status git_list_folder(struct git *self, const git_oid *id,
				 unsigned depth, struct arena *arena,
				 struct git_items *items);

/* The files in which two trees differ; NULL: the empty one. */
MUST_USE bool git_find_between(struct git *self, struct arena *arena,
			       struct diag_sink *diags, const git_oid *from,
			       const git_oid *to, struct git_changes *changes);

/*
 * The files in which what is staged differs from a tree; NULL: the empty one.
 * Folders of which the index knows that they are equal are not entered.
 */
MUST_USE bool git_find_staged(struct git *self, struct arena *arena,
			      struct diag_sink *diags, const git_oid *tree,
			      struct git_changes *changes);

/*
 * The files in which the work tree differs from what is staged; those that are
 * ignored are added to `unseen`.
 */
MUST_USE bool git_find_unstaged(struct git *self, struct arena *arena,
				struct diag_sink *diags, size_t workers,
				struct git_changes *changes);

#endif
