#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "model/value.h"
#include "overlays/fieldspec.h"
#include "overlays/metadata.h"
#include "overlays/transform.h"

const struct transform *const transforms[] = {
#define TRANSFORM(x) &transform_##x,
#include "overlays/transforms.def"
#undef TRANSFORM
	NULL
};

const struct transform *transform_of_kind(const char *kind)
{
	size_t i;

	for (i = 0; transforms[i]; i++)
		if (transforms[i]->configure &&
		    strcmp(transforms[i]->kind, kind) == 0)
			return transforms[i];
	return NULL;
}

void steps_add(struct overlay_run *run, struct steps *steps,
	       const struct transform *transform, const struct value *config,
	       void *state)
{
	const struct step step = { transform, config, state, NULL };

	vec_push(run->arena, steps, step);
}

/* An inline patch is a source of its own, but stands in the same file. */
static bool is_same_file(const struct source *a, const struct source *b)
{
	return a == b || (a && b && strcmp(a->name, b->name) == 0);
}

/* What fails in a resource or a file is also the entry's that asks for it. */
static bool fail(struct overlay_run *run, const struct step *step)
{
	const struct origin *at = &step->config->origin;
	const struct diag_sink *diags = run->diags;

	if (diags->diags.count &&
	    !is_same_file(origin_source(&(*vec_last(&diags->diags))->origin),
			  origin_source(at)))
		diag_note(run->diags, at, "the entry that asks for it");
	return false;
}

bool steps_apply(struct overlay_run *run, const struct steps *steps,
		 struct accumulator *acc)
{
	size_t i;

	for (i = 0; i < steps->count; i++) {
		const struct step *step = &steps->items[i];

		if (!step->transform->apply(run, step, acc) ||
		    !metadata_transformed(run, step, acc))
			return fail(run, step);
		accumulator_sweep(acc);
	}
	return true;
}

struct fieldspecs *transform_fieldspecs(struct overlay_run *run,
					const struct value *config)
{
	struct fieldspecs *specs = arena_zalloc(run->arena, sizeof(*specs));
	const struct value *list = value_get(config, "fieldSpecs"), *item;

	list_foreach (item, list)
		vec_push(run->arena, specs, fieldspec_read(run, item));
	return specs;
}
