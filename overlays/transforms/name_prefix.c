/*
 * namePrefix: put a prefix before the name of every resource.
 */
#include "overlays/affix.h"
#include "overlays/transform.h"

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	affix_prepare(run, value, AFFIX_PREFIX, &transform_name_prefix, steps);
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	return affix_configure(run, config, AFFIX_PREFIX,
			       &transform_name_prefix, steps);
}

const struct transform transform_name_prefix = {
	.field = "namePrefix",
	.kind = "PrefixTransformer",
	.summary = "Put a prefix before the name of every resource.",
	.prepare = prepare,
	.configure = configure,
	.apply = affix_apply,
};
