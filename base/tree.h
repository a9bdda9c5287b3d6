/*
 * The one way to read.
 *
 * A tree is a set of files: a directory on disk (base/tree_disk.h), a table in
 * memory (base/tree_memory.h), an archive, a commit or the index of a Git
 * repository.  Its paths are relative to its root, with '/' between, clean
 * (no "." or ".."), and "" is the root itself.  Views clean the paths they are
 * given.  An absolute path names what the command line allowed beside the root.
 *
 * Jobs never touch a tree itself but a `struct tree_view` of it, which
 * follows links inside the tree, reads each file once per process, and logs
 * every open, list, glob and miss.  The log is what --deps, `affected` and
 * "which targets read this file" are answered from.
 *
 * Functions give a status and report nothing: the caller knows which line
 * named the file, and says so.
 */
#ifndef BASE_TREE_H
#define BASE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/source.h"
#include "base/table.h"
#include "base/vec.h"

struct arena;
struct tree;

enum tree_status {
	TREE_OK,
	TREE_MISSING,
	TREE_OUTSIDE,  /* leads out of the tree */
	TREE_NOT_FILE, /* a directory, or a device */
	TREE_NOT_DIR,
	TREE_LOOP, /* links that lead to one another */
	TREE_TOO_LARGE,
	TREE_DENIED,
	TREE_ABSENT,  /* its content was not fetched with the repository */
	TREE_POINTER, /* of Git LFS, instead of the content */
	TREE_SUBMODULE,
	TREE_IO,
};

/* "no such file", "leads out of the project", ...: ends a sentence. */
const char *tree_status_text(enum tree_status status);

enum tree_kind {
	TREE_FILE,
	TREE_DIR,
	TREE_LINK,
	TREE_OTHER
};

struct tree_text {
	const char *at; /* a NUL follows */
	size_t len;
	bool mapped; /* base/mapping.h */
};

struct tree_stat {
	enum tree_kind kind;
	uint64_t size;
	uint32_t mode; /* permission bits */
};

struct tree_entry {
	const char *name;
	enum tree_kind kind;
	bool looked; /* at a file: the rest is known */
	struct tree_stat stat;
};

/* Sorted by bytes of the name; makers sort it. */
struct tree_listing {
	struct tree_entry *items;
	size_t count;
};

void tree_listing_sort(struct tree_listing *listing);

/*
 * What a maker of trees provides.  None of them follows a link in the last
 * part of a path; one before the last is TREE_NOT_DIR (a tree without a jail
 * may follow it).  tree.c resolves links by itself with readlink.
 */
struct tree_class {
	enum tree_status (*stat)(struct tree *tree, const char *path,
				 struct tree_stat *stat);
	enum tree_status (*read)(struct tree *tree, const char *path,
				 struct arena *arena, uint64_t limit,
				 struct tree_text *text);
	/* `looks`: at files too, if that costs less here than later. */
	enum tree_status (*list)(struct tree *tree, const char *path,
				 struct arena *arena, bool looks,
				 struct tree_listing *listing);
	enum tree_status (*readlink)(struct tree *tree, const char *path,
				     struct arena *arena, const char **target);
	/*
	 * The path of the tree for an absolute name, which a link may lead to;
	 * the name itself where there is none.  NULL: no name leads inside.
	 */
	const char *(*inside)(struct tree *tree, const char *name,
			      struct arena *arena);
	/* The name of a path as the user would type it. */
	const char *(*display)(struct tree *tree, const char *path,
			       struct arena *arena);
	void (*close)(struct tree *tree);
};

struct tree_cache;

/* The first member of every maker's own struct. */
struct tree {
	const struct tree_class *class;
	struct tree_cache *cache; /* files read so far, shared by threads */
	uint64_t file_limit;
};

/* For makers: fill in the common part, free it. */
void tree_init(struct tree *tree, const struct tree_class *class,
	       uint64_t file_limit);
void tree_close(struct tree *tree);

/* Close it when the arena is freed. */
void tree_close_with(struct tree *tree, struct arena *arena);

/* Files of `bytes` together are to be read: their texts share large pages. */
void tree_expect(struct tree *tree, uint64_t bytes);

enum tree_access_kind {
	TREE_OPENED,
	TREE_LISTED,
	TREE_GLOBBED,
	TREE_MISSED
};

struct tree_access {
	enum tree_access_kind kind;
	const char *path; /* for TREE_GLOBBED the pattern */
};

struct tree_view {
	struct tree *tree;
	struct arena *arena;
	struct table seen;  /* each access once */
	struct table stats; /* what was there, by the path without links */
	VEC(struct tree_access) log;
};

void tree_view_init(struct tree_view *view, struct tree *tree,
		    struct arena *arena);

/* What `path` is, links followed. */
enum tree_status tree_view_stat(struct tree_view *view, const char *path,
				struct tree_stat *stat);

/* The file as a source of the view's arena; the text is shared. */
enum tree_status tree_view_read(struct tree_view *view, const char *path,
				enum source_role role, struct source **source);

/* The same if somebody has read it, by its path without links; or false. */
bool tree_view_has_read(struct tree_view *view, const char *path,
			enum source_role role, struct source **source);

enum tree_status tree_view_list(struct tree_view *view, const char *path,
				struct tree_listing *listing);

/* The same for who will ask tree_view_stat() for each of the files. */
enum tree_status tree_view_list_stats(struct tree_view *view, const char *path,
				      struct tree_listing *listing);

/*
 * Files whose path matches a pattern (base/glob.h), sorted by bytes, links to
 * directories not followed.  `dir` is where the pattern starts.
 */
struct tree_paths {
	const char **items;
	size_t count;
};

enum tree_status tree_view_glob(struct tree_view *view, const char *dir,
				const char *pattern, struct tree_paths *paths);

/* The real path behind links, inside the tree; on failure as far as it came. */
enum tree_status tree_view_resolve(struct tree_view *view, const char *path,
				   const char **real);

/* As the user would type it. */
const char *tree_view_display(struct tree_view *view, const char *path);

#endif
