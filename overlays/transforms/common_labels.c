/*
 * commonLabels: labels for everything, templates and selectors included.
 */
#include "overlays/pairs.h"

#include "model/value.h"
#include "overlays/layer.h"
#include "overlays/run.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	/* An empty map is a step only beside labels. */
	if (!value_count(value) &&
	    !value_count(value_get(run->layer->fields, "labels")))
		return true;
	steps_add(run, steps, &transform_common_labels, value,
		  pairs_new(run, value,
			    specs_table(run, run->acc->specs,
					SPECS_COMMON_LABELS)));
	return true;
}

const struct transform transform_common_labels = {
	.field = "commonLabels",
	.kind = "LabelTransformer",
	.summary = "Add labels to resources, templates and selectors.",
	.prepare = prepare,
	.apply = pairs_apply,
};
