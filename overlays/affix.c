/*
 * Only the resource itself is renamed here.  Whatever refers to it by name is
 * repaired once, after all renames, by name_references.c; that is why former
 * ids are kept.
 */
#include "overlays/affix.h"

#include <string.h>

#include "base/arena.h"
#include "overlays/accumulator.h"
#include "overlays/fieldspec.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

/* Here the name is an identity others rely on; a prefix would change it. */
static bool keeps_its_name(const struct object *object)
{
	const char *kind = resource_first_kind(object);

	return strcmp(kind, "CustomResourceDefinition") == 0 ||
	       strcmp(kind, "Namespace") == 0 ||
	       (strcmp(kind, "APIService") == 0 &&
		strcmp(object->group, "apiregistration.k8s.io") == 0);
}

static bool write_name(struct overlay_run *run, struct object *object,
		       struct value **slot, void *context)
{
	const struct affix *affix = context;
	const char *old = node_text(run->arena, *slot);

	(void)object;
	if (!node_is_scalar(*slot))
		return overlay_fail(run, &(*slot)->origin,
				    node_wrong_kind(run->arena, *slot,
						    "ScalarNode"),
				    "a name is to be written here, but this "
				    "is no scalar");
	node_write(
		run->arena, slot, affix->by,
		overlay_text(run, "%s%s%s", affix->prefix, old, affix->suffix),
		NODE_UNTYPED);
	return true;
}

static void note(struct overlay_run *run, const struct affix *affix,
		 struct object *object)
{
	struct resource *resource = resource_of(object);

	if (affix->sides & AFFIX_PREFIX)
		vec_push(run->arena, &resource->prefixes, affix->prefix);
	if (affix->sides & AFFIX_SUFFIX)
		vec_push(run->arena, &resource->suffixes, affix->suffix);
	if (*affix->prefix || *affix->suffix)
		resource_remember(run, object);
}

bool affix_apply(struct overlay_run *run, const struct step *step,
		 struct accumulator *acc)
{
	const struct affix *affix = step->state;
	const struct fieldspec_action action = { write_name, (void *)affix,
						 VALUE_STRING, affix->by };
	struct object *object;
	size_t i;

	accumulator_foreach(object, acc)
	{
		if (keeps_its_name(object))
			continue;
		for (i = 0; i < affix->specs->count; i++) {
			const struct fieldspec *spec = affix->specs->items[i];

			if (!fieldspec_selects(spec, object->group,
					       object->version,
					       resource_first_kind(object)))
				continue;
			if (strcmp(spec->path, "metadata/name") == 0)
				note(run, affix, object);
			if (!fieldspec_walk(run, object, spec, &action))
				return false;
		}
		resource_refresh(run, object);
	}
	accumulator_changed(acc);
	return true;
}

void affix_prepare(struct overlay_run *run, const struct value *value,
		   enum affix_side side, const struct transform *transform,
		   struct steps *steps)
{
	struct affix *affix = arena_zalloc(run->arena, sizeof(*affix));
	const char *text = value_string(value);

	affix->sides = side;
	affix->prefix = side == AFFIX_PREFIX ? text : "";
	affix->suffix = side == AFFIX_SUFFIX ? text : "";
	affix->by = &value->origin;
	affix->specs =
		&run->acc->specs->tables[side == AFFIX_PREFIX
						 ? SPECS_NAME_PREFIX
						 : SPECS_NAME_SUFFIX];
	if (*text)
		steps_add(run, steps, transform, value, affix);
}

bool affix_configure(struct overlay_run *run, const struct value *config,
		     int sides, const struct transform *transform,
		     struct steps *steps)
{
	struct affix *affix = arena_zalloc(run->arena, sizeof(*affix));

	affix->sides = sides;
	affix->prefix = affix->suffix = "";
	if (sides & AFFIX_PREFIX)
		affix->prefix = node_member(run->arena, config, "prefix");
	if (sides & AFFIX_SUFFIX)
		affix->suffix = node_member(run->arena, config, "suffix");
	affix->by = &config->origin;
	affix->specs = transform_fieldspecs(run, config);
	if (!value_get(config, "fieldSpecs"))
		return overlay_fail(run, &config->origin,
				    "fieldSpecs is not expected to be nil",
				    "fieldSpecs is missing; a plugin has no "
				    "default ones");
	steps_add(run, steps, transform, config, affix);
	return true;
}
