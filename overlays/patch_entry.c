#include "overlays/patch_entry.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "model/value.h"
#include "overlays/jsonpatch.h"
#include "overlays/run.h"

static bool check_both(struct overlay_run *run, const struct value *entry,
		       const struct value *path, const struct value *text)
{
	const char *config = patch_config_text(
		run, run->plugin ? run->plugin : patch_shown(run, entry));

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
		      const struct source *source, struct patch_entry *state)
{
	const char *error;
	bool merges = stream_try(run, source, &state->merges);

	state->operations = jsonpatch_read(run, source, &error);
	if (merges && !state->merges.count && !value_count(state->operations) &&
	    run->options->compat != OVERLAY_5_5) {
		state->nothing = true;
		return true;
	}
	/* To 5.5 what is empty was both. */
	if (merges && (state->operations || !state->merges.count))
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

	/* Blanks alone are nothing. */
	return value_is_string(value) &&
			       value->string[strspn(value->string, " \t\r\n")]
		       ? value
		       : NULL;
}

/* White space behind an inline patch does not count. */
static const struct value *trimmed(struct overlay_run *run,
				   const struct value *text)
{
	struct value *copy;

	if (!text)
		return NULL;
	copy = value_copy(run->arena, text);
	while (copy->len && strchr(" \t\r\n", copy->string[copy->len - 1]))
		copy->len--;
	copy->string = arena_strndup(run->arena, text->string, copy->len);
	return copy;
}

bool patch_entry_load(struct overlay_run *run, const struct value *entry,
		      struct patch_entry *state)
{
	const struct value *path = given(entry, "path");
	const struct value *text = trimmed(run, given(entry, "patch"));
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
