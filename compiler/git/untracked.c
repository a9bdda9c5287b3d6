/*
 * Which files Git knows.
 */
#include <string.h>

#include "base/arena.h"
#include "compiler/git/private.h"
#include "compiler/options.h"

const struct git_index_file *git_names(struct arena *arena, const char *root)
{
	struct git_index_file *file = arena_alloc(arena, sizeof(*file));

	return git_index_parse(arena, root, options_variable("GIT_INDEX_FILE"),
			       file) &&
			       !file->sparse
		       ? file
		       : NULL;
}

bool git_names_has(const struct git_index_file *names, const char *path)
{
	size_t len = strlen(path);

	for (;;) {
		size_t at = git_index_lower(names, path, len);
		const struct git_entry *entry = &names->entries.items[at];

		if (at < names->entries.count &&
		    strncmp(entry->path, path, len) == 0 && !entry->path[len])
			return true;
		/* What lies in a submodule is known to that. */
		while (len && path[len - 1] != '/')
			len--;
		if (len <= 1)
			return false;
		len--;
	}
}

/* `path` goes on behind the folder, so that the "/" is there to compare. */
bool git_names_below(const struct git_index_file *names, const char *path,
		     size_t len)
{
	size_t at = git_index_lower(names, path, len + 1);

	return at < names->entries.count &&
	       strncmp(names->entries.items[at].path, path, len + 1) == 0;
}

bool git_is_ignored(struct git *self, const char *path)
{
	int ignored = 0;

	return git_use_library(self, NULL) &&
	       git.git_ignore_path_is_ignored(&ignored, self->repository,
					      path) == 0 &&
	       ignored;
}
