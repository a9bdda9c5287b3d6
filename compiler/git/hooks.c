/*
 * Where the hooks of the repository are.
 */
#include "base/arena.h"
#include "base/path.h"
#include "compiler/git/private.h"

/* core.hooksPath with "~" expanded; NULL: it is not set. */
static int configured(struct git *self, struct arena *arena, const char **path)
{
	git_buf text = GIT_BUF_INIT;
	git_config *config;
	int code =
		git.git_repository_config_snapshot(&config, self->repository);

	*path = NULL;
	if (code < 0)
		return code;
	code = git.git_config_get_path(&text, config, "core.hooksPath");
	if (code == 0)
		*path = arena_strndup(arena, text.ptr, text.size);
	git.git_buf_dispose(&text);
	git.git_config_free(config);
	return code == GIT_ENOTFOUND ? 0 : code;
}

const char *git_hooks_dir(struct git *self, struct arena *arena,
			  struct diag_sink *diags)
{
	const char *path;
	int code;

	if (!git_use_library(self, diags))
		return NULL;
	code = configured(self, arena, &path);
	if (code < 0) {
		git_fail(diags, self, code);
		return NULL;
	}
	/* A relative one counts from where git runs hooks: the work tree. */
	if (path && *path)
		return path_join(arena, self->root, path);
	/* Work trees of one repository share their hooks. */
	return path_join(arena, git.git_repository_commondir(self->repository),
			 "hooks");
}
