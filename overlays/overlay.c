#include "overlays/overlay.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/tree.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"
#include "overlays/accumulator.h"
#include "overlays/build.h"
#include "overlays/hash.h"
#include "overlays/kustomization.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/local.h"
#include "overlays/metadata.h"
#include "overlays/name_references.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/schema.h"
#include "overlays/settle.h"
#include "overlays/sort.h"
#include "overlays/stream.h"
#include "overlays/vars.h"

static struct bundle *finish(struct overlay_run *run, struct accumulator *acc)
{
	struct bundle *bundle;
	struct object *object;

	if (!hash_suffixes(run, acc) || !name_references_fix(run, acc) ||
	    !vars_resolve(run, acc))
		return NULL;
	accumulator_foreach(object, acc)
	{
		/* A patch may have taken away what names it. */
		if (resource_of(object)->patched &&
		    (!*object->kind || !*object->name) &&
		    !stream_validate(run, resource_annotated(run, object)))
			return NULL;
	}
	if (!local_drop(run, acc) || !sort_resources(run, acc) ||
	    !metadata_finish(run, acc))
		return NULL;
	bundle = bundle_new(run->arena, NULL);
	accumulator_foreach(object, acc)
	{
		if (!run->options->only_written)
			settle(object->root);
		bundle_append(bundle, object);
	}
	return bundle;
}

static struct bundle *build(struct overlay_run *run, struct bundle *sources,
			    const char *dir)
{
	struct layer *layer = arena_zalloc(run->arena, sizeof(*layer));
	struct object *object;

	layer->root = dir;
	layer->view = run->view;
	if (!kustomization_load(run, layer))
		return NULL;
	run->layer = run->root = layer;
	if (!schema_use(run))
		return NULL;
	run->acc = layer->acc = accumulator_new(run);
	if (sources)
		bundle_foreach (object, sources)
			if (!accumulator_append(
				    run->acc, resource_new(run, object->root)))
				return NULL;
	if (!build_layer(run, run->acc))
		return NULL;
	return finish(run, run->acc);
}

/* The root's own folder has to be one, and its links are resolved. */
static bool locate(struct overlay_run *run, const char *dir, const char **real)
{
	struct tree_stat stat;
	const char *native;

	if (tree_view_resolve(run->view, dir, real) != TREE_OK ||
	    tree_view_stat(run->view, *real, &stat) != TREE_OK)
		native = overlay_text(run,
				      "must build at directory: not a valid "
				      "directory: %s",
				      load_missing_text(run, dir));
	else if (stat.kind != TREE_DIR)
		native = overlay_text(run,
				      "must build at directory: '/%s': file "
				      "is not directory",
				      dir);
	else
		return true;
	return overlay_fail(run, NULL, native,
			    "%s is no folder with a kustomization",
			    tree_view_display(run->view, dir));
}

struct bundle *overlay_apply(struct arena *arena,
			     const struct overlay_options *options,
			     struct bundle *sources, const char *dir)
{
	struct overlay_run run = {
		.arena = arena,
		.view = options->view,
		.diags = options->diags,
		.facts = options->facts,
		.options = options,
	};
	const char *real;

	run.texts = yaml_texts_new(arena);
	table_init(&run.types, arena);
	table_init(&run.separators, arena);
	return locate(&run, dir, &real) ? build(&run, sources, real) : NULL;
}

struct bundle *overlay_build(struct arena *arena,
			     const struct overlay_options *options,
			     const char *dir)
{
	return overlay_apply(arena, options, NULL, dir);
}
