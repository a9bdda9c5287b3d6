/*
 * Revisions, and the files in which two states of the repository differ.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "compiler/git/private.h"

static void no_revision(struct diag_sink *diags, struct git *self,
			const char *revision, int code)
{
	if (code != GIT_ENOTFOUND && code != GIT_EINVALIDSPEC &&
	    code != GIT_EAMBIGUOUS) {
		git_fail(diags, self, code);
		return;
	}
	if (code == GIT_EAMBIGUOUS)
		diag_error(diags, NULL,
			   "\"%s\" is the beginning of several objects of the "
			   "repository",
			   revision);
	else if (git.git_repository_head_unborn(self->repository) == 1)
		diag_error(diags, NULL,
			   "\"%s\" is no revision: the repository has no "
			   "commit yet",
			   revision);
	else
		diag_error(diags, NULL,
			   "\"%s\" is no revision of the repository", revision);
	if (git.git_repository_is_shallow(self->repository) == 1)
		diag_help(diags, "this clone is shallow; git fetch "
				 "--unshallow, or a deeper fetch, brings "
				 "older commits");
}

static git_object *find(struct git *self, struct diag_sink *diags,
			const char *revision, git_object_t type)
{
	git_object *found, *peeled;
	int code;

	if (!git_use_library(self, diags))
		return NULL;
	code = git.git_revparse_single(&found, self->repository, revision);
	if (code < 0) {
		no_revision(diags, self, revision, code);
		return NULL;
	}
	code = git.git_object_peel(&peeled, found, type);
	git.git_object_free(found);
	if (code == 0)
		return peeled;
	if (code == GIT_ENOTFOUND)
		git_fail(diags, self, code);
	else
		diag_error(diags, NULL, "\"%s\" is no commit", revision);
	return NULL;
}

bool git_find_tree(struct git *self, struct diag_sink *diags,
		   const char *revision, git_oid *tree)
{
	git_object *found;

	if (self->store && git_store_find_tree(self->store, revision, tree))
		return true;
	found = find(self, diags, revision, GIT_OBJECT_TREE);
	if (!found)
		return false;
	*tree = *git.git_object_id(found);
	git.git_object_free(found);
	return true;
}

bool git_is_revision(struct git *self, const char *word)
{
	git_object *found;
	git_oid commit;

	if (self->store && git_store_find(self->store, word, &commit))
		return true;
	if (!git_use_library(self, NULL) ||
	    git.git_revparse_single(&found, self->repository, word) < 0)
		return false;
	git.git_object_free(found);
	return true;
}

const char *git_common_ancestor(struct git *self, struct arena *arena,
				struct diag_sink *diags, const char *one,
				const char *other)
{
	git_object *a = find(self, diags, one, GIT_OBJECT_COMMIT), *b;
	char text[GIT_OID_HEXSZ + 1];
	const char *base = NULL;
	git_oid id;
	int code;

	if (!a)
		return NULL;
	b = find(self, diags, other, GIT_OBJECT_COMMIT);
	if (b) {
		code = git.git_merge_base(&id, self->repository,
					  git.git_object_id(a),
					  git.git_object_id(b));
		if (code == 0)
			base = arena_strdup(
				arena,
				git.git_oid_tostr(text, sizeof(text), &id));
		else if (code == GIT_ENOTFOUND)
			diag_error(diags, NULL,
				   "%s and %s have no common commit%s", one,
				   other,
				   git.git_repository_is_shallow(
					   self->repository) == 1
					   ? " in this shallow clone"
					   : "");
		else
			git_fail(diags, self, code);
	}
	git.git_object_free(a);
	git.git_object_free(b);
	return base;
}

static int compare(const void *a, const void *b)
{
	const struct git_change *one = a, *other = b;

	return strcmp(one->path, other->path);
}

static void find_links(struct git *self)
{
	size_t i;

	for (i = 0; i < self->index->entries.count; i++)
		if (git_kind_of(self->index->entries.items[i].mode) ==
		    TREE_LINK)
			vec_push(self->arena, &self->unseen,
				 self->index->entries.items[i].path);
	self->knows_unseen = true;
}

const struct git_paths *git_unseen(const struct git *self)
{
	return self->knows_unseen ? &self->unseen : NULL;
}

/*
 * No index has the files of a submodule: who reads them could not be rendered,
 * and a hook would refuse each commit that moves it.
 */
static void drop_folders(struct git_changes *changes)
{
	size_t i, kept = 0;

	for (i = 0; i < changes->count; i++)
		if (!changes->items[i].folder)
			changes->items[kept++] = changes->items[i];
	changes->count = kept;
}

/* HEAD of a repository without a commit is the empty tree: NULL. */
static bool from_tree(struct git *self, struct diag_sink *diags,
		      const char *revision, git_oid *id, const git_oid **tree)
{
	*tree = id;
	if (self->store && git_store_find_tree(self->store, revision, id))
		return true;
	if (!git_use_library(self, diags))
		return false;
	if (strcmp(revision, "HEAD") == 0 &&
	    git.git_repository_head_unborn(self->repository) == 1) {
		*tree = NULL;
		return true;
	}
	return git_find_tree(self, diags, revision, id);
}

bool git_find_changes(struct git *self, struct arena *arena,
		      struct diag_sink *diags, const char *from,
		      const struct git_state *to, struct git_changes *changes)
{
	const git_oid *old;
	git_oid before, after;
	bool good = from_tree(self, diags, from, &before, &old);

	self->unseen.count = 0;
	self->knows_unseen = false;
	if (good && to->kind == GIT_STATE_REVISION) {
		good = git_find_tree(self, diags, to->revision, &after) &&
		       git_find_between(self, arena, diags, old, &after,
					changes);
	} else if (good) {
		good = git_find_staged(self, arena, diags, old, changes);
		/* What is staged, and what is changed beyond that. */
		if (good && to->kind == GIT_STATE_WORK_TREE)
			good = git_find_unstaged(self, arena, diags,
						 to->workers, changes);
		else
			drop_folders(changes);
		if (good)
			find_links(self);
	}
	if (changes->count > 1)
		qsort(changes->items, changes->count, sizeof(*changes->items),
		      compare);
	return good;
}
