/*
 * A look at all of the work tree, folder by folder, on several threads.  It can
 * begin before the caller needs it: what it finds is its own until
 * git_look_end().
 */
#ifndef COMPILER_GIT_LOOK_H
#define COMPILER_GIT_LOOK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/table.h"
#include "base/vec.h"
#include "compiler/git.h"
#include "compiler/git/index.h"

struct arena;
struct pool_lock;
struct pool_work;
struct tree;

/* A folder that holds tracked files. */
struct tracked_dir {
	const char *path;
	struct tracked_dir *parent;
	bool listed; /* as a folder, by what holds it */
	bool gone;
	VEC(const struct git_entry *) entries; /* by bytes of the name */
	struct git_changes changes;
	VEC(const char *) filtered;  /* paths; filters may undo the change */
	VEC(const char *) untracked; /* paths; of folders with a "/" */
	VEC(const struct git_entry *) modules;
};

struct git_look {
	struct arena *arena; /* its own */
	const char *root;
	struct pool_lock *lock; /* held until it is ready */
	bool ready;
	const struct git_index_file *file; /* NULL: it is not understood */
	struct tree *tree;                 /* NULL: it cannot be read */
	struct table known;                /* places by path */
	VEC(struct tracked_dir *) places;  /* behind those that hold them */
	struct arena **arenas;             /* of shares */
	size_t shares;
	atomic_size_t next;
	struct pool_work *work; /* NULL: no other thread is at it */
};

/* The index that it reads first; NULL: it takes more than reading one file. */
const struct git_index_file *git_look_index(struct git_look *look);

/* The same at once, with an index that was read already. */
struct git_look *git_look_over(struct arena *arena, const char *root,
			       const struct git_index_file *file,
			       size_t workers);

void git_note_change(struct arena *arena, struct git_changes *changes,
		     const char *path, bool deleted);

/* Join in and wait until it is done; false: there is nothing to look at. */
MUST_USE bool git_look_end(struct git_look *look);

#endif
