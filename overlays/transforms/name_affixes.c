/*
 * PrefixSuffixTransformer: a prefix and then a suffix.  The name between the
 * two is a former name as well.
 */
#include "overlays/affix.h"
#include "overlays/transform.h"

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	return affix_configure(run, config, AFFIX_PREFIX,
			       &transform_name_affixes, steps) &&
	       affix_configure(run, config, AFFIX_SUFFIX,
			       &transform_name_affixes, steps);
}

const struct transform transform_name_affixes = {
	.kind = "PrefixSuffixTransformer",
	.summary = "Put a prefix and a suffix around names.",
	.configure = configure,
	.apply = affix_apply,
};
