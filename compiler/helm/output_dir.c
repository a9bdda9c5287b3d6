/*
 * --output-dir: each document below its path, announced one by one.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/helm.h"

/* What one file will hold. */
struct written {
	const char *path;
	struct str text;
};

/* As Go's os words it. */
static const char *refusal(struct arena *arena, const char *call,
			   const char *path, int error)
{
	char *why = arena_strdup(arena, strerror(error));

	*why = (char)tolower((unsigned char)*why);
	return arena_printf(arena, "%s %s: %s", call, path, why);
}

/* Why the file cannot be written, as Helm says; NULL: it can. */
static const char *obstacle(struct arena *arena, const char *path)
{
	const char *folder = path_dir(arena, path), *no_folder;
	struct stat found;

	if (stat(folder, &found) != 0 && errno != ENOENT)
		return refusal(arena, "stat", folder, errno);
	no_folder = file_make_folders(arena, path);
	if (no_folder)
		return refusal(arena, "mkdir", no_folder, errno);
	if (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
		return refusal(arena, "open", path, EISDIR);
	if (access(path, W_OK) == 0 ||
	    (errno == ENOENT && access(folder, W_OK) == 0))
		return NULL;
	return refusal(arena, "open", path, errno);
}

/*
 * The first document of a path makes the file anew, but a hook's is appended
 * to a file that is there already.  NULL: there can be no such file.
 */
static struct written *begin_file(struct helm *helm, struct table *files,
				  const char *path, bool append)
{
	struct written *file = table_gets(files, path);
	struct source *old;
	const char *why;

	if (file)
		return file;
	why = obstacle(helm->arena, path);
	if (why) {
		helm_fail(helm, "%s", why);
		if (!append && !helm->global->debug)
			diag_native(helm->diags,
				    "%s\n\nUse --debug flag to render out "
				    "invalid YAML",
				    why);
		return NULL;
	}
	file = arena_alloc(helm->arena, sizeof(*file));
	file->path = path;
	str_init(&file->text, helm->arena);
	table_puts(files, path, file);
	if (append && tree_view_read(&helm->view, helm_path(helm, path),
				     SOURCE_MANIFEST, &old) == TREE_OK)
		str_put(&file->text, old->text, old->len);
	return file;
}

bool helm_write_files(struct helm *helm, const struct chart_output *output,
		      const char *dir, const char *release)
{
	const char *named =
		release ? path_join(helm->arena, dir, release) : dir;
	struct written *file = NULL;
	struct table files;
	size_t i;
	bool fine = true;

	table_init(&files, helm->arena);
	for (i = 0; i < output->documents.count; i++) {
		const struct chart_document *document =
			&output->documents.items[i];
		const char *path =
			path_join(helm->arena, document->crd ? dir : named,
				  document->path);

		file = begin_file(helm, &files, path, document->hook);
		fine = file != NULL;
		if (!fine)
			break;
		chart_write_document(document, &file->text);
		str_printf(helm->out, "wrote %s\n", path);
	}
	/* What came before the one that cannot be is written all the same. */
	for (i = 0; i < files.count; i++) {
		file = files.entries[i].value;
		if (file_write(helm->arena, helm->diags, file->path,
			       file->text.text, file->text.len) == FILE_FAILED)
			return false;
	}
	return fine;
}
