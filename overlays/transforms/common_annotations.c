/*
 * commonAnnotations: annotations for everything and for templates.
 */
#include "overlays/pairs.h"

#include "model/value.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	if (!value_count(value))
		return true;
	steps_add(run, steps, &transform_common_annotations, value,
		  pairs_new(run, value,
			    specs_table(run, run->acc->specs,
					SPECS_COMMON_ANNOTATIONS)));
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	const struct value *pairs = value_get(config, "annotations");

	steps_add(run, steps, &transform_common_annotations, config,
		  pairs_new(run, pairs, transform_fieldspecs(run, config)));
	return true;
}

const struct transform transform_common_annotations = {
	.field = "commonAnnotations",
	.kind = "AnnotationsTransformer",
	.summary = "Add annotations to resources and their templates.",
	.prepare = prepare,
	.configure = configure,
	.apply = pairs_apply,
};
