/*
 * ValueAddTransformer: a value written into fields, or put into a path that
 * stands there.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "model/yaml_read.h"
#include "overlays/field_path.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/node.h"
#include "overlays/selector.h"
#include "overlays/transform.h"

struct state {
	const char *value;
	const struct value *targets;
	const struct origin *by;
	int64_t position; /* of the target at work */
};

/* a/b with x at 2 is a/x/b; a slash in front stays. */
static const char *inserted(struct overlay_run *run, const char *path,
			    const char *part, int64_t position)
{
	bool absolute = *path == '/';
	const char *at = path + absolute;
	int64_t place = 1;
	struct str out;

	str_init(&out, run->arena);
	if (absolute)
		str_putc(&out, '/');
	for (; *at; place++) {
		size_t len = strcspn(at, "/");

		if (place == position)
			str_printf(&out, "%s/", part);
		str_put(&out, at, len);
		at += len;
		if (*at == '/') {
			str_putc(&out, '/');
			at++;
		}
	}
	if (place <= position)
		str_printf(&out, "%s%s", place > 1 ? "/" : "", part);
	return str_text(&out);
}

/* Its text, that of a null included. */
static const char *written(struct overlay_run *run, const struct value *value)
{
	if (value_is_null(value) && value->text)
		return value->text;
	return node_text(run->arena, value);
}

/* Parts are separated by slashes, "\/" is one in a name. */
static struct path_parts split(struct overlay_run *run, const char *path)
{
	struct path_parts parts = { 0 };
	struct str part;

	while (*path) {
		str_init(&part, run->arena);
		for (; *path && *path != '/'; path++) {
			if (path[0] == '\\' && path[1] == '/')
				path++;
			str_putc(&part, *path);
		}
		if (part.len)
			vec_push(run->arena, &parts, str_text(&part));
		path += *path == '/';
	}
	return parts;
}

static bool write_object(struct overlay_run *run, const struct state *state,
			 const char *path, struct object *object)
{
	const struct path_parts parts = split(run, path);
	const char *wrong;
	struct value **slot =
		field_path_make(run, &object->root, &parts, state->by, &wrong);

	if (wrong)
		return overlay_fail(run, &object->root->origin, wrong,
				    "field %s of %s \"%s\": %s", path,
				    object->kind, object->name, wrong);
	if (slot)
		node_write(run->arena, slot, state->by,
			   state->position > 0
				   ? inserted(run, written(run, *slot),
					      state->value, state->position)
				   : state->value,
			   NODE_UNTYPED);
	resource_refresh(run, object);
	return true;
}

static bool write_target(struct overlay_run *run, struct accumulator *acc,
			 struct state *state, const struct value *target)
{
	const char *path = node_member(run->arena, target, "fieldPath");
	struct stream_objects objects = { 0 };
	struct selector selector;
	size_t i;

	state->position = 0;
	(void)value_as_int(value_get(target, "filePathPosition"),
			   &state->position);
	if (!selector_read(run, value_get(target, "selector"), false,
			   &selector))
		return false;
	selector_select(run, &selector, acc, &objects);
	for (i = 0; i < objects.count; i++) {
		struct object *object = objects.items[i];

		/* A namespace is only for those that can have one. */
		if (strcmp(path, "metadata/namespace") == 0 &&
		    resource_of(object)->cluster)
			continue;
		if (!write_object(run, state, path, object))
			return false;
	}
	accumulator_changed(acc);
	return true;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	struct state *state = step->state;
	const struct value *target;

	list_foreach (target, state->targets)
		if (!write_target(run, acc, state, target))
			return false;
	return true;
}

static bool read_targets(struct overlay_run *run, const struct value *path,
			 struct state *state)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = run->options->limits };
	struct yaml_problem problem = { 0 };
	struct source *source;
	const struct value *document;

	if (!load_file(run, path->string, &path->origin, SOURCE_KUSTOMIZATION,
		       &source))
		return false;
	document = yaml_read(run->arena, source, 0, source->len, &options,
			     &problem);
	if (!document)
		return yaml_problem_report(run->diags, source, &problem);
	state->targets = value_get(document, "targets");
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));
	const struct value *path = value_get(config, "targetFilePath");
	const struct value *target;

	state->value = node_member(run->arena, config, "value");
	if (!*state->value)
		state->value = path_base(run->arena, run->layer->root);
	state->targets = value_get(config, "targets");
	state->by = &config->origin;
	if (value_is_string(path) && !read_targets(run, path, state))
		return false;
	if (!value_count(state->targets))
		return overlay_fail(run, &config->origin,
				    "must specify at least one target",
				    "there is no target");
	list_foreach (target, state->targets)
		if (!*node_member(run->arena, target, "fieldPath"))
			return overlay_fail(run, &target->origin,
					    "fieldPath cannot be empty",
					    "this target has no fieldPath");
	steps_add(run, steps, &transform_value_add, config, state);
	return true;
}

const struct transform transform_value_add = {
	.kind = "ValueAddTransformer",
	.summary = "Write a value into fields, or into paths in them.",
	.configure = configure,
	.apply = apply,
};
