/*
 * The Git repository around the inputs.  What is ordinary in it is read by
 * ourselves (git/index.h, git/store.h), all else through libgit2, loaded on
 * first use; no git program is run.
 */
#ifndef COMPILER_GIT_H
#define COMPILER_GIT_H

#include <stdbool.h>
#include <stddef.h>

#include <stdint.h>

#include "base/attr.h"
#include "base/table.h"
#include "base/vec.h"

struct arena;
struct diag_sink;
struct git;
struct git_look;
struct tree;

/*
 * The root of the work tree that holds `dir` (absolute), found without the
 * library by its .git entry; NULL: there is none.
 */
const char *git_find_root(struct arena *arena, const char *dir);

/* Whether a folder is a repository without a work tree. */
bool git_is_bare(struct arena *arena, const char *dir);

/* Open the repository of a work tree; NULL: reported. */
struct git *git_open(struct arena *arena, struct diag_sink *diags,
		     const char *root);

/*
 * Begin to look at the work tree at `root` on other threads: whoever compares
 * it needs that first, and may have other things to do before.  It ends with
 * the arena at the latest.
 */
struct git_look *git_look_begin(struct arena *arena, const char *root,
				size_t workers);

/* What is compared next is what that look has seen of it. */
void git_use_look(struct git *git, struct git_look *look);

VEC_TYPE(git_paths, const char *);

/* All that is tracked, for who walks the work tree. */
struct git_tracked {
	struct git *git;
	struct arena *arena;
	struct table files;   /* regular ones; not links and the like */
	struct table folders; /* that hold a file, at any depth */
	struct table foreign; /* submodules */
};

/* False: reported. */
MUST_USE bool git_track(struct git *git, struct arena *arena,
			struct diag_sink *diags, struct git_tracked *tracked);

/* Whether a file that is there is tracked, or untracked and not ignored. */
bool git_counts_file(const struct git_tracked *tracked, const char *path);

/* Whether such a file may lie in a folder. */
bool git_counts_folder(const struct git_tracked *tracked, const char *path);

/* The addresses of its remotes, in the order of their names. */
void git_remotes(struct git *git, struct arena *arena, struct git_paths *urls);

/* What is tracked in the state just compared; only where git_unseen() tells. */
struct git_tracked_file {
	const char *path;
	bool regular;
	/* Files that have not changed hold the same where it is the same. */
	const unsigned char *id;
};

enum {
	GIT_ID_BYTES = 20
};

/* The one at `*at`, which moves on; false: there are no more. */
bool git_next_file(const struct git *git, size_t *at,
		   struct git_tracked_file *file);

struct git_index_file;

/*
 * The names that Git knows, without the library; NULL: they cannot be read so.
 * A path in a submodule counts as known.
 */
const struct git_index_file *git_names(struct arena *arena, const char *root);
bool git_names_has(const struct git_index_file *names, const char *path);

/* Whether it knows anything below a folder: `len` bytes of `path`, then "/". */
bool git_names_below(const struct git_index_file *names, const char *path,
		     size_t len);

/* Whether the work tree has a file as it is staged, told without reading it. */
bool git_is_same_on_disk(struct git *git, struct arena *arena,
			 const char *path);

/* Whether an untracked path is left out on purpose. */
bool git_is_ignored(struct git *git, const char *path);

/*
 * What is staged, or a revision, as a tree (base/tree.h) that reads straight
 * from the object database.  Names are shown relative to the folder `here`.
 * To be closed before the repository; NULL: reported.
 */
struct tree *git_open_index(struct git *git, struct diag_sink *diags,
			    const char *here, uint64_t file_limit);
struct tree *git_open_revision(struct git *git, struct diag_sink *diags,
			       const char *revision, const char *here,
			       uint64_t file_limit);

/*
 * What a revision has in common with another tree of the same root is read
 * there, as a rule from memory.  `changed`: the paths, of which that is not
 * so; both live as long as the revision.
 */
void git_revision_share(struct tree *revision, struct tree *with,
			const struct table *changed);

/*
 * Files that a revision need not have: it is read as if it had them as another
 * tree of the same root does.  Before the first look into it.
 */
void git_revision_lend(struct tree *revision, struct tree *from,
		       const struct table *paths);

/* Whether a word is a revision of the repository; nothing is reported. */
bool git_is_revision(struct git *git, const char *word);

/* The commit in which two lines of development part; NULL: reported. */
const char *git_common_ancestor(struct git *git, struct arena *arena,
				struct diag_sink *diags, const char *one,
				const char *other);

/*
 * The folder that git takes hooks from, absolute; it need not be there.
 * NULL: reported.
 */
const char *git_hooks_dir(struct git *git, struct arena *arena,
			  struct diag_sink *diags);

struct git_state {
	enum {
		GIT_STATE_REVISION,
		GIT_STATE_INDEX,
		GIT_STATE_WORK_TREE /* untracked files that count, too */
	} kind;
	const char *revision;
	size_t workers; /* threads that look at the work tree */
};

struct git_change {
	const char *path;
	bool deleted;
	bool folder; /* a submodule: anything below it may differ */
};

VEC_TYPE(git_changes, struct git_change);

/*
 * Files of the repository that differ between a revision and a state, by
 * bytes of the path; a renamed file is one deleted and one added.  "HEAD"
 * before the first commit is empty.  False: reported.
 */
MUST_USE bool git_find_changes(struct git *git, struct arena *arena,
			       struct diag_sink *diags, const char *from,
			       const struct git_state *to,
			       struct git_changes *changes);

/*
 * Paths of the state just compared below which lies more than the comparison
 * saw: links, and what is ignored.  NULL: it is not known which there are.
 */
const struct git_paths *git_unseen(const struct git *git);

#endif
