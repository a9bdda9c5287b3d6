/*
 * PrefixSuffixTransformer: a prefix and a suffix in one.
 */
#include "overlays/affix.h"

#include "base/arena.h"
#include "overlays/transform.h"

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	struct affix *affix = arena_zalloc(run->arena, sizeof(*affix));

	if (!affix_configure(run, config, affix))
		return false;
	affix->has_prefix = true;
	affix->has_suffix = true;
	steps_add(run, steps, &transform_name_affixes, config, affix);
	return true;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	return affix_apply(run, step->state, acc);
}

const struct transform transform_name_affixes = {
	.kind = "PrefixSuffixTransformer",
	.summary = "Put a prefix and a suffix around names.",
	.configure = configure,
	.apply = apply,
};
