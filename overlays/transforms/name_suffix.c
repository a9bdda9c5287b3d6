/*
 * nameSuffix: put a suffix after the name of every resource.
 */
#include "base/arena.h"
#include "model/value.h"
#include "overlays/affix.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	return affix_apply(run, step->state, acc);
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	struct affix *affix = arena_zalloc(run->arena, sizeof(*affix));

	affix->suffix = value_string(value);
	affix->prefix = "";
	affix->has_suffix = true;
	affix->by = &value->origin;
	affix->specs = &run->acc->specs->tables[SPECS_NAME_SUFFIX];
	if (*affix->suffix)
		steps_add(run, steps, &transform_name_suffix, value, affix);
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	struct affix *affix = arena_zalloc(run->arena, sizeof(*affix));

	if (!affix_configure(run, config, affix))
		return false;
	affix->prefix = "";
	affix->has_suffix = true;
	steps_add(run, steps, &transform_name_suffix, config, affix);
	return true;
}

const struct transform transform_name_suffix = {
	.field = "nameSuffix",
	.kind = "SuffixTransformer",
	.summary = "Put a suffix after the name of every resource.",
	.prepare = prepare,
	.configure = configure,
	.apply = apply,
};
