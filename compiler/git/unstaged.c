/*
 * The work tree compared with what is staged: what a look at it has found,
 * without what filters undo and what is ignored.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/sha.h"
#include "base/tree_disk.h"
#include "base/vec.h"
#include "compiler/git/look.h"
#include "compiler/git/private.h"
#include "compiler/options.h"

enum {
	DEPTH_MAX = 64 /* of folders that hold nothing that is tracked */
};

struct comparison {
	struct git *git;
	const struct git_index_file *file;
	struct arena *arena;
	struct git_changes *changes;
};

/* Whether filters make of a file what the index has. */
static bool filters_to(struct comparison *self, const char *path)
{
	const struct git_entry *entry = git_index_seek(self->file, path);
	git_oid id;

	return git_use_library(self->git, NULL) &&
	       git.git_repository_hashfile(
		       &id, self->git->repository,
		       path_join(self->arena, self->git->root, path),
		       GIT_OBJECT_BLOB, path) == 0 &&
	       memcmp(id.id, entry->id.id, sizeof(id.id)) == 0;
}

static void add_untracked(struct comparison *self, const char *path,
			  unsigned depth);

/* A repository of its own is not ours. */
static void enter(struct comparison *self, const char *dir, unsigned depth)
{
	const char *name = path_join(self->arena, self->git->root, dir);
	struct disk_files files;
	size_t i;

	if (depth > DEPTH_MAX || !disk_folder_read(name, self->arena, &files))
		return;
	for (i = 0; i < files.count; i++)
		if (strcmp(files.items[i].name, ".git") == 0)
			return;
	for (i = 0; i < files.count; i++)
		add_untracked(
			self,
			arena_printf(
				self->arena, "%s%s%s", dir, files.items[i].name,
				files.items[i].kind == TREE_DIR ? "/" : ""),
			depth + 1);
}

static void add_untracked(struct comparison *self, const char *path,
			  unsigned depth)
{
	if (git_is_ignored(self->git, path))
		vec_push(self->git->arena, &self->git->unseen, path);
	else if (path[strlen(path) - 1] == '/')
		enter(self, path, depth);
	else
		git_note_change(self->arena, self->changes, path, false);
}

static void note_folder(struct comparison *self, const char *path)
{
	const struct git_change change = { .path = path, .folder = true };

	vec_push(self->arena, self->changes, change);
}

static bool is_there(struct comparison *self, const char *root,
		     const char *name)
{
	struct disk_stamp stamp;

	return disk_stamp_of(path_join(self->arena, root, name), &stamp);
}

/*
 * A submodule is a repository of its own, compared with the commit of it that
 * is staged here.
 */
static void add_module(struct comparison *self, const struct git_entry *entry)
{
	const struct git_state now = { .kind = GIT_STATE_WORK_TREE,
				       .workers = 1 };
	const char *root = path_join(self->arena, self->git->root, entry->path);
	char commit[GIT_OID_HEXSZ + 1];
	struct git_changes changes = { 0 };
	struct diag_sink nobody;
	struct git *module;
	size_t i;

	/* An empty folder: nobody has checked it out. */
	if (!is_there(self, root, ".git") && is_there(self, root, "."))
		return;
	diag_sink_init(&nobody, self->arena);
	sha_hex(entry->id.id, sizeof(entry->id.id), commit);
	/* That variable is about the repository around it. */
	module = options_variable("GIT_INDEX_FILE")
			 ? NULL
			 : git_open(self->arena, &nobody, root);
	if (!module || !git_find_changes(module, self->arena, &nobody, commit,
					 &now, &changes)) {
		note_folder(self, entry->path);
		return;
	}
	for (i = 0; i < changes.count; i++) {
		struct git_change change = changes.items[i];

		change.path = path_join(self->arena, entry->path, change.path);
		vec_push(self->arena, self->changes, change);
	}
}

static void gather_gone(struct comparison *self,
			const struct tracked_dir *place)
{
	size_t i;

	for (i = 0; i < place->entries.count; i++) {
		const struct git_entry *entry = place->entries.items[i];

		if (git_kind_of(entry->mode) == TREE_OTHER)
			note_folder(self, entry->path);
		else if (!entry->trusted)
			git_note_change(self->arena, self->changes, entry->path,
					true);
	}
}

static void gather(struct comparison *self, struct tracked_dir *place)
{
	size_t i;

	/* Below a link that took the place of a folder nothing is any more. */
	if (place->parent && (place->parent->gone || !place->listed))
		place->gone = true;
	if (place->gone) {
		gather_gone(self, place);
		return;
	}
	for (i = 0; i < place->changes.count; i++)
		vec_push(self->arena, self->changes, place->changes.items[i]);
	for (i = 0; i < place->filtered.count; i++)
		if (!filters_to(self, place->filtered.items[i]))
			git_note_change(self->arena, self->changes,
					place->filtered.items[i], false);
	for (i = 0; i < place->untracked.count; i++)
		add_untracked(self, place->untracked.items[i], 0);
	for (i = 0; i < place->modules.count; i++)
		add_module(self, place->modules.items[i]);
}

bool git_find_unstaged(struct git *self, struct arena *arena,
		       struct diag_sink *diags, size_t workers,
		       struct git_changes *changes)
{
	const struct git_index_file *file = git_index_load(self, diags);
	struct comparison comparison = {
		.git = self, .file = file, .arena = arena, .changes = changes
	};
	struct git_look *look = self->look;
	size_t i;

	if (!file)
		return false;
	/* What was seen once may be another thing the next time. */
	self->look = NULL;
	if (!look || git_look_index(look) != file)
		look = git_look_over(arena, self->root, file, workers);
	if (!git_look_end(look))
		return diag_error(diags, NULL, "%s cannot be read", self->root);
	for (i = 0; i < look->places.count; i++)
		gather(&comparison, look->places.items[i]);
	return true;
}
