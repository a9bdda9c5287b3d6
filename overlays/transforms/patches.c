/*
 * patches: strategic-merge or JSON patches, whichever the text is.
 */
#include "overlays/patch_entry.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/value.h"
#include "overlays/selector.h"
#include "overlays/transform.h"

static bool merge_selected(struct overlay_run *run, const struct step *step,
			   struct accumulator *acc)
{
	struct patch_entry *state = step->state;
	struct stream_objects objects = { 0 };
	struct selector selector;
	size_t i;

	if (state->merges.count > 1)
		return overlay_fail(
			run, &step->config->origin,
			overlay_text(run,
				     "Multiple Strategic-Merge Patches in one "
				     "`patches` entry is not allowed to set "
				     "`patches.target` field: %s",
				     state->shown),
			"an entry with a target may hold one patch only");
	if (!selector_read(run, state->target, false, &selector))
		return false;
	selector_select(run, &selector, acc, &objects);
	patch_aimed(run, step->config, acc, &selector, objects.count);
	for (i = 0; i < objects.count && state->merges.count; i++)
		if (!patch_merge(run, objects.items[i], state->merges.items[0],
				 &state->options))
			return false;
	return true;
}

static bool merge_by_id(struct overlay_run *run,
			const struct patch_entry *state,
			struct accumulator *acc)
{
	size_t i;

	for (i = 0; i < state->merges.count; i++) {
		const struct object *patch = state->merges.items[i];
		struct object *target;

		native_push(run,
			    overlay_text(run,
					 "no resource matches strategic merge "
					 "patch \"%s\": ",
					 resource_text(run, patch)),
			    "");
		target = patch_target(run, acc, patch);
		native_pop(run);
		if (!target ||
		    !patch_merge(run, target, patch, &state->options))
			return false;
		accumulator_sweep(acc);
		if (state->options.name_change || state->options.kind_change)
			accumulator_changed(acc);
	}
	return true;
}

static bool operate(struct overlay_run *run, const struct step *step,
		    struct accumulator *acc)
{
	const struct patch_entry *state = step->state;
	struct stream_objects objects = { 0 };
	struct selector selector;
	size_t i;

	if (!state->target)
		return overlay_fail(run, &step->config->origin,
				    overlay_text(run,
						 "must specify a target for "
						 "JSON patch %s",
						 state->shown),
				    "a JSON patch needs a target");
	if (!selector_read(run, state->target, false, &selector))
		return false;
	selector_select(run, &selector, acc, &objects);
	patch_aimed(run, step->config, acc, &selector, objects.count);
	for (i = 0; i < objects.count; i++) {
		resource_remember(run, objects.items[i]);
		if (!patch_operate(run, objects.items[i], state->operations) ||
		    !patch_keep_annotations(run, objects.items[i], false))
			return false;
		patch_annotations_anew(run, objects.items[i]);
		accumulator_touched(acc, objects.items[i]);
	}
	return true;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	const struct patch_entry *state = step->state;

	if (state->nothing)
		return true;
	if (state->operations)
		return operate(run, step, acc);
	if (!state->target)
		return merge_by_id(run, state, acc);
	if (!merge_selected(run, step, acc))
		return false;
	if (state->options.name_change || state->options.kind_change)
		accumulator_changed(acc);
	return accumulator_rebuild(acc);
}

static bool add(struct overlay_run *run, const struct value *entry,
		struct steps *steps)
{
	struct patch_entry *state = arena_zalloc(run->arena, sizeof(*state));

	if (!patch_entry_load(run, entry, state))
		return false;
	steps_add(run, steps, &transform_patches, entry, state);
	return true;
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	const struct value *entry;
	bool done;

	list_foreach (entry, value) {
		patch_push_config(run, "PatchTransformer",
				  patch_shown(run, entry));
		done = add(run, entry, steps);
		native_pop(run);
		if (!done)
			return false;
	}
	return true;
}

const struct transform transform_patches = {
	.field = "patches",
	.kind = "PatchTransformer",
	.summary = "Apply strategic-merge and JSON patches.",
	.prepare = prepare,
	.configure = add,
	.apply = apply,
};
