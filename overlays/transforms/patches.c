/*
 * patches: strategic-merge or JSON patches, whichever the text is.
 */
#include "overlays/patch.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/value.h"
#include "overlays/jsonpatch.h"
#include "overlays/selector.h"
#include "overlays/transform.h"

struct state {
	const struct value *target; /* NULL: none */
	const char *shown;          /* [path: "x"] */
	struct stream_objects merges;
	const struct value *operations; /* NULL: a strategic merge */
	struct patch_options options;
	bool nothing; /* empty, which is ignored since 5.8.1 */
};

static bool check_both(struct overlay_run *run, const struct value *entry,
		       const struct value *path, const struct value *text)
{
	const char *config = patch_config_text(run, entry);

	if (path && text)
		return overlay_fail(run, &entry->origin,
				    overlay_text(run,
						 "patch and path can't be set "
						 "at the same time\n%s",
						 config),
				    "this has both a path and a patch; one of "
				    "them is needed");
	if (path || text)
		return true;
	return overlay_fail(run, &entry->origin,
			    overlay_text(run,
					 "must specify one of patch and path "
					 "in\n%s",
					 config),
			    "this has neither a path nor a patch");
}

/* A text has to be one of the two and not both. */
static bool read_text(struct overlay_run *run, const struct value *entry,
		      const struct source *source, struct state *state)
{
	const char *error;
	bool merges = stream_try(run, source, &state->merges);

	state->operations = jsonpatch_read(run, source, &error);
	if (merges && !state->merges.count && !value_count(state->operations) &&
	    run->options->compat != OVERLAY_5_5) {
		state->nothing = true;
		return true;
	}
	if (merges && state->operations)
		return overlay_fail(run, &entry->origin,
				    overlay_text(run,
						 "illegally qualifies as both "
						 "an SM and JSON patch: %s",
						 state->shown),
				    "this is both a strategic-merge patch and "
				    "a JSON patch");
	if (merges || state->operations)
		return true;
	return overlay_fail(run, &entry->origin,
			    overlay_text(run,
					 "unable to parse SM or JSON patch "
					 "from %s",
					 state->shown),
			    "this is neither a resource to merge nor a list "
			    "of JSON patch operations");
}

static const struct value *given(const struct value *entry, const char *key)
{
	const struct value *value = value_get(entry, key);

	return value_is_string(value) && value->len ? value : NULL;
}

static bool load(struct overlay_run *run, const struct value *entry,
		 struct state *state)
{
	const struct value *path = given(entry, "path");
	const struct value *text = given(entry, "patch");
	const struct value *options = value_get(entry, "options");
	const struct source *source;
	bool done;

	state->target = value_get(entry, "target");
	state->options.name_change =
		value_is_true(value_get(options, "allowNameChange"));
	state->options.kind_change =
		value_is_true(value_get(options, "allowKindChange"));
	state->options.strings = state->target != NULL;
	if (!check_both(run, entry, path, text))
		return false;
	state->shown = overlay_text(
		run, "[%s: %s]", path ? "path" : "patch",
		overlay_go_quote(run, path ? path->string : text->string));
	if (path)
		native_push(run,
			    overlay_text(run,
					 "failed to get the patch file from "
					 "path(%s): ",
					 path->string),
			    "");
	done = patch_load(run, path, text, &source);
	if (path)
		native_pop(run);
	return done && read_text(run, entry, source, state);
}

static bool merge_selected(struct overlay_run *run, const struct step *step,
			   struct accumulator *acc)
{
	struct state *state = step->state;
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
	if (!objects.count)
		patch_missed(run, step->config);
	for (i = 0; i < objects.count && state->merges.count; i++)
		if (!patch_merge(run, objects.items[i], state->merges.items[0],
				 &state->options))
			return false;
	return true;
}

static bool merge_by_id(struct overlay_run *run, const struct state *state,
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
	const struct state *state = step->state;
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
	if (!objects.count)
		patch_missed(run, step->config);
	for (i = 0; i < objects.count; i++) {
		resource_remember(run, objects.items[i]);
		if (!patch_operate(run, objects.items[i], state->operations))
			return false;
		accumulator_touched(acc, objects.items[i]);
	}
	return true;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	const struct state *state = step->state;

	if (state->nothing)
		return true;
	if (state->operations)
		return operate(run, step, acc);
	if (!state->target)
		return merge_by_id(run, state, acc);
	if (!merge_selected(run, step, acc))
		return false;
	accumulator_sweep(acc);
	return (!state->options.name_change && !state->options.kind_change) ||
	       accumulator_check(acc);
}

static bool add(struct overlay_run *run, const struct value *entry,
		struct steps *steps)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));

	if (!load(run, entry, state))
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
		patch_push_config(run, "PatchTransformer", entry);
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
