#include "compiler/git_base.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/tree.h"
#include "compiler/git.h"
#include "model/resolver.h"

struct address {
	const char *repository;
	const char *folder;
	const char *revision; /* NULL: none is named */
};

/* The value of a key of "a=b&c=d"; NULL: it is not there. */
static const char *query_value(struct arena *arena, const char *query,
			       const char *key)
{
	size_t len = strlen(key);

	while (query) {
		if (strncmp(query, key, len) == 0 && query[len] == '=')
			return arena_strndup(arena, query + len + 1,
					     strcspn(query + len + 1, "&"));
		query = strchr(query, '&');
		query += query != NULL;
	}
	return NULL;
}

/* Kustomize's ways to tell the repository from the folder in it, in order. */
static void split_path(struct arena *arena, const char *path,
		       struct address *address)
{
	const char *end;

	address->folder = "";
	if ((end = strstr(path, "_git/"))) {
		end += strlen("_git/");
		end += strcspn(end, "/");
		address->folder = *end ? end + 1 : end;
	} else if ((end = strstr(path, "//"))) {
		address->folder = end + 2;
	} else if ((end = strstr(path, ".git"))) {
		end += strlen(".git");
		address->folder = *end == '/' ? end + 1 : end;
	} else {
		end = path + strlen(path);
	}
	address->repository = arena_strndup(arena, path, (size_t)(end - path));
}

/* False: it is no file:// address. */
static bool parse(struct arena *arena, const char *reference,
		  struct address *address)
{
	static const char scheme[] = "file://";
	const char *query;
	size_t len;

	if (strncasecmp(reference, "git::", 5) == 0)
		reference += 5;
	if (strncasecmp(reference, scheme, strlen(scheme)) != 0)
		return false;
	reference += strlen(scheme);
	len = strcspn(reference, "?");
	query = reference[len] ? reference + len + 1 : NULL;
	split_path(arena, arena_strndup(arena, reference, len), address);
	address->revision = query_value(arena, query, "ref");
	if (!address->revision)
		address->revision = query_value(arena, query, "version");
	if (address->revision && !*address->revision)
		address->revision = NULL;
	return true;
}

static bool fail(const struct resolver_caller *caller,
		 const struct base_request *request, const char *why)
{
	diag_error(caller->diags, request->at, "cannot read %s: %s",
		   diag_quote(caller->arena, request->reference,
			      strlen(request->reference)),
		   why);
	return false;
}

bool git_base_open(const struct resolver_caller *caller,
		   const struct base_request *request,
		   struct base_answer *answer)
{
	const struct limits limits = limits_default();
	struct arena *arena = caller->arena;
	struct address address;
	struct git *git;
	struct tree *tree;

	if (!parse(arena, request->reference, &address))
		return fail(caller, request, "it is no file:// address");
	if (!path_is_absolute(address.repository))
		return fail(caller, request,
			    "behind file:// an absolute path is needed");
	answer->path = path_clean(arena, address.folder);
	if (strncmp(answer->path, "..", 2) == 0 ||
	    path_is_absolute(answer->path))
		return fail(caller, request,
			    "the folder leads out of the repository");
	if (strcmp(answer->path, ".") == 0)
		answer->path = "";
	git = git_open(arena, caller->diags, address.repository);
	if (!git)
		return false;
	tree = git_open_revision(git, caller->diags,
				 address.revision ? address.revision : "HEAD",
				 "", limits.file_size);
	if (!tree)
		return false;
	tree_close_with(tree, arena);
	answer->view = arena_zalloc(arena, sizeof(*answer->view));
	tree_view_init(answer->view, tree, arena);
	answer->repository = arena_join(arena, "file://", address.repository);
	answer->revision = address.revision;
	return true;
}
