/*
 * nameSuffix: put a suffix after the name of every resource.
 */
#include "overlays/affix.h"
#include "overlays/transform.h"

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	affix_prepare(run, value, AFFIX_SUFFIX, &transform_name_suffix, steps);
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	return affix_configure(run, config, AFFIX_SUFFIX,
			       &transform_name_suffix, steps);
}

const struct transform transform_name_suffix = {
	.field = "nameSuffix",
	.kind = "SuffixTransformer",
	.summary = "Put a suffix after the name of every resource.",
	.prepare = prepare,
	.configure = configure,
	.apply = affix_apply,
};
