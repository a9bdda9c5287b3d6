/*
 * Definitions of custom resources that the project keeps for checking: files
 * that `schemas:` names, and what lies in vendor/.
 */
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
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

static bool read_file(struct run *run, const struct value *at, const char *path)
{
	size_t before = run->definitions.count;
	struct source *file;
	enum tree_status status =
		tree_view_read(&run->view, path, SOURCE_MANIFEST, &file);

	if (status != TREE_OK)
		return cannot_read(run, at, path, status);
	if (!schema_file_read(run->arena, file, &run->project->limits,
			      run->diags, &run->definitions))
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
		if (!schema_file_has_name(paths.items[i]))
			continue;
		status = tree_view_read(&run->view, paths.items[i],
					SOURCE_MANIFEST, &file);
		if (status == TREE_OK && schema_file_may_define(file) &&
		    !schema_file_read(run->arena, file, &run->project->limits,
				      run->diags, &run->definitions))
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
	for (i = 0; i < paths.count; i++)
		if (schema_file_has_name(paths.items[i]) &&
		    tree_view_read(&run->view, paths.items[i], SOURCE_MANIFEST,
				   &file) == TREE_OK &&
		    schema_file_may_define(file) &&
		    !schema_file_read(run->arena, file, &run->project->limits,
				      &silent, &run->definitions))
			continue;
}

bool run_read_schemas(struct run *run)
{
	const struct project *project = run->project;
	const struct value *entry;
	size_t i;

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

void run_make_schemas(struct run *run)
{
	size_t i;

	run->schemas = lint_schemas_new(run->arena);
	for (i = 0; i < run->definitions.count; i++)
		lint_schemas_add(run->schemas, run->definitions.items[i]);
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		if (job->bundle && !job->same && !job->failed)
			lint_schemas_add_bundle(run->schemas, job->bundle);
	}
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		if (job->bundle && !job->same)
			lint_schemas_need(run->schemas, job->bundle);
	}
}
