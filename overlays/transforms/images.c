/*
 * images: new names, tags and digests for images.
 */
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/regex.h"
#include "base/str.h"
#include "base/utf8.h"
#include "overlays/hint.h"
#include "overlays/image_name.h"
#include "overlays/image_places.h"
#include "overlays/node.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

struct state {
	struct image_places *places; /* of all images */
	bool first;                  /* it looks for them */
	const struct regex *regex;   /* NULL: matches nothing */
	bool plain;                  /* compiled only where it has to be */
	const char *name;
	struct image_change change;
	const struct origin *by;
	const struct fieldspecs *specs;
	bool found;
};

/* Before 5.8.2 a name that is no pattern ended the program at an image. */
static bool refuse_name(struct overlay_run *run, const struct state *state)
{
	return overlay_fail(
		run, state->by,
		overlay_text(run, "invalid image name: %s", state->name),
		"the name of an image has to be a pattern");
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

/* To compile a pattern costs more than a small kustomization. */
static bool matches(struct overlay_run *run, struct state *state,
		    const char *image)
{
	size_t len = strlen(image);

	if (state->plain && utf8_ascii_prefix(image, len) == len)
		return image_is_named(image, state->name,
				      run->options->compat == OVERLAY_5_8_2);
	if (!state->regex)
		state->regex = compile(run, state->name);
	return regex_matches(state->regex, image, len);
}

static bool change(struct overlay_run *run, struct value *image, void *context)
{
	struct state *state = context;
	const char *text = node_text(run->arena, image);

	if (!state->plain && !state->regex)
		return run->options->compat == OVERLAY_5_8_2 ||
		       refuse_name(run, state);
	if (!matches(run, state, text))
		return true;
	state->found = true;
	node_write(run->arena, &image, state->by,
		   image_renamed(run, &state->change, text), NODE_UNTYPED);
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
	text = node_text(names->run->arena, names->places->items[names->at++]);
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
	const struct image_visit visit = { change, state, state->by };
	size_t i;

	/* The first entry looks at all there is; the others find it there. */
	if (state->first &&
	    !image_places_find(run, acc, state->specs, &visit, state->places))
		return false;
	for (i = 0; !state->first && i < state->places->count; i++)
		if (!change(run, state->places->items[i], state))
			return false;
	if (!state->found) {
		fact_add(run->facts, FACT_TRANSFORM_MATCHES_NOTHING, state->by,
			 "no image is named \"%s\"", state->name);
		hint_fact(run, nearest(run, state));
	} else {
		fact_add(run->facts, FACT_MATCHED, state->by, "%s", "");
	}
	return true;
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
	state->plain = image_is_plain(state->name);
	state->regex = state->plain ? NULL : compile(run, state->name);
	state->by = &image->origin;
	state->specs = specs;
	state->first = !places;
	state->places =
		places ? places : arena_zalloc(run->arena, sizeof(*places));
	steps_add(run, steps, &transform_images, image, state);
	return state->places;
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	const struct fieldspecs *specs =
		specs_table(run, run->acc->specs, SPECS_IMAGES);
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
