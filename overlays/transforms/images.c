/*
 * images: new names, tags and digests for images.
 *
 * Two passes, as in Kustomize: the lists named containers and initContainers
 * at any depth, then the field specs.  Both reach the ordinary places, so that
 * a tagSuffix is put there twice.
 */
#include <string.h>

#include "base/arena.h"
#include "base/regex.h"
#include "base/str.h"
#include "overlays/node.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

struct state {
	const struct regex *regex; /* NULL: matches nothing */
	const char *name;
	const char *new_name;
	const char *new_tag;
	const char *digest;
	const char *tag_suffix;
	const struct origin *by;
	const struct fieldspecs *specs;
	bool found;
};

struct image {
	const char *name;
	const char *tag;    /* NULL: none */
	const char *digest; /* NULL: none */
};

/* Behind the first slash, so that the port of a registry is no tag. */
static struct image split(struct overlay_run *run, const char *text)
{
	struct image image = { text, NULL, NULL };
	const char *slash = strchr(text, '/');
	const char *rest = slash && slash != text ? slash : text;
	const char *colon = strchr(rest, ':');
	const char *at = strchr(rest, '@');

	if (at && colon && colon > at)
		colon = NULL;
	if (at)
		image.digest = at + 1;
	if (colon)
		image.tag = arena_strndup(run->arena, colon + 1,
					  at ? (size_t)(at - colon - 1)
					     : strlen(colon + 1));
	if (colon || at)
		image.name =
			arena_strndup(run->arena, text,
				      (size_t)((colon ? colon : at) - text));
	return image;
}

static const char *renamed(struct overlay_run *run, const struct state *state,
			   const char *text)
{
	struct image image = split(run, text);
	struct str out;

	if (*state->new_name)
		image.name = state->new_name;
	if (*state->new_tag && *state->digest) {
		image.tag = state->new_tag;
		image.digest = state->digest;
	} else if (*state->new_tag) {
		image.tag = state->new_tag;
		image.digest = NULL;
	} else if (*state->digest) {
		image.tag = NULL;
		image.digest = state->digest;
	} else if (*state->tag_suffix) {
		image.tag =
			overlay_text(run, "%s%s", image.tag ? image.tag : "",
				     state->tag_suffix);
		image.digest = NULL;
	}
	str_init(&out, run->arena);
	str_puts(&out, image.name);
	if (image.tag && *image.tag)
		str_printf(&out, ":%s", image.tag);
	if (image.digest && *image.digest)
		str_printf(&out, "@%s", image.digest);
	return str_text(&out);
}

static bool set(struct overlay_run *run, struct object *object,
		struct value **slot, void *context)
{
	struct state *state = context;
	const char *text = node_text(run->arena, *slot);

	(void)object;
	if (!node_is_scalar(*slot))
		return overlay_fail(run, &(*slot)->origin,
				    "wrong Node Kind for  expected: ScalarNode",
				    "an image is wanted here, but this is no "
				    "scalar");
	if (!state->regex || !regex_matches(state->regex, text, strlen(text)))
		return true;
	state->found = true;
	node_write(run->arena, slot, state->by, renamed(run, state, text),
		   NODE_UNTYPED);
	return true;
}

static bool set_containers(struct overlay_run *run, struct object *object,
			   struct value *list, struct state *state)
{
	struct value *item;

	list_foreach (item, list) {
		struct value_entry *entry = value_entry(item, "image", 5);

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
		if ((strcmp(entry->key, "containers") == 0 ||
		     strcmp(entry->key, "initContainers") == 0) &&
		    !set_containers(run, object, entry->value, state))
			return false;
	}
	return true;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	struct state *state = step->state;
	const struct fieldspec_action action = { set, state, VALUE_STRING,
						 state->by };
	struct object *object;

	accumulator_foreach(object, acc)
	{
		if (strcmp(object->kind, "CustomResourceDefinition") == 0)
			continue;
		if (!walk(run, object, object->root, state) ||
		    !fieldspecs_apply(run, object, state->specs, &action))
			return false;
	}
	if (!state->found)
		fact_add(run->facts, FACT_TRANSFORM_MATCHES_NOTHING, state->by,
			 "no image is named \"%s\"", state->name);
	return true;
}

/* The name is inserted as it is: what it holds of a pattern is live. */
static const struct regex *compile(struct overlay_run *run, const char *name)
{
	const char *digest = run->options->compat == OVERLAY_5_8_2
				     ? "@[a-zA-Z0-9_.{}-]*:[a-zA-Z0-9_.{}-]*"
				     : "@sha256:[a-zA-Z0-9_.{}-]*";
	const char *pattern = overlay_text(
		run, "^%s(:[a-zA-Z0-9_.{}-]*)?(%s)?$", name, digest);
	const char *error;

	return regex_compile(run->arena, pattern, strlen(pattern), &error);
}

static void add(struct overlay_run *run, struct steps *steps,
		const struct value *image, const struct fieldspecs *specs)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));

	state->name = node_member(run->arena, image, "name");
	state->new_name = node_member(run->arena, image, "newName");
	state->new_tag = node_member(run->arena, image, "newTag");
	state->digest = node_member(run->arena, image, "digest");
	state->tag_suffix = node_member(run->arena, image, "tagSuffix");
	state->regex = compile(run, state->name);
	state->by = &image->origin;
	state->specs = specs;
	steps_add(run, steps, &transform_images, image, state);
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	const struct value *image;

	list_foreach (image, value)
		add(run, steps, image, &run->acc->specs->tables[SPECS_IMAGES]);
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	const struct value *image = value_get(config, "imageTag");

	add(run, steps, image ? image : config,
	    transform_fieldspecs(run, config));
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
