/*
 * patchesJson6902: JSON patches with a target.
 */
#include "overlays/patch.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "model/value.h"
#include "overlays/jsonpatch.h"
#include "overlays/selector.h"
#include "overlays/transform.h"

struct state {
	const struct value *target;
	const struct value *operations;
};

static bool refuse(struct overlay_run *run, const struct value *entry,
		   const char *what)
{
	return overlay_fail(run, &entry->origin, what, "%s", what);
}

static const struct value *given(const struct value *entry, const char *key)
{
	const struct value *value = value_get(entry, key);

	return value_is_string(value) && value->len ? value : NULL;
}

static bool load(struct overlay_run *run, const struct value *entry,
		 const struct value *text, struct state *state)
{
	const struct value *path = given(entry, "path");
	const struct source *source;
	const char *error;

	state->target = value_get(entry, "target");
	if (!given(state->target, "name"))
		return refuse(run, entry, "must specify the target name");
	if (!path && !text)
		return refuse(run, entry, "empty file path and empty jsonOp");
	if (path && text)
		return refuse(run, entry,
			      "must specify a file path or jsonOp, not both");
	if (!patch_load(run, path, text, &source))
		return false;
	if (!source->len)
		return refuse(run, entry,
			      overlay_text(run,
					   "patch file '%s' empty seems to be "
					   "empty",
					   path ? path->string : ""));
	state->operations = jsonpatch_read(run, source, &error);
	if (!state->operations)
		return refuse(run, entry, error);
	if (value_count(state->operations))
		return true;
	return refuse(run, entry,
		      overlay_text(run,
				   "patch appears to be empty; file=%s, "
				   "JsonOp=%s",
				   path ? path->string : "", source->text));
}

static bool add(struct overlay_run *run, const struct value *entry,
		const struct value *text, struct steps *steps)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));

	if (!load(run, entry, text, state))
		return false;
	steps_add(run, steps, &transform_patches_json, entry, state);
	return true;
}

/* What a patch is called in the configuration of the plugin. */
static const struct value *as_config(struct overlay_run *run,
				     const struct value *entry)
{
	struct value *config = value_copy_deep(run->arena, entry);
	struct value *patch = value_get(config, "patch");

	if (patch) {
		value_remove(config, "patch", 5);
		value_set(run->arena, config, "jsonOp", patch);
	}
	value_remove(config, "options", 7);
	return patch_shown(run, config);
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	const struct value *entry;
	bool done;

	list_foreach (entry, value) {
		patch_push_config(run, "PatchJson6902Transformer",
				  as_config(run, entry));
		done = add(run, entry, given(entry, "patch"), steps);
		native_pop(run);
		if (!done)
			return false;
	}
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	return add(run, config, given(config, "jsonOp"), steps);
}

/* A rename here leaves no former id: references do not follow it. */
static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	const struct state *state = step->state;
	struct stream_objects objects = { 0 };
	struct selector selector;
	size_t i;

	if (!selector_read(run, state->target, false, &selector))
		return false;
	selector_select(run, &selector, acc, &objects);
	patch_aimed(run, step->config, acc, &selector, objects.count);
	for (i = 0; i < objects.count; i++) {
		if (!patch_operate(run, objects.items[i], state->operations) ||
		    !patch_keep_annotations(run, objects.items[i], true))
			return false;
		patch_annotations_anew(run, objects.items[i]);
		accumulator_touched(acc, objects.items[i]);
	}
	return true;
}

const struct transform transform_patches_json = {
	.field = "patchesJson6902",
	.kind = "PatchJson6902Transformer",
	.summary = "Apply JSON patches to resources by their name.",
	.prepare = prepare,
	.configure = configure,
	.apply = apply,
};
