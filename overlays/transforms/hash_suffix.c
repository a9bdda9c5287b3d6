/*
 * HashTransformer: put the hash suffixes on now and not at the end.
 */
#include "overlays/hash.h"

#include "overlays/transform.h"

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	steps_add(run, steps, &transform_hash_suffix, config, NULL);
	return true;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	(void)step;
	return hash_suffixes(run, acc);
}

const struct transform transform_hash_suffix = {
	.kind = "HashTransformer",
	.summary = "Put hash suffixes behind the names that want one.",
	.configure = configure,
	.apply = apply,
};
