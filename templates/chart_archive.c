/*
 * A chart in an archive: which of its members are files of the chart.
 */
#include <string.h>

#include "base/archive.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/source.h"
#include "base/tree_memory.h"
#include "templates/chart_parts.h"
#include "templates/chart_verbs.h"

enum {
	ARCHIVE_COST = 32 << 10 /* bytes that it counts beside its files */
};

static bool refuse(const struct chart_reader *reader, const char *format, ...)
	PRINTF_LIKE(2, 3);

static bool refuse(const struct chart_reader *reader, const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(reader->arena, format, args);
	va_end(args);
	diag_error(reader->diags, NULL, "%s", text);
	diag_native(reader->diags, "%s%s", reader->prefix, text);
	return false;
}

static bool is_drive(const char *name)
{
	return ((*name >= 'a' && *name <= 'z') ||
		(*name >= 'A' && *name <= 'Z')) &&
	       name[1] == ':' && name[2] == '/';
}

/*
 * The name without its first part, which is the chart's folder.  Archives of
 * Windows have the other slash.  NULL: the archive is refused.
 */
static const char *inner_name(const struct chart_reader *reader,
			      const char *name)
{
	const char separator = strchr(name, '\\') ? '\\' : '/';
	const char *inner = strchr(name, separator);
	char *clean = arena_strdup(reader->arena, inner ? inner + 1 : ""), *at;

	for (at = clean; *at; at++)
		if (*at == separator)
			*at = '/';
	if (path_is_absolute(clean)) {
		refuse(reader, "chart illegally contains absolute paths");
		return NULL;
	}
	inner = path_clean(reader->arena, clean);
	if (strcmp(inner, ".") == 0)
		refuse(reader,
		       "chart illegally contains content outside the base "
		       "directory: \"%s\"",
		       name);
	else if (strncmp(inner, "..", 2) == 0)
		refuse(reader, "chart illegally references parent directory");
	else if (is_drive(inner))
		refuse(reader, "chart contains illegally named files");
	else
		return inner;
	return NULL;
}

static bool take_member(const struct chart_reader *reader,
			const struct archive_member *member,
			const char *archive, struct chart_files *files)
{
	struct chart_file *file = arena_zalloc(reader->arena, sizeof(*file));
	const char *text = member->text;
	size_t len = member->len;

	file->name = inner_name(reader, member->name);
	if (!file->name)
		return false;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	file->source = source_new(
		reader->arena,
		arena_printf(reader->arena, "%s:%s", archive, file->name),
		SOURCE_TEMPLATE, text, len);
	vec_push(reader->arena, files, file);
	return true;
}

/* What kept the archive from being read to its end; false. */
static bool refuse_rest(const struct chart_reader *reader,
			const struct source *archive,
			enum archive_status status, const char *words)
{
	const unsigned long long file = reader->limits->chart_file_size;
	const unsigned long long total = reader->limits->archive_size;

	switch (status) {
	case ARCHIVE_READ:
		break;
	case ARCHIVE_NOT_GZIP:
		if (*reader->prefix)
			return refuse(reader, archive->len < 10
						      ? "unexpected EOF"
						      : "gzip: invalid header");
		return refuse(reader,
			      "file '%s' does not appear to be a gzipped "
			      "archive; got 'application/octet-stream'",
			      archive->name);
	case ARCHIVE_BROKEN:
		return refuse(reader, "%s", words);
	case ARCHIVE_FILE_TOO_LARGE:
		diag_error(reader->diags, NULL,
			   "%s: %s has more than %llu bytes (--limit "
			   "chart-file-size)",
			   archive->name, words, file);
		diag_native(reader->diags,
			    "%sdecompressed chart file \"%s\" is larger than "
			    "the maximum file size %llu",
			    reader->prefix, words, file);
		return false;
	case ARCHIVE_TOO_LARGE:
		diag_error(reader->diags, NULL,
			   "%s: there are more than %llu bytes in it (--limit "
			   "archive-size)",
			   archive->name, total);
		diag_native(reader->diags,
			    "%sdecompressed chart is larger than the maximum "
			    "%ssize %llu",
			    reader->prefix,
			    reader->dialect == CHART_HELM4 ? "" : "file ",
			    total);
		return false;
	}
	return refuse(reader, "no files in chart archive");
}

/*
 * An archive of two that are alike takes little more than one of them: what
 * lies in archives within an archive counts as if it were in one.
 */
static bool is_within(const struct chart_reader *reader,
		      const struct chart_files *files)
{
	uint64_t size = ARCHIVE_COST;
	size_t i;

	for (i = 0; i < files->count; i++)
		size += files->items[i]->source->len;
	if (size > *reader->left)
		return refuse(reader,
			      "archives within an archive have more than %llu "
			      "bytes (--limit archive-size)",
			      (unsigned long long)reader->limits->archive_size);
	*reader->left -= size;
	return true;
}

bool chart_unpack(const struct chart_reader *reader,
		  const struct source *archive, struct chart_files *files)
{
	struct archive_members members = { 0 };
	const struct archive_limits bounds = { reader->limits->chart_file_size,
					       reader->limits->archive_size };
	const char *words;
	const enum archive_status status =
		archive_unpack(reader->arena, archive->text, archive->len,
			       &bounds, &members, &words);
	size_t i;

	for (i = 0; i < members.count; i++)
		if (!take_member(reader, &members.items[i], archive->name,
				 files))
			return false;
	if (status == ARCHIVE_READ && files->count)
		return !reader->left || is_within(reader, files);
	if (status == ARCHIVE_FILE_TOO_LARGE)
		words = vec_last(&members)->name;
	return refuse_rest(reader, archive, status, words);
}

/* The folder has the name that Chart.yaml gives, not that of the archive. */
static const char *expanded_name(const struct chart_reader *reader,
				 const struct chart_files *files)
{
	struct metadata metadata = { 0 };
	const char *name = "";
	size_t i;

	for (i = 0; i < files->count; i++) {
		if (strcmp(files->items[i]->name, "Chart.yaml") != 0)
			continue;
		if (!metadata_read(reader->arena, reader->diags,
				   files->items[i]->source,
				   arena_join(reader->arena, reader->prefix,
					      "cannot load Chart.yaml: "),
				   false, &metadata))
			return NULL;
		name = metadata_string(&metadata, METADATA_Name);
	}
	if (*path_clean(reader->arena, name) &&
	    strcmp(path_clean(reader->arena, name), ".") != 0)
		return path_clean(reader->arena,
				  arena_join(reader->arena, "/", name)) +
		       1;
	refuse(reader, "chart name not specified");
	return NULL;
}

static bool expand(const struct chart_reader *reader, struct tree *tree,
		   const struct source *archive, const char **name)
{
	struct chart_files files = { 0 };
	size_t i;

	if (!chart_unpack(reader, archive, &files))
		return false;
	*name = expanded_name(reader, &files);
	for (i = 0; *name && i < files.count; i++) {
		const struct chart_file *file = files.items[i];

		if (!tree_memory_add(
			    tree, path_join(reader->arena, *name, file->name),
			    file->source->text, file->source->len))
			return refuse(reader, "open %s: not a directory",
				      file->name);
	}
	return *name != NULL;
}

struct tree *chart_expand(struct arena *arena, struct tree_view *view,
			  const char *path,
			  const struct chart_load_options *options,
			  struct diag_sink *diags, const char **name)
{
	const struct chart_reader reader = { arena,
					     diags,
					     "unable to extract tarball: ",
					     options->limits,
					     options->dialect,
					     NULL };
	struct source *archive;
	struct tree *tree;

	if (tree_view_read(view, path, SOURCE_CHART, &archive) != TREE_OK) {
		diag_error(diags, NULL, "%s cannot be read",
			   tree_view_display(view, path));
		diag_native(diags,
			    "unable to open tarball: open %s: no such file or "
			    "directory",
			    tree_view_display(view, path));
		return NULL;
	}
	tree = tree_memory_open();
	if (expand(&reader, tree, archive, name))
		return tree;
	tree_close(tree);
	return NULL;
}
