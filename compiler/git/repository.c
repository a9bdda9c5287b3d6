/*
 * The repository around the inputs, and what of the work tree counts.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/pool.h"
#include "compiler/git/private.h"
#include "compiler/options.h"

const char *git_find_root(struct arena *arena, const char *dir)
{
	struct stat stat_of;

	for (;;) {
		const char *entry = path_join(arena, dir, ".git");

		if (stat(entry, &stat_of) == 0)
			return dir;
		if (strcmp(dir, "/") == 0)
			return NULL;
		dir = path_dir(arena, dir);
	}
}

static bool has(struct arena *arena, const char *dir, const char *name,
		mode_t kind)
{
	struct stat stat_of;

	return stat(path_join(arena, dir, name), &stat_of) == 0 &&
	       (stat_of.st_mode & S_IFMT) == kind;
}

bool git_is_bare(struct arena *arena, const char *dir)
{
	return has(arena, dir, "HEAD", S_IFREG) &&
	       has(arena, dir, "objects", S_IFDIR) &&
	       has(arena, dir, "refs", S_IFDIR);
}

/*
 * Where the user has no configuration at all, the library says that it looked
 * for the setting in vain.
 */
static bool is_foreign(int code, const char *words)
{
	return code == GIT_EOWNER ||
	       (code == GIT_ENOTFOUND && strstr(words, "safe.directory"));
}

static void help_missing(struct diag_sink *diags)
{
	diag_help(diags, "objects are missing; git fsck names them, git fetch "
			 "--refetch brings them");
}

bool git_fail(struct diag_sink *diags, const struct git *self, int code)
{
	const git_error *error = git.git_error_last();
	const char *words = error ? error->message : "unknown reason";

	if (is_foreign(code, words)) {
		diag_error(diags, NULL,
			   "the Git repository %s belongs to another user, so "
			   "it is not read",
			   self->root);
		diag_help(diags, "git config --global --add safe.directory %s",
			  self->root);
		return false;
	}
	diag_error(diags, NULL, "the Git repository %s cannot be read: %s",
		   self->root, words);
	if (strstr(words, "objectformat"))
		diag_help(diags, "the libgit2 that is installed reads "
				 "repositories with SHA-1 only, and this one "
				 "has SHA-256");
	else if (code == GIT_ENOTFOUND || code == GIT_EPEEL)
		help_missing(diags);
	return false;
}

bool git_fail_folder(struct diag_sink *diags, const char *whose,
		     enum tree_status status)
{
	if (status == TREE_TOO_LARGE) {
		diag_error(diags, NULL,
			   "folders of %s are nested more than %d deep, which "
			   "Git refuses as well",
			   whose, GIT_DEPTH_MAX);
		return false;
	}
	diag_error(diags, NULL, "a folder of %s cannot be read: %s", whose,
		   tree_status_text(status));
	if (status == TREE_ABSENT)
		help_missing(diags);
	return false;
}

static void close_repository(void *what)
{
	struct git *opened = what;

	if (!opened->repository)
		return;
	git.git_odb_free(opened->odb);
	git.git_repository_free(opened->repository);
	opened->odb = NULL;
	opened->repository = NULL;
}

/*
 * `git commit -a` and `git commit FILE` stage into an index of their own, and
 * tell their hooks its name.
 */
static int use_given_index(struct git *opened)
{
	const char *path = options_variable("GIT_INDEX_FILE");
	git_index *index;
	int code;

	if (!path)
		return 0;
	code = git.git_index_open(&index, path);
	if (code < 0)
		return code;
	code = git.git_repository_set_index(opened->repository, index);
	git.git_index_free(index);
	return code;
}

static bool open_with_library(struct git *self, struct diag_sink *diags)
{
	int code;

	if (!git_library_load(diags))
		return false;
	code = git.git_repository_open(&self->repository, self->root);
	if (code == 0)
		code = git.git_repository_odb(&self->odb, self->repository);
	if (code == 0)
		code = use_given_index(self);
	return code == 0 || (diags && git_fail(diags, self, code));
}

bool git_use_library(struct git *self, struct diag_sink *diags)
{
	pool_lock(self->lock);
	if (!self->usable && (diags || !self->refused)) {
		close_repository(self);
		self->usable = open_with_library(self, diags);
		self->refused = !self->usable;
	}
	pool_unlock(self->lock);
	return self->usable;
}

struct git *git_open(struct arena *arena, struct diag_sink *diags,
		     const char *root)
{
	struct git *opened = arena_zalloc(arena, sizeof(*opened));

	opened->arena = arena;
	opened->root = root;
	opened->lock = pool_lock_new(arena);
	opened->store = git_store_open(arena, root);
	arena_on_free(arena, close_repository, opened);
	return opened->store || git_use_library(opened, diags) ? opened : NULL;
}

void git_use_look(struct git *self, struct git_look *look)
{
	self->look = look;
}

static bool is_address(const char *name)
{
	size_t len = strlen(name);

	return strncmp(name, "remote.", 7) == 0 && len > 11 &&
	       strcmp(name + len - 4, ".url") == 0;
}

/* As they stand in the configuration; libgit2's list of remotes leaks. */
void git_remotes(struct git *self, struct arena *arena, struct git_paths *urls)
{
	git_config *config = NULL;
	git_config_iterator *all = NULL;
	git_config_entry *entry;

	if (!git_use_library(self, NULL) ||
	    git.git_repository_config_snapshot(&config, self->repository) < 0)
		return;
	if (git.git_config_iterator_new(&all, config) == 0)
		while (git.git_config_next(&entry, all) == 0)
			if (is_address(entry->name) && entry->value)
				vec_push(arena, urls,
					 arena_strdup(arena, entry->value));
	git.git_config_iterator_free(all);
	git.git_config_free(config);
}
