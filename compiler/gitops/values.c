#include "compiler/gitops/values.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/json.h"
#include "model/value.h"
#include "templates/chart_values.h"
#include "templates/chart_verbs.h"

void gitops_layers_put(const struct gitops_layers *layers, struct str *out)
{
	const char *error;
	size_t i;

	for (i = 0; i < layers->count; i++) {
		const struct gitops_layer *layer = &layers->items[i];

		str_printf(out, "\n%d%d %s=%s", (int)layer->kind,
			   layer->optional, layer->name ? layer->name : "",
			   layer->text ? layer->text : "");
		if (layer->kind == LAYER_TREE)
			(void)json_write(out, layer->value, NULL, NULL, &error);
	}
}

static bool cannot_read(struct job *job, const struct gitops_layer *layer,
			enum tree_status status)
{
	return diag_error(&job->diags, &layer->value->origin,
			  "cannot read %s: %s",
			  tree_view_display(&job->view, layer->text),
			  tree_status_text(status));
}

static bool lay_text(struct job *job, const struct source *text,
		     struct value *into)
{
	const struct chart_load_options how = {
		.dialect = job->run->dialect,
		.limits = &job->run->project->limits,
	};
	struct value *read =
		chart_values_read(job->arena, text, &how, &job->diags);

	if (!read)
		return false;
	chart_values_merge(job->arena, into, read);
	return true;
}

static bool lay_file(struct job *job, const struct gitops_layer *layer,
		     struct value *into)
{
	struct source *file;
	enum tree_status status =
		tree_view_read(&job->view, layer->text, SOURCE_VALUES, &file);

	if (status == TREE_MISSING && layer->optional)
		return true;
	return status == TREE_OK ? lay_text(job, file, into)
				 : cannot_read(job, layer, status);
}

static bool lay_member(struct job *job, const struct job_source *source,
		       const struct gitops_layer *layer, struct value *into)
{
	const struct source *file = chart_member(source->chart, layer->text);

	if (file)
		return lay_text(job, file, into);
	return layer->optional ||
	       diag_error(&job->diags, &layer->value->origin,
			  "there is no %s in %s", layer->text, source->path);
}

static bool read_set_file(void *context, const char *path, struct text *text,
			  const char **problem)
{
	struct job *job = context;
	struct source *file;
	enum tree_status status =
		tree_view_read(&job->view, path, SOURCE_VALUES, &file);

	if (status != TREE_OK) {
		*problem = arena_printf(job->arena, "%s: %s", path,
					tree_status_text(status));
		return false;
	}
	*text = text_of(file->text, file->len);
	return true;
}

static bool set(struct job *job, const struct gitops_layer *layer,
		enum strvals_form form, struct value *into)
{
	const struct chart_setting setting = {
		.form = form,
		.dialect = job->run->dialect,
		.context = job,
		.read = read_set_file,
	};
	const char *text =
		arena_printf(job->arena, "%s=%s", layer->name, layer->text);

	return chart_values_set(job->arena, &job->diags, into,
				gitops_text(job->arena, layer->value, text),
				&setting);
}

static bool lay(struct job *job, const struct job_source *source,
		const struct gitops_layer *layer, struct value *into)
{
	switch (layer->kind) {
	case LAYER_FILE:
		return lay_file(job, layer, into);
	case LAYER_MEMBER:
		return lay_member(job, source, layer, into);
	case LAYER_TEXT:
		return lay_text(
			job, gitops_text(job->arena, layer->value, layer->text),
			into);
	case LAYER_TREE:
		chart_values_merge(job->arena, into,
				   value_copy_deep(job->arena, layer->value));
		return true;
	case LAYER_SET:
		return set(job, layer, STRVALS_SET, into);
	case LAYER_SET_STRING:
		return set(job, layer, STRVALS_STRING, into);
	case LAYER_SET_FILE:
		return set(job, layer, STRVALS_FILE, into);
	case LAYER_SET_LITERAL:
		return set(job, layer, STRVALS_LITERAL, into);
	}
	return true;
}

bool gitops_layers_merge(struct job *job, struct job_source *source,
			 const struct gitops_layers *layers)
{
	struct value *merged = value_new_map(job->arena, NULL);
	size_t i;

	for (i = 0; i < layers->count; i++)
		if (!lay(job, source, &layers->items[i], merged))
			return false;
	vec_push(job->arena, &source->layers, merged);
	return true;
}
