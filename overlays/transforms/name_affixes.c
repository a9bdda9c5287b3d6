/*
 * PrefixSuffixTransformer: a prefix and a suffix in one.
 */
#include "overlays/affix.h"
#include "overlays/transform.h"

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	return affix_configure(run, config, AFFIX_PREFIX | AFFIX_SUFFIX,
			       &transform_name_affixes, steps);
}

const struct transform transform_name_affixes = {
	.kind = "PrefixSuffixTransformer",
	.summary = "Put a prefix and a suffix around names.",
	.configure = configure,
	.apply = affix_apply,
};
