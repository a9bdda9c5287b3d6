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
	const char *old = node_text(run->arena, *slot), *name;

	if (!node_is_scalar(*slot))
		return overlay_fail(
			run, &(*slot)->origin,
			node_wrong_kind(run->arena, *slot, "ScalarNode"),
			"a name is to be written here, but this "
			"is no scalar");
	name = affix->side == AFFIX_PREFIX
		       ? overlay_text(run, "%s%s", affix->text, old)
		       : overlay_text(run, "%s%s", old, affix->text);
	node_write(run->arena, slot, affix->by, name, NODE_UNTYPED);
	/* Bare, so that what is around it says whether it is a null. */
	if (!*name)
		node_settle_flow(object->root, false);
	return true;
}

static void note(struct overlay_run *run, const struct affix *affix,
		 struct object *object)
{
	struct resource *resource = resource_of(object);

	if (affix->side == AFFIX_PREFIX)
		vec_push(run->arena, &resource->prefixes, affix->text);
	else
		vec_push(run->arena, &resource->suffixes, affix->text);
	if (*affix->text)
		resource_remember(run, object);
}

static bool put_on(struct overlay_run *run, const struct affix *affix,
		   struct accumulator *acc)
{
	const struct fieldspec_action action = { write_name, (void *)affix,
						 VALUE_STRING, affix->by };
	struct object *object;
	size_t i;

	accumulator_foreach(object, acc)
	{
		const struct object was = *object;

		if (keeps_its_name(object))
			continue;
		for (i = 0; i < affix->specs->count; i++) {
			const struct fieldspec *spec = affix->specs->items[i];

			if (!fieldspec_selects(spec, was.group, was.version,
					       resource_first_kind(&was)))
				continue;
			if (strcmp(spec->path, "metadata/name") == 0)
				note(run, affix, object);
			/* A patch may have changed the kind, or another row. */
			if (fieldspec_selects(spec, object->group,
					      object->version, object->kind) &&
			    !fieldspec_walk(run, object, spec, &action))
				return false;
			resource_refresh(run, object);
		}
	}
	accumulator_changed(acc);
	return true;
}

/* The name between a prefix and a suffix of one plugin is a former one, too. */
bool affix_apply(struct overlay_run *run, const struct step *step,
		 struct accumulator *acc)
{
	const struct affix *affix = step->state;

	for (; affix; affix = affix->then)
		if (!put_on(run, affix, acc))
			return false;
	return true;
}

void affix_prepare(struct overlay_run *run, const struct value *value,
		   enum affix_side side, const struct transform *transform,
		   struct steps *steps)
{
	struct affix *affix = arena_zalloc(run->arena, sizeof(*affix));
	const char *text = value_string(value);

	affix->side = side;
	affix->text = text;
	affix->by = &value->origin;
	affix->specs = specs_table(run, run->acc->specs,
				   side == AFFIX_PREFIX ? SPECS_NAME_PREFIX
							: SPECS_NAME_SUFFIX);
	if (*text)
		steps_add(run, steps, transform, value, affix);
}

/* These plugins pass over rows that are null; others read one without a path.
 */
static const struct value *without_nulls(struct overlay_run *run,
					 const struct value *config)
{
	struct value *copy = value_copy_deep(run->arena, config);
	struct value *rows = value_get(copy, "fieldSpecs");
	size_t i = 0;

	while (value_is_list(rows) && i < value_count(rows))
		if (value_is_null(value_item(rows, i)))
			value_remove_at(rows, i);
		else
			i++;
	return copy;
}

static struct affix *given(struct overlay_run *run, const struct value *config,
			   enum affix_side side)
{
	struct affix *affix = arena_zalloc(run->arena, sizeof(*affix));

	affix->side = side;
	affix->text = node_member(run->arena, config,
				  side == AFFIX_PREFIX ? "prefix" : "suffix");
	affix->by = &config->origin;
	affix->specs = transform_fieldspecs(run, without_nulls(run, config));
	return affix;
}

/* Kustomize's own text counts lines of a file that nobody has. */
static bool has_types(struct overlay_run *run, const struct value *config)
{
	static const char *const texts[] = { "prefix", "suffix" };
	const struct value *specs = value_get(config, "fieldSpecs");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(texts); i++) {
		const struct value *text = value_get(config, texts[i]);

		if (text && !node_is_scalar(text))
			return overlay_fail(run, &text->origin,
					    "yaml: unmarshal errors: cannot "
					    "unmarshal it into string",
					    "%s has to be a text", texts[i]);
	}
	return value_is_null(specs) || value_is_list(specs) ||
	       overlay_fail(run, &specs->origin,
			    "yaml: unmarshal errors: cannot unmarshal it into "
			    "types.FsSlice",
			    "fieldSpecs has to be a list");
}

bool affix_configure(struct overlay_run *run, const struct value *config,
		     int sides, const struct transform *transform,
		     struct steps *steps)
{
	struct affix *affix =
		given(run, config,
		      sides & AFFIX_PREFIX ? AFFIX_PREFIX : AFFIX_SUFFIX);

	if (!has_types(run, config))
		return false;
	if (sides == (AFFIX_PREFIX | AFFIX_SUFFIX))
		affix->then = given(run, config, AFFIX_SUFFIX);
	if (value_is_null(value_get(config, "fieldSpecs")))
		return overlay_fail(run, &config->origin,
				    "fieldSpecs is not expected to be nil",
				    "fieldSpecs is missing; a plugin has no "
				    "default ones");
	steps_add(run, steps, transform, config, affix);
	return true;
}
