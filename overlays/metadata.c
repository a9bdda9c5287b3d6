#include "overlays/metadata.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "model/resolver.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/layer.h"
#include "overlays/node.h"
#include "overlays/node_places.h"
#include "overlays/patch.h"
#include "overlays/run.h"
#include "overlays/transform.h"

static bool asks_for(struct overlay_run *run, const char *what)
{
	const struct value *list =
		value_get(run->root->fields, "buildMetadata");
	const struct value *item;

	list_foreach (item, list)
		if (value_equals_string(item, what))
			return true;
	return false;
}

const char *metadata_path(struct overlay_run *run, const char *name)
{
	const struct layer *cloned = run->layer->cloned;
	const char *path = overlay_text(run, "/%s/%s", run->layer->root, name);
	const char *root = overlay_text(run, "/%s", run->root->root);

	/* Kustomize's own name for a repository is seen at its root. */
	if (cloned)
		return overlay_text(run, "%s%s",
				    *cloned->root ? "" : "notCloned/",
				    path_clean(run->arena, path) + 1);

	return path_relative(run->arena, path_clean(run->arena, root),
			     path_clean(run->arena, path));
}

struct configured {
	const char *file;
	const char *kind;
	const struct value *metadata;
};

/* Which repository it is in, behind or before what names a file. */
static void put_repository(struct overlay_run *run, struct str *out,
			   const char *indent)
{
	const struct layer *cloned = run->layer->cloned;

	if (!cloned)
		return;
	str_printf(out, "repo: %s\n%s", cloned->repository->repository, indent);
	if (cloned->repository->revision)
		str_printf(out, "ref: %s\n%s", cloned->repository->revision,
			   indent);
}

static void put_configured(struct overlay_run *run, struct str *out,
			   const char *indent,
			   const struct configured *configured)
{
	const struct value *metadata = configured->metadata;
	const char *name = node_member(run->arena, metadata, "name");
	const char *space = node_member(run->arena, metadata, "namespace");

	put_repository(run, out, indent);
	str_printf(out, "configuredIn: %s\n%sconfiguredBy:\n",
		   configured->file ? configured->file
				    : metadata_path(run, run->layer->file),
		   indent);
	str_printf(out, "%s  apiVersion: builtin\n%s  kind: %s\n", indent,
		   indent, configured->kind);
	if (*name)
		str_printf(out, "%s  name: %s\n", indent, name);
	if (*space)
		str_printf(out, "%s  namespace: %s\n", indent, space);
}

/* Whether each object has notes in its annotations, whatever is printed. */
static bool keeps(struct overlay_run *run)
{
	return value_count(value_get(run->root->fields, "buildMetadata")) > 0;
}

void metadata_loaded(struct overlay_run *run, struct object *object,
		     const char *path)
{
	struct str out;

	resource_of(object)->file = path;
	if (!keeps(run))
		return;
	str_init(&out, run->arena);
	str_printf(&out, "path: %s\n", path);
	put_repository(run, &out, "");
	resource_of(object)->origin = str_text(&out);
}

void metadata_generated(struct overlay_run *run, struct object *object,
			const char *kind, const struct value *args,
			const char *file)
{
	const struct configured configured = { file, kind,
					       value_get(args, "metadata") };
	struct str out;

	if (!keeps(run))
		return;
	str_init(&out, run->arena);
	put_configured(run, &out, "", &configured);
	resource_of(object)->origin = str_text(&out);
}

bool metadata_transformed(struct overlay_run *run, const struct step *step,
			  struct accumulator *acc)
{
	const struct configured configured = {
		step->file, step->transform->kind,
		value_get(step->config, "metadata")
	};
	struct object *object;
	const char *text;
	struct str out;

	/* For its notes all annotations are written anew behind each step. */
	if (!keeps(run))
		return true;
	accumulator_foreach(object, acc)
	{
		if (!patch_keep_annotations(run, object, true))
			return false;
		patch_annotations_anew(run, object);
	}
	str_init(&out, run->arena);
	str_puts(&out, "- ");
	put_configured(run, &out, "  ", &configured);
	text = str_text(&out);
	accumulator_foreach(object, acc)
	{
		vec_push(run->arena, &resource_of(object)->transformations,
			 text);
		node_places_annotated(run, object);
	}
	return true;
}

void metadata_show(struct overlay_run *run, struct object *object)
{
	struct value *metadata = value_get(object->root, "metadata");

	if (value_is_map(metadata) &&
	    (object->former_count || resource_of(object)->generated_by ||
	     keeps(run)))
		(void)node_member_map(run->arena, metadata, "annotations",
				      &metadata->origin);
}

static void annotate(struct overlay_run *run, struct object *object,
		     const char *key, const char *text)
{
	const struct origin *by = &run->root->fields->origin;
	struct value *metadata =
		node_member_map(run->arena, object->root, "metadata", by);
	struct value *annotations =
		metadata ? node_member_map(run->arena, metadata, "annotations",
					   by)
			 : NULL;

	if (annotations)
		node_set_string(run->arena, annotations, key, by, text);
}

static void annotate_transformations(struct overlay_run *run,
				     struct object *object)
{
	const struct resource_texts *texts =
		&resource_of(object)->transformations;
	struct str out;
	size_t i;

	if (!texts->count)
		return;
	str_init(&out, run->arena);
	for (i = 0; i < texts->count; i++)
		str_puts(&out, texts->items[i]);
	annotate(run, object, "alpha.config.kubernetes.io/transformations",
		 str_text(&out));
}

static void label(struct overlay_run *run, struct object *object)
{
	static const char *const versions[] = { "v5.8.2", "v5.8.1", "v5.5.0" };
	const struct origin *by = &run->root->fields->origin;
	struct value *metadata =
		node_member_map(run->arena, object->root, "metadata", by);
	struct value *labels =
		metadata ? node_member_map(run->arena, metadata, "labels", by)
			 : NULL;

	if (labels)
		node_set_string(run->arena, labels,
				"app.kubernetes.io/managed-by", by,
				overlay_text(run, "kustomize-%s",
					     versions[run->options->compat]));
}

bool metadata_finish(struct overlay_run *run, struct accumulator *acc)
{
	bool managed = run->options->managed_by_label ||
		       asks_for(run, "managedByLabel");
	bool origins = asks_for(run, "originAnnotations");
	bool steps = asks_for(run, "transformerAnnotations");
	struct object *object;

	accumulator_foreach(object, acc)
	{
		if (origins && resource_of(object)->origin)
			annotate(run, object, "config.kubernetes.io/origin",
				 resource_of(object)->origin);
		if (steps)
			annotate_transformations(run, object);
		if (managed)
			label(run, object);
	}
	return true;
}
