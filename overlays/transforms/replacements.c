/*
 * replacements: values taken from one resource and written into others.
 */
#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "overlays/kustomization.h"
#include "overlays/load.h"
#include "overlays/patch.h"
#include "overlays/replacement.h"
#include "overlays/transform.h"

VEC_TYPE(replacement_list, const struct value *);

static bool add_decoded(struct overlay_run *run, const struct value *document,
			struct replacement_list *list)
{
	struct value *decoded;

	/* In a file kustomize is not as strict as in the kustomization. */
	native_push(run, "error unmarshaling JSON: while decoding JSON: ", "");
	decoded =
		decode_struct(run, &shape_replacement, document, DECODE_LOOSE);

	if (!decoded)
		return false;
	native_pop(run);
	vec_push(run->arena, list, decoded);
	return true;
}

static const char *go_kind(const struct value *scalar)
{
	if (value_is_string(scalar))
		return "string";
	if (value_is_bool(scalar))
		return "bool";
	return value_is_number(scalar) ? "float64" : "invalid";
}

/* A file holds one replacement, or a list of them. */
static bool read_file(struct overlay_run *run, const struct value *path,
		      struct replacement_list *list)
{
	const struct value *document, *item;

	if (!load_document(run, path, true, &document))
		return false;
	if (value_is_map(document))
		return add_decoded(run, document, list);
	list_foreach (item, document)
		if (!add_decoded(run, item, list))
			return false;
	if (value_is_list(document))
		return true;
	return overlay_fail(run, &document->origin,
			    overlay_text(run,
					 "unsupported replacement type "
					 "encountered within replacement path: "
					 "%s",
					 go_kind(document)),
			    "this is no replacement and no list of them");
}

static bool read_entry(struct overlay_run *run, const struct value *entry,
		       struct replacement_list *list)
{
	const struct value *path = value_get(entry, "path");

	if (!path || !path->len) {
		vec_push(run->arena, list, entry);
		return true;
	}
	if (value_get(entry, "source") ||
	    value_count(value_get(entry, "targets")))
		return overlay_fail(run, &entry->origin,
				    "cannot specify both path and inline "
				    "replacement",
				    "this has both a path and a replacement; "
				    "one of them is needed");
	return read_file(run, path, list);
}

static bool add(struct overlay_run *run, const struct value *entries,
		struct steps *steps)
{
	struct replacement_list *list = arena_zalloc(run->arena, sizeof(*list));
	const struct value *entry;

	list_foreach (entry, entries)
		if (!read_entry(run, entry, list))
			return false;
	if (value_count(entries))
		steps_add(run, steps, &transform_replacements, entries, list);
	return true;
}

/* On its way to the plugin a field of the kustomization loses empty lists. */
static bool prepare(struct overlay_run *run, const struct value *entries,
		    struct steps *steps)
{
	struct value *given = value_copy_deep(run->arena, entries);
	struct value *config = value_new_map(run->arena, &entries->origin);
	struct value *entry;
	bool done;

	list_foreach (entry, given)
		if (!value_count(value_get(entry, "targets")))
			value_remove(entry, "targets", 7);
	value_set(run->arena, config, "Replacements", patch_shown(run, given));
	patch_push_config(run, "ReplacementTransformer", config);
	done = add(run, given, steps);
	native_pop(run);
	return done;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	return add(run, value_get(config, "replacements"), steps);
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	const struct replacement_list *list = step->state;
	size_t i;

	for (i = 0; i < list->count; i++)
		if (!replacement_apply(run, acc, list->items[i]))
			return false;
	return true;
}

const struct transform transform_replacements = {
	.field = "replacements",
	.kind = "ReplacementTransformer",
	.summary = "Write values of one resource into others.",
	.prepare = prepare,
	.configure = configure,
	.apply = apply,
};
