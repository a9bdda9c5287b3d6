/*
 * patchesStrategicMerge: each entry is a patch, or a file of patches.
 */
#include "overlays/patch.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/value.h"
#include "overlays/node.h"
#include "overlays/transform.h"

struct state {
	struct stream_objects merges;
};

static bool load(struct overlay_run *run, const struct value *entry,
		 struct state *state)
{
	const struct source *source;
	struct stream_objects objects = { 0 };
	size_t i;

	/* A configuration may have something else here. */
	if (!value_is_string(entry))
		entry = value_new_cstring(run->arena, &entry->origin,
					  node_text(run->arena, entry));
	source = stream_inline(run, entry,
			       origin_source(&entry->origin)
				       ? origin_source(&entry->origin)->name
				       : "patch");

	/* Kustomize takes a name for a patch first, and then for a file. */
	if (!stream_try(run, source, &objects)) {
		objects.count = 0;
		run->file = entry->string;
		if (!patch_load(run, entry, NULL, &source) ||
		    !stream_read(run, source, &objects))
			return false;
	}
	for (i = 0; i < objects.count; i++)
		vec_push(run->arena, &state->merges, objects.items[i]);
	return true;
}

static bool add(struct overlay_run *run, const struct value *paths,
		const struct value *text, struct steps *steps)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));
	const struct value *entry;
	struct str shown;

	if (!value_count(paths) && !(value_is_string(text) && text->len))
		return overlay_fail(run,
				    run->plugin ? &run->plugin->origin : NULL,
				    "empty file path and empty patch content",
				    "this has neither paths nor patches");
	str_init(&shown, run->arena);
	list_foreach (entry, paths) {
		str_printf(&shown, "%s%s", entry_at ? " " : "",
			   value_string_or(entry, ""));
		if (!load(run, entry, state))
			return false;
	}
	if (value_is_string(text) &&
	    !stream_read(run, stream_inline(run, text, "patches"),
			 &state->merges))
		return false;
	if (!state->merges.count)
		return overlay_fail(run, paths ? &paths->origin : NULL,
				    overlay_text(run,
						 "patch appears to be empty; "
						 "files=[%s], Patch=%s",
						 str_text(&shown),
						 value_string_or(text, "")),
				    "there is no patch in this");
	steps_add(run, steps, &transform_patches_strategic_merge,
		  paths ? paths : text, state);
	return true;
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	struct value *config = value_new_map(run->arena, &value->origin);
	bool done;

	if (!value_count(value))
		return true;
	value_set(run->arena, config, "paths",
		  value_copy_deep(run->arena, value));
	patch_push_config(run, "PatchStrategicMergeTransformer", config);
	done = add(run, value, NULL, steps);
	native_pop(run);
	return done;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	return add(run, value_get(config, "paths"),
		   value_get(config, "patches"), steps);
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	const struct patch_options options = { .strings = true };
	const struct state *state = step->state;
	size_t i;

	for (i = 0; i < state->merges.count; i++) {
		const struct object *patch = state->merges.items[i];
		struct object *target = patch_target(run, acc, patch);

		if (!target || !patch_merge(run, target, patch, &options))
			return false;
		if (!accumulator_rebuild(acc))
			return false;
	}
	return true;
}

const struct transform transform_patches_strategic_merge = {
	.field = "patchesStrategicMerge",
	.kind = "PatchStrategicMergeTransformer",
	.summary = "Apply strategic-merge patches.",
	.prepare = prepare,
	.configure = configure,
	.apply = apply,
};
