/*
 * images: new names, tags and digests for images.
 *
 * Two passes, as in Kustomize: the lists named containers and initContainers
 * at any depth, then the field specs.  Both reach the ordinary places, so that
 * a tagSuffix is put there twice.
 */
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/regex.h"
#include "base/str.h"
#include "overlays/fieldspec_sieve.h"
#include "overlays/hint.h"
#include "overlays/image_name.h"
#include "overlays/node.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

VEC_TYPE(image_places, struct value *);

struct state {
	struct image_places *places; /* of all images, in the order of the passes */
	bool first;            /* it looks for them */
	const struct regex *regex; /* NULL: matches nothing */
	const char *name;
	struct image_change change;
	const struct origin *by;
	const struct fieldspecs *specs;
	bool found;
};

static void change(struct overlay_run *run, struct value *image,
		   struct state *state)
{
	const char *text = node_text(run->arena, image);

	if (!state->regex || !regex_matches(state->regex, text, strlen(text)))
		return;
	state->found = true;
	node_write(run->arena, &image, state->by,
		   image_renamed(run, &state->change, text), NODE_UNTYPED);
}

static bool set(struct overlay_run *run, struct object *object,
		struct value **slot, void *context)
{
	struct state *state = context;

	(void)object;
	if (!node_is_scalar(*slot))
		return overlay_fail(run, &(*slot)->origin,
				    "wrong Node Kind for  expected: ScalarNode",
				    "an image is wanted here, but this is no "
				    "scalar");
	vec_push(run->arena, state->places, *slot);
	change(run, *slot, state);
	return true;
}

static bool set_containers(struct overlay_run *run, struct object *object,
			   struct value *list, struct state *state)
{
	struct value *item;

	list_foreach (item, list) {
		struct value_entry *entry = value_entry(item, "image", 5);

		if (!value_is_map(item) && !value_is_null(item))
			return overlay_fail(run, &item->origin,
					    node_wrong_kind(run->arena, item,
							    "MappingNode"),
					    "a container has to be a map");
		if (entry && entry->value->kind != VALUE_NULL &&
		    !set(run, object, &entry->value, state))
			return false;
	}
	return true;
}

static bool walk(struct overlay_run *run, struct object *object,
		 struct value *node, struct state *state)
{
	struct value_entry *entry;
	struct value *item;

	list_foreach (item, node)
		if (!walk(run, object, item, state))
			return false;
	value_foreach (entry, node) {
		if (!walk(run, object, entry->value, state))
			return false;
		if (((entry->len == 10 &&
		      memcmp(entry->key, "containers", 10) == 0) ||
		     (entry->len == 14 &&
		      memcmp(entry->key, "initContainers", 14) == 0)) &&
		    !set_containers(run, object, entry->value, state))
			return false;
	}
	return true;
}

/* The first entry looks at all there is; the places stay for the others. */
static bool look(struct overlay_run *run, struct accumulator *acc,
		 struct state *state)
{
	const struct fieldspec_action action = { set, state, VALUE_NULL,
						 state->by };
	struct fieldspec_sieve *sieve =
		fieldspec_sieve_new(run, state->specs, false);
	struct object *object;

	accumulator_foreach(object, acc)
	{
		if (strcmp(object->kind, "CustomResourceDefinition") == 0)
			continue;
		if (!walk(run, object, object->root, state) ||
		    !fieldspec_sieve_apply(sieve, object, &action))
			return false;
	}
	return true;
}

struct names {
	struct overlay_run *run;
	const struct image_places *places;
	size_t at;
};

static const char *next_name(void *context)
{
	struct names *names = context;
	const char *text;

	if (names->at >= names->places->count)
		return NULL;
	text = node_text(names->run->arena,
			 names->places->items[names->at++]);
	return image_name(names->run, text);
}

static const char *nearest(struct overlay_run *run, const struct state *state)
{
	struct names names = { run, state->places, 0 };

	return run->facts ? edit_nearest(state->name, next_name, &names) : NULL;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	struct state *state = step->state;
	size_t i;

	if (state->first && !look(run, acc, state))
		return false;
	for (i = 0; !state->first && i < state->places->count; i++)
		change(run, state->places->items[i], state);
	if (!state->found) {
		fact_add(run->facts, FACT_TRANSFORM_MATCHES_NOTHING, state->by,
			 "no image is named \"%s\"", state->name);
		hint_fact(run, nearest(run, state));
	}
	return true;
}

/* The name is inserted as it is: what it holds of a pattern is live. */
static const struct regex *compile(struct overlay_run *run, const char *name)
{
	const char *digest = run->options->compat == OVERLAY_5_8_2
				     ? "@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:"
				       "[a-zA-Z0-9_.{}-]*"
				     : "@sha256:[a-zA-Z0-9_.{}-]*";
	const char *pattern = overlay_text(
		run, "^%s(:[a-zA-Z0-9_.{}-]*)?(%s)?$", name, digest);
	const char *error;

	return regex_compile(run->arena, pattern, strlen(pattern), &error);
}

static struct image_places *add(struct overlay_run *run, struct steps *steps,
			  const struct value *image,
			  const struct fieldspecs *specs,
			  struct image_places *places)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));

	state->name = node_member(run->arena, image, "name");
	state->change.new_name = node_member(run->arena, image, "newName");
	state->change.new_tag = node_member(run->arena, image, "newTag");
	state->change.digest = node_member(run->arena, image, "digest");
	state->change.tag_suffix = node_member(run->arena, image, "tagSuffix");
	state->regex = compile(run, state->name);
	state->by = &image->origin;
	state->specs = specs;
	state->first = !places;
	state->places = places ? places
			       : arena_zalloc(run->arena, sizeof(*places));
	steps_add(run, steps, &transform_images, image, state);
	return state->places;
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	const struct fieldspecs *specs =
		&run->acc->specs->tables[SPECS_IMAGES];
	struct image_places *places = NULL;
	const struct value *image;

	list_foreach (image, value)
		places = add(run, steps, image, specs, places);
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	const struct value *image = value_get(config, "imageTag");

	(void)add(run, steps, image ? image : config,
		  transform_fieldspecs(run, config), NULL);
	vec_last(steps)->config = config;
	return true;
}

const struct transform transform_images = {
	.field = "images",
	.kind = "ImageTagTransformer",
	.summary = "Change names, tags and digests of images.",
	.prepare = prepare,
	.configure = configure,
	.apply = apply,
};
