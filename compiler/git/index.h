/*
 * The index, read by ourselves: the library sorts and checks all of it before
 * it gives the first name, which a hook that looks at one file has no time
 * for, and knows neither split nor sparse ones.  What is not understood here
 * is left to it.
 */
#ifndef COMPILER_GIT_INDEX_H
#define COMPILER_GIT_INDEX_H

#include <git2.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/tree_disk_stamps.h"
#include "base/vec.h"

struct arena;
struct diag_sink;
struct git;
struct source;

struct git_entry {
	const char *path;
	git_oid id;
	uint32_t mode;
	uint32_t stage; /* not 0: a side of a conflict */
	bool intent;    /* to add: no content yet */
	bool trusted;   /* the user says that the work tree has it unchanged */
	/* As the index has it; all 0 where that is not known. */
	struct disk_stamp stamp;
};

/* A folder of the last tree written from the index, as far as it still is. */
struct git_cached {
	const char *name;
	bool valid;   /* `id` is the tree of what is staged below it */
	size_t files; /* so many, then */
	git_oid id;
	VEC(struct git_cached) folders; /* by bytes of the name */
};

struct git_index_file {
	VEC(struct git_entry) entries; /* by bytes of the path */
	struct git_cached *cached;     /* of the root; NULL: nothing known */
	struct disk_stamp stamp;       /* its own, before it was read */
	bool sparse; /* folders stand for all in them: mode is a tree's */
	/* Of a split one: what it changes in another, from there to there. */
	const unsigned char *link;
	const unsigned char *link_end;
};

/* The text of one file, which lives as long; false: it is not understood. */
bool git_index_parse_text(struct arena *arena, const struct source *source,
			  struct git_index_file *file);

/*
 * The index of the work tree at `root`, or the one of this name, which
 * counts from the root; false: it is not understood, or not there.
 */
bool git_index_parse(struct arena *arena, const char *root, const char *name,
		     struct git_index_file *file);

/*
 * The same, once, and with the library's help where it is needed; NULL:
 * reported.  It lives as long as the repository.
 */
MUST_USE const struct git_index_file *git_index_load(struct git *self,
						     struct diag_sink *diags);

/* The first entry that is not before the `len` bytes of `path`. */
size_t git_index_lower(const struct git_index_file *file, const char *path,
		       size_t len);

/* NULL: there is none of this name. */
const struct git_entry *git_index_seek(const struct git_index_file *file,
				       const char *path);

/*
 * index_parts.c: what `file`, which is split, makes of `base`; false: it is not
 * understood.
 */
MUST_USE bool git_index_join(struct arena *arena, struct git_index_file *file,
			     const struct git_index_file *base);

/* The files of the folders in a sparse one; false: a tree cannot be read. */
MUST_USE bool git_index_expand(struct git *self, struct git_index_file *file);

/* By bytes of the path. */
void git_index_sort(struct git_index_file *file);

#endif
