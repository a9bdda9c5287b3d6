/*
 * Definitions of custom resources that the project keeps for checking: files
 * that `schemas:` names, and what lies in vendor/, archives of charts among
 * them.
 */
#include <string.h>

#include "base/archive.h"
#include "base/arena.h"
#include "base/glob.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/source.h"
#include "compiler/run.h"
#include "compiler/schema_file.h"
#include "lints/lint.h"
#include "model/value.h"

static bool cannot_read(struct run *run, const struct value *at,
			const char *path, enum tree_status status)
{
	return diag_error(run->diags, &at->origin, "cannot read %s: %s",
			  tree_view_display(&run->view, path),
			  tree_status_text(status));
}

static bool is_archive(const char *path)
{
	size_t len = strlen(path);

	return (len > 4 && strcmp(path + len - 4, ".tgz") == 0) ||
	       (len > 7 && strcmp(path + len - 7, ".tar.gz") == 0);
}

static bool may_have_definitions(const char *path)
{
	return schema_file_has_name(path) || is_archive(path);
}

/*
 * The definitions of a chart lie in crds/, and are plain; what else is in an
 * archive may be a template, and counts if it can be read all the same.
 */
static bool add_member(struct run *run, const struct source *archive,
		       const struct archive_member *member,
		       struct diag_sink *diags)
{
	const struct source *file = source_new(
		run->arena,
		arena_printf(run->arena, "%s!%s", archive->name, member->name),
		SOURCE_MANIFEST, member->text, member->len);
	bool plain = strstr(member->name, "/crds/") != NULL;
	struct diag_sink silent;

	if (!schema_file_has_name(member->name) ||
	    !schema_file_may_define(file))
		return true;
	diag_sink_init(&silent, run->arena);
	return schema_file_read(run->arena, file, &run->project->limits,
				plain ? diags : &silent, &run->definitions) ||
	       !plain;
}

static bool add_archive(struct run *run, const struct source *archive,
			struct diag_sink *diags)
{
	const struct limits *limits = &run->project->limits;
	const struct archive_limits bounds = { limits->chart_file_size,
					       limits->archive_size };
	struct archive_members members = { 0 };
	const char *problem = NULL;
	enum archive_status status =
		archive_unpack(run->arena, archive->text, archive->len, &bounds,
			       &members, &problem);
	size_t i;

	if (status == ARCHIVE_NOT_GZIP)
		problem = "it is not compressed by gzip";
	else if (status != ARCHIVE_READ && status != ARCHIVE_BROKEN)
		problem = "it is too large (--limit chart-file-size, "
			  "archive-size)";
	if (status != ARCHIVE_READ)
		return diag_error(diags, NULL, "cannot unpack %s: %s",
				  archive->name, problem ? problem : "broken");
	for (i = 0; i < members.count; i++)
		if (!add_member(run, archive, &members.items[i], diags))
			return false;
	return true;
}

/* Append the definitions of a file; false: reported. */
static bool add_file(struct run *run, const char *path,
		     const struct source *file, struct diag_sink *diags)
{
	size_t before = run->definitions.count;
	bool read = is_archive(path)
			    ? add_archive(run, file, diags)
			    : schema_file_read(run->arena, file,
					       &run->project->limits, diags,
					       &run->definitions);

	if (run->definitions.count > before)
		table_puts(&run->defining, path, run);
	return read;
}

static bool read_file(struct run *run, const struct value *at, const char *path)
{
	size_t before = run->definitions.count;
	struct source *file;
	enum tree_status status =
		tree_view_read(&run->view, path, SOURCE_MANIFEST, &file);

	if (status != TREE_OK)
		return cannot_read(run, at, path, status);
	if (!add_file(run, path, file, run->diags))
		return false;
	return run->definitions.count > before ||
	       diag_error(run->diags, &at->origin,
			  "%s holds no CustomResourceDefinition", file->name);
}

/* All files of a folder that may hold definitions; false: reported. */
static bool read_folder(struct run *run, const struct value *at,
			const char *folder)
{
	size_t before = run->definitions.count;
	struct tree_paths paths;
	struct source *file;
	enum tree_status status;
	size_t i;

	status = tree_view_glob(&run->view, folder, "**", &paths);
	for (i = 0; status == TREE_OK && i < paths.count; i++) {
		const char *path = paths.items[i];

		if (!may_have_definitions(path))
			continue;
		status = tree_view_read(&run->view, path, SOURCE_MANIFEST,
					&file);
		if (status == TREE_OK &&
		    (is_archive(path) || schema_file_may_define(file)) &&
		    !add_file(run, path, file, run->diags))
			return false;
	}
	if (status != TREE_OK)
		return cannot_read(run, at, folder, status);
	return run->definitions.count > before ||
	       diag_error(run->diags, &at->origin,
			  "%s holds no CustomResourceDefinition",
			  tree_view_display(&run->view, folder));
}

static bool read_pattern(struct run *run, const struct project_file *by,
			 const struct value *at)
{
	struct tree_paths paths;
	enum tree_status status;
	size_t i;

	status = tree_view_glob(&run->view, by->dir, at->string, &paths);
	if (status != TREE_OK)
		return cannot_read(run, at, at->string, status);
	if (!paths.count)
		return diag_error(run->diags, &at->origin,
				  "the pattern %s matches no file", at->string);
	for (i = 0; i < paths.count; i++)
		if (!read_file(run, at, paths.items[i]))
			return false;
	return true;
}

static bool read_entry(struct run *run, const struct project_file *by,
		       const struct value *at)
{
	struct tree_stat stat;
	enum tree_status status;
	const char *path;

	if (glob_is_pattern(at->string))
		return read_pattern(run, by, at);
	path = path_join(run->arena, by->dir, at->string);
	status = tree_view_stat(&run->view, path, &stat);
	if (status != TREE_OK)
		return cannot_read(run, at, path, status);
	return stat.kind == TREE_DIR ? read_folder(run, at, path)
				     : read_file(run, at, path);
}

/*
 * What others wrote may be anything, templates of charts too: only whole
 * definitions count, and what does not parse says nothing.  A folder of Go's
 * own has none of ours.
 */
static void read_vendor(struct run *run, const struct project_file *by)
{
	const char *folder = path_join(run->arena, by->dir, "vendor");
	const char *go = path_join(run->arena, folder, "modules.txt");
	struct diag_sink silent;
	struct tree_paths paths;
	struct tree_stat stat;
	struct source *file;
	size_t i;

	if (!by->source ||
	    tree_view_stat(&run->view, folder, &stat) != TREE_OK ||
	    stat.kind != TREE_DIR ||
	    tree_view_stat(&run->view, go, &stat) == TREE_OK ||
	    tree_view_glob(&run->view, folder, "**", &paths) != TREE_OK)
		return;
	diag_sink_init(&silent, run->arena);
	for (i = 0; i < paths.count; i++) {
		const char *path = paths.items[i];

		if (may_have_definitions(path) &&
		    tree_view_read(&run->view, path, SOURCE_MANIFEST, &file) ==
			    TREE_OK &&
		    (is_archive(path) || schema_file_may_define(file)) &&
		    !add_file(run, path, file, &silent))
			continue;
	}
}

bool run_read_schemas(struct run *run)
{
	const struct project *project = run->project;
	const struct value *entry;
	size_t i;

	if (run->defining.arena)
		return true;
	table_init(&run->defining, run->arena);
	for (i = 0; i < project->files.count; i++) {
		const struct project_file *file = project->files.items[i];

		list_foreach (entry, value_get(file->root, "schemas"))
			if (value_is_string(entry) &&
			    !read_entry(run, file, entry))
				return false;
		read_vendor(run, file);
	}
	return true;
}

/* What an entry names, whether it is there or not. */
static bool is_named(const struct run *run, const struct project_file *by,
		     const char *entry, const char *path)
{
	const char *full = path_join(run->arena, by->dir, entry);
	size_t len = strlen(full);

	if (glob_is_pattern(entry))
		return glob_match(GLOB_PROJECT, full, path);
	return strncmp(path, full, len) == 0 &&
	       (!path[len] || (path[len] == '/' && may_have_definitions(path)));
}

bool run_is_schema(const struct run *run, const char *path)
{
	const struct project *project = run->project;
	const struct value *entry;
	size_t i;

	if (table_gets(&run->defining, path))
		return true;
	for (i = 0; i < project->files.count; i++)
		list_foreach (entry, value_get(project->files.items[i]->root,
					       "schemas"))
			if (value_is_string(entry) &&
			    is_named(run, project->files.items[i],
				     entry->string, path))
				return true;
	return false;
}

bool run_is_about_all(const struct run *run, const char *path)
{
	const struct project *project = run->project;
	size_t i;

	for (i = 0; i < project->files.count; i++)
		if (project->files.items[i]->path &&
		    strcmp(project->files.items[i]->path, path) == 0)
			return true;
	return run_is_schema(run, path);
}

/* A bundle that no other job of the run has brought. */
static bool has_own(const struct job *job)
{
	return job->bundle && (!job->same || !job->same->listed);
}

void run_make_schemas(struct run *run)
{
	size_t i;

	run->schemas = lint_schemas_new(run->arena);
	for (i = 0; i < run->definitions.count; i++)
		lint_schemas_add(run->schemas, run->definitions.items[i]);
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		if (has_own(job) && !job->failed)
			lint_schemas_add_bundle(run->schemas, job->bundle);
	}
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		if (has_own(job))
			lint_schemas_need(run->schemas, job->bundle);
	}
}
