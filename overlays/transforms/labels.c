/*
 * labels: pairs for metadata.labels, and on request for templates, claims,
 * selectors and fields of one's own.
 */
#include "overlays/pairs.h"

#include "base/arena.h"
#include "model/value.h"
#include "overlays/layer.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

static bool merge(struct overlay_run *run, struct fieldspecs *specs,
		  const struct fieldspecs *more, const struct value *entry)
{
	size_t i;

	for (i = 0; i < more->count; i++)
		if (!fieldspecs_add(run, specs, more->items[i]))
			return overlay_fail(run, &entry->origin,
					    "failed to merge labels: "
					    "conflicting fieldspecs",
					    "a field spec for \"%s\" is there "
					    "with another `create`",
					    more->items[i]->path);
	return true;
}

static bool entry_specs(struct overlay_run *run, const struct value *entry,
			struct fieldspecs *specs)
{
	const struct specs *all = run->acc->specs;
	const struct value *fields = value_get(entry, "fields"), *field;
	struct fieldspecs metadata = { 0 };
	struct fieldspec *own = fieldspec_new(run, "metadata/labels");

	list_foreach (field, fields)
		vec_push(run->arena, specs, fieldspec_read(run, field));
	if (!merge(run, specs, specs_table(run, all, SPECS_LABELS), entry))
		return false;
	if (value_is_true(value_get(entry, "includeSelectors")))
		return merge(run, specs,
			     specs_table(run, all, SPECS_COMMON_LABELS), entry);
	if (value_is_true(value_get(entry, "includeTemplates")) &&
	    !merge(run, specs, specs_table(run, all, SPECS_TEMPLATE_LABELS),
		   entry))
		return false;
	if (value_is_true(value_get(entry, "includeVolumeClaimTemplates")) &&
	    !merge(run, specs, specs_table(run, all, SPECS_CLAIM_LABELS),
		   entry))
		return false;
	own->create = true;
	vec_push(run->arena, &metadata, own);
	return merge(run, specs, &metadata, entry);
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	const struct value *entry;

	list_foreach (entry, value) {
		struct fieldspecs *specs =
			arena_zalloc(run->arena, sizeof(*specs));
		const struct value *pairs = value_get(entry, "pairs");

		if (!entry_specs(run, entry, specs))
			return false;
		steps_add(run, steps, &transform_labels, entry,
			  pairs_new(run, pairs, specs));
	}
	/* Kustomize then has a step for commonLabels, too. */
	if (value_count(value) &&
	    !value_get(run->layer->fields, "commonLabels"))
		steps_add(run, steps, &transform_common_labels, value,
			  pairs_new(run, NULL, NULL));
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	const struct value *pairs = value_get(config, "labels");

	steps_add(run, steps, &transform_labels, config,
		  pairs_new(run, pairs, transform_fieldspecs(run, config)));
	return true;
}

const struct transform transform_labels = {
	.field = "labels",
	.kind = "LabelTransformer",
	.summary = "Add labels, on request to templates and selectors too.",
	.prepare = prepare,
	.configure = configure,
	.apply = pairs_apply,
};
