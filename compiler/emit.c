#include "compiler/emit.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/run.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "overlays/overlay.h"

static const struct value *
output_setting(const struct run *run, const struct job *job, const char *name)
{
	const struct value *own =
		value_get(value_get(job->target->node, "output"), name);

	return own ? own
		   : value_get(value_get(run->project->root, "output"), name);
}

/* -o is relative to the working directory, `dir:` to the project file. */
static const char *output_dir(struct run *run, struct job *job)
{
	const struct value *dir = output_setting(run, job, "dir");
	const char *text;

	if (run->options->output)
		return run->options->output;
	if (!dir)
		return NULL;
	text = scope_text(&job->scope, dir);
	return text ? tree_view_display(&job->view, job_path(job, text)) : NULL;
}

/* The path below the folder, names replaced; NULL: reported. */
static const char *output_path(struct run *run, struct job *job)
{
	const struct value *path = output_setting(run, job, "path");
	const char *text, *env = job->environment->name;

	if (!path)
		return arena_printf(job->arena, "%s%s%s.yaml", env,
				    *env ? "/" : "", job->target->name);
	text = scope_text(&job->scope, path);
	if (!text)
		return NULL;
	text = path_clean(job->arena, text);
	if (path_is_absolute(text) || strncmp(text, "../", 3) == 0) {
		diag_error(&job->diags, &path->origin,
			   "output.path %s leads out of the output folder",
			   text);
		return NULL;
	}
	return text;
}

static bool put_header(struct run *run, struct job *job, struct str *out)
{
	const struct value *header = output_setting(run, job, "header");
	const char *text;

	if (!header)
		return true;
	text = scope_text(&job->scope, header);
	if (!text)
		return false;
	str_puts(out, text);
	if (*text && text[strlen(text) - 1] != '\n')
		str_putc(out, '\n');
	return true;
}

/* Two bundles in one file would overwrite each other. */
static bool claim(struct table *taken, struct job *job, const char *path)
{
	struct job *other = table_puts(taken, path, job);

	return !other || diag_error(&job->diags, NULL,
				    "%s and %s would both be written to %s",
				    job_name(other), job_name(job), path);
}

static bool put_object(struct job *job, const struct object *object,
		       struct str *out)
{
	const char *error = NULL;
	struct overlay_options options = {
		.view = &job->view,
		.diags = &job->diags,
		.compat = job->run->overlay_compat,
	};

	if (job->kustomized)
		return overlay_write_object(object->root, &options, out);
	if (yaml_emit(out, object->root, YAML_FORM_HELM, NULL, &error))
		return true;
	return diag_error(&job->diags, &object->root->origin,
			  "%s %s cannot be written: %s", object->kind,
			  object->name, error ? error : "it has no YAML form");
}

/* Characters that are safe in a file's name everywhere. */
static const char *safe(struct arena *arena, const char *name)
{
	char *copy = arena_strdup(arena, name), *at;

	for (at = copy; *at; at++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
			    "wxyz0123456789._-",
			    *at))
			*at = '_';
	return copy;
}

/* output.path names the object: one file for each. */
static bool write_objects(struct run *run, struct job *job, const char *dir,
			  struct table *taken)
{
	struct object *object, plain;
	const char *path;
	struct str out;
	bool good = true;

	bundle_foreach (object, job->bundle) {
		plain = *object;
		plain.kind = safe(job->arena, object->kind);
		plain.name = safe(job->arena, object->name);
		plain.name_space = safe(job->arena, object->name_space);
		job->scope.object = &plain;
		path = output_path(run, job);
		job->scope.object = NULL;
		if (!path)
			return false;
		path = path_join(job->arena, dir, path);
		str_init(&out, job->arena);
		good = claim(taken, job, path) && put_header(run, job, &out) &&
		       put_object(job, object, &out) &&
		       file_write(job->arena, &job->diags, path, out.text,
				  out.len) != FILE_FAILED &&
		       good;
	}
	return good;
}

static bool is_per_object(const struct run *run, const struct job *job)
{
	const char *path = value_string(output_setting(run, job, "path"));

	return path && strstr(path, "${object.");
}

static bool write_job(struct run *run, struct job *job, struct table *taken)
{
	const char *dir = output_dir(run, job), *path;
	enum file_result result;
	struct str out;

	if (!dir)
		return diag_error(&job->diags, NULL,
				  "nothing says where to write %s",
				  job_name(job));
	if (is_per_object(run, job))
		return write_objects(run, job, dir, taken);
	path = output_path(run, job);
	if (!path)
		return false;
	path = path_join(job->arena, dir, path);
	str_init(&out, job->arena);
	if (!claim(taken, job, path) || !put_header(run, job, &out) ||
	    !job_write(job, &out))
		return false;
	result = file_write(job->arena, &job->diags, path, str_text(&out),
			    out.len);
	if (result != FILE_FAILED && !run->options->quiet)
		fprintf(stderr, "%s %s\n",
			result == FILE_WRITTEN ? "wrote" : "unchanged", path);
	return result != FILE_FAILED;
}

/* The bundle itself is the product. */
static bool write_stdout(struct run *run, struct job *job)
{
	struct str out;

	str_init(&out, job->arena);
	if (!put_header(run, job, &out) || !job_write(job, &out)) {
		job->failed = true;
		return true;
	}
	return invocation_print(run->invocation, &out, STATUS_CLEAN) ==
	       STATUS_CLEAN;
}

bool emit_bundles(struct run *run)
{
	bool to_files =
		run->options->output ||
		value_get(value_get(run->project->root, "output"), "dir");
	struct table taken;
	size_t i;

	for (i = 0; i < run->jobs.count; i++)
		if (output_setting(run, run->jobs.items[i], "dir"))
			to_files = true;
	if (!to_files && run->jobs.count != 1) {
		diag_error(run->diags, NULL,
			   "%zu bundles were asked for and nothing says where "
			   "to write them",
			   run->jobs.count);
		diag_help(run->diags, "name one, or use -o DIR");
		return false;
	}
	if (!to_files)
		return run->jobs.items[0]->failed
			       ? true
			       : write_stdout(run, run->jobs.items[0]);
	table_init(&taken, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (!job->failed && !write_job(run, job, &taken))
			job->failed = true;
	}
	return true;
}
