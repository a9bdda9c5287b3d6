#include "overlays/build.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/path.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/ahead.h"
#include "overlays/crds.h"
#include "overlays/generate.h"
#include "overlays/kustomization.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/metadata.h"
#include "overlays/plugin.h"
#include "overlays/run.h"
#include "overlays/schema.h"
#include "overlays/specs.h"
#include "overlays/transform.h"
#include "overlays/vars.h"

static bool append_objects(struct overlay_run *run, struct accumulator *acc,
			   const struct stream_objects *objects,
			   const char *name)
{
	const char *path = metadata_path(run, name);
	size_t i;

	native_push(run,
		    overlay_text(run, "merging resources from '%s': ", name),
		    "");
	for (i = 0; i < objects->count; i++) {
		metadata_loaded(run, objects->items[i], path);
		if (!accumulator_append(acc, objects->items[i]))
			return false;
	}
	native_pop(run);
	return true;
}

static bool add_file(struct overlay_run *run, struct accumulator *acc,
		     const char *name, const struct origin *at)
{
	const struct ahead_file *ahead = ahead_take(run->layer->ahead, name);
	struct stream_objects objects = { 0 };
	struct source *source;
	bool done;

	native_push(
		run,
		overlay_text(run, "accumulating resources from '%s': ", name),
		"");
	run->file = name;
	done = ahead ? stream_take(run, ahead, &objects)
		     : load_file(run, name, at, SOURCE_MANIFEST, &source) &&
			       stream_read(run, source, &objects);
	native_pop(run);
	return done && append_objects(run, acc, &objects, name);
}

/* A file that fails is then tried as a folder; both texts are shown. */
static bool add_file_entry(struct overlay_run *run, struct accumulator *acc,
			   const char *name, const struct origin *at)
{
	bool done;
	const char *then =
		path_is_absolute(name)
			? overlay_text(run, "new root '%s' cannot be absolute",
				       name)
			: overlay_text(run,
				       "must build at directory: '/%s': file "
				       "is not directory",
				       load_path(run, name));

	native_push_attempt(run, "accumulation err='",
			    overlay_text(run, "': %s", then));
	done = add_file(run, acc, name, at);
	native_pop(run);
	return done;
}

static bool check_kind(struct overlay_run *run, const struct layer *layer,
		       bool component, const struct origin *at)
{
	if (layer->component == component)
		return true;
	if (component)
		return overlay_fail(
			run, at,
			overlay_text(run,
				     "expected kind 'Component' for path '/%s' "
				     "but got 'Kustomization'",
				     layer->root),
			"this is a Kustomization; components are of kind "
			"Component");
	return overlay_fail(run, at,
			    overlay_text(run,
					 "expected kind != 'Component' for "
					 "path '/%s'",
					 layer->root),
			    "this is a Component; it belongs under components");
}

static bool enter(struct overlay_run *run, struct layer *layer, const char *dir,
		  const struct origin *at)
{
	const struct limits limits =
		run->options->limits ? *run->options->limits : limits_default();
	struct tree_view *outer = run->view;
	bool done;

	layer->depth = run->layer ? run->layer->depth + 1 : 0;
	if (layer->depth > limits.base_depth)
		return overlay_fail(run, at, NULL,
				    "kustomizations are nested more than %llu "
				    "deep (--limit base-depth)",
				    (unsigned long long)limits.base_depth);
	layer->parent = run->layer;
	layer->root = dir;
	if (!layer->view)
		layer->view = run->view;
	if (run->layer && !layer->cloned)
		layer->cloned = run->layer->cloned;
	run->view = layer->view;
	native_push(
		run,
		overlay_text(run, "couldn't make target for path '/%s': ", dir),
		"");
	done = kustomization_load(run, layer);
	native_pop(run);
	run->view = outer;
	return done;
}

static bool build_into(struct overlay_run *run, struct layer *layer,
		       struct accumulator *acc)
{
	struct layer *outer = run->layer;
	struct accumulator *outer_acc = run->acc;
	struct tree_view *outer_view = run->view;
	bool done;

	native_push(run,
		    overlay_text(run, "recursed accumulation of path '/%s': ",
				 layer->root),
		    "");
	run->layer = layer;
	run->acc = layer->acc = acc;
	run->view = layer->view;
	done = schema_use(run) && build_layer(run, acc);
	run->layer = outer;
	run->acc = outer_acc;
	run->view = outer_view;
	native_pop(run);
	return done;
}

static bool add_layer(struct overlay_run *run, struct accumulator *acc,
		      struct layer *layer, const char *dir,
		      const struct origin *at)
{
	struct accumulator *own;
	bool done;

	if (!enter(run, layer, dir, at) || !check_kind(run, layer, false, at))
		return false;
	own = accumulator_new(run);
	if (!build_into(run, layer, own))
		return false;
	native_push(
		run,
		overlay_text(run, "recursed merging from path '/%s': ", dir),
		"");
	done = accumulator_merge(acc, own);
	native_pop(run);
	return done;
}

static bool add_dir(struct overlay_run *run, struct accumulator *acc,
		    const char *dir, const struct origin *at)
{
	return add_layer(run, acc,
			 arena_zalloc(run->arena, sizeof(struct layer)), dir,
			 at);
}

static bool add_repository(struct overlay_run *run, struct accumulator *acc,
			   const char *name, const struct origin *at)
{
	struct layer *layer = arena_zalloc(run->arena, sizeof(*layer));

	return load_repository(run, name, at, layer) &&
	       add_layer(run, acc, layer, layer->root, at);
}

/* What is absolute is shown as it is written. */
static const char *shown_path(struct overlay_run *run, const char *name)
{
	return path_is_absolute(name)
		       ? name
		       : overlay_text(run, "/%s", load_path(run, name));
}

static bool add_dir_entry(struct overlay_run *run, struct accumulator *acc,
			  const char *name, const struct origin *at)
{
	const char *file_error =
		overlay_text(run, "accumulating resources from '%s': ", name);
	const char *dir;
	bool done;

	if (load_kind_of(run, name) == LOAD_DIR)
		file_error = overlay_text(run, "%s'%s' must resolve to a file",
					  file_error, shown_path(run, name));
	else
		file_error = overlay_text(
			run, "%s%s", file_error,
			load_missing_text(run, load_path(run, name)));
	native_push(run,
		    overlay_text(run, "accumulation err='%s': ", file_error),
		    "");
	if (load_is_remote(name))
		done = add_repository(run, acc, name, at);
	else
		done = load_dir(run, name, at, &dir) &&
		       add_dir(run, acc, dir, at);
	native_pop(run);
	return done;
}

static bool add_entry(struct overlay_run *run, struct accumulator *acc,
		      const struct value *entry)
{
	const char *name = value_string_or(entry, "");

	switch (load_kind_of(run, name)) {
	case LOAD_FILE:
		return add_file_entry(run, acc, name, &entry->origin);
	case LOAD_DIR:
	case LOAD_MISSING:
	case LOAD_REMOTE:
		break;
	}
	return add_dir_entry(run, acc, name, &entry->origin);
}

static bool add_resources(struct overlay_run *run, struct accumulator *acc)
{
	const struct value *list = value_get(run->layer->fields, "resources");
	const struct value *entry;
	struct ahead ahead;

	ahead_read(run, list, &ahead);
	run->layer->ahead = &ahead;
	native_push(run, "accumulating resources: ", "");
	list_foreach (entry, list)
		if (!add_entry(run, acc, entry))
			return false;
	native_pop(run);
	run->layer->ahead = NULL;
	return true;
}

/* What a component has done to the ids is looked at when it is merged. */
static bool check_merged(struct overlay_run *run, struct accumulator *acc,
			 const struct layer *layer)
{
	bool done;

	native_push(run,
		    overlay_text(run, "recursed merging from path '/%s': ",
				 layer->root),
		    "");
	done = accumulator_check(acc);
	native_pop(run);
	return done;
}

static bool add_component(struct overlay_run *run, struct accumulator *acc,
			  const struct value *entry)
{
	struct layer *layer = arena_zalloc(run->arena, sizeof(*layer));
	const char *name = value_string_or(entry, ""), *dir;
	bool done;

	native_push_quoted(run, "loader.New ");
	if (load_is_remote(name)) {
		done = load_repository(run, name, &entry->origin, layer);
		dir = layer->root;
	} else {
		done = load_dir(run, name, &entry->origin, &dir);
	}
	native_pop(run);
	if (!done)
		return false;
	native_push_quoted(run, "accumulateDirectory: ");
	done = enter(run, layer, dir, &entry->origin) &&
	       check_kind(run, layer, true, &entry->origin) &&
	       build_into(run, layer, acc) && check_merged(run, acc, layer);
	native_pop(run);
	return done;
}

static bool add_components(struct overlay_run *run, struct accumulator *acc)
{
	const struct value *list = value_get(run->layer->fields, "components");
	const struct value *entry;

	native_push(run, "accumulating components: ", "");
	list_foreach (entry, list)
		if (!add_component(run, acc, entry))
			return false;
	native_pop(run);
	return true;
}

static bool add_configuration(struct overlay_run *run, struct specs *specs,
			      const struct value *entry)
{
	const struct value *document;
	struct value *config;

	if (!load_document(run, entry, true, &document))
		return false;
	native_push(run, "error unmarshaling JSON: while decoding JSON: ", "");
	config = decode_struct(run, &shape_configuration, document,
			       DECODE_CONFIGURATION);
	native_pop(run);
	return config && specs_configure(run, specs, config);
}

static bool add_configurations(struct overlay_run *run, struct accumulator *acc)
{
	const struct value *list =
		value_get(run->layer->fields, "configurations");
	struct specs *specs = specs_new(run), *all = specs_builtin(run);
	const struct value *entry;

	list_foreach (entry, list)
		if (!add_configuration(run, specs, entry))
			return false;
	return specs_merge(run, all, specs) &&
	       specs_merge(run, acc->specs, all) && crds_add(run, acc);
}

static bool prepare_field(struct overlay_run *run, size_t at,
			  struct steps *steps)
{
	const struct value *value =
		value_get(run->layer->fields, transforms[at]->field);

	return !value || transforms[at]->prepare(run, value, steps);
}

static bool transform_all(struct overlay_run *run, struct accumulator *acc)
{
	struct steps steps = { 0 };
	size_t i;

	for (i = 0; transforms[i]; i++)
		if (transforms[i]->field && !prepare_field(run, i, &steps))
			return false;
	return plugin_transformers(run, &steps) &&
	       steps_apply(run, &steps, acc);
}

bool build_layer(struct overlay_run *run, struct accumulator *acc)
{
	return add_resources(run, acc) && add_configurations(run, acc) &&
	       generate_all(run, acc) && add_components(run, acc) &&
	       transform_all(run, acc) && plugin_validators(run, acc) &&
	       vars_record(run, acc);
}

bool build_configurations(struct overlay_run *run, struct accumulator *acc,
			  const struct value *entry)
{
	return add_entry(run, acc, entry);
}
