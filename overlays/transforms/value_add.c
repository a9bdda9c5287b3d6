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
#include "overlays/slash_path.h"
#include "overlays/subjects.h"
#include "overlays/transform.h"

struct state {
	const char *value;
	const struct value *targets;
	const struct origin *by;
	int64_t position; /* of the target at work */
};

/* Its text, that of a null included. */
static const char *written(struct overlay_run *run, const struct value *value)
{
	if (value_is_null(value) && value->text)
		return value->text;
	return node_text(run->arena, value);
}

static bool write_object(struct overlay_run *run, const struct state *state,
			 const char *path, struct object *object)
{
	const struct path_parts parts = slash_path_split(run, path);
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
				   ? slash_path_insert(run, written(run, *slot),
						       state->value,
						       state->position)
				   : state->value,
			   NODE_UNTYPED);
	resource_refresh(run, object);
	return true;
}

/* Set as the namespace transformer does it, whatever the position. */
static bool write_space(struct overlay_run *run, const struct state *state,
			struct object *object)
{
	const struct space_setting setting = { .name_space = state->value,
					       .by = state->by };
	struct value *metadata = NULL;
	bool done;

	if (!resource_of(object)->cluster)
		metadata = node_member_map(run->arena, object->root, "metadata",
					   state->by);
	if (metadata)
		space_set(run, metadata, &setting);
	done = subjects_set(run, object, SUBJECTS_DEFAULT, &setting);
	resource_refresh(run, object);
	return done;
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

		if (strcmp(path, "metadata/namespace") == 0
			    ? !write_space(run, state, object)
			    : !write_object(run, state, path, object))
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

/* Those of a file come behind the others. */
static bool read_targets(struct overlay_run *run, const struct value *path,
			 struct value *targets)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = run->options->limits };
	struct yaml_problem problem = { 0 };
	struct source *source;
	struct value *document, *target;

	if (!load_file(run, path->string, &path->origin, SOURCE_KUSTOMIZATION,
		       &source))
		return false;
	document = yaml_read(run->arena, source, 0, source->len, &options,
			     &problem);
	if (!document)
		return yaml_problem_report(run->diags, source, &problem);
	list_foreach (target, value_get(document, "targets"))
		value_append(run->arena, targets, target);
	return true;
}

static bool check_target(struct overlay_run *run, const struct value *target)
{
	int64_t position = 0;

	if (!*node_member(run->arena, target, "fieldPath"))
		return overlay_fail(run, &target->origin,
				    "fieldPath cannot be empty",
				    "this target has no fieldPath");
	(void)value_as_int(value_get(target, "filePathPosition"), &position);
	return position >= 0 ||
	       overlay_fail(run, &target->origin,
			    overlay_text(run,
					 "value of FilePathPosition (%lld) "
					 "cannot be negative",
					 (long long)position),
			    "positions begin at 1");
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));
	const struct value *path = value_get(config, "targetFilePath");
	struct value *targets = value_new_list(run->arena, &config->origin);
	struct value *target;

	state->value =
		overlay_trim(run, node_member(run->arena, config, "value"));
	if (!*state->value)
		state->value = path_base(run->arena, run->layer->root);
	list_foreach (target, value_get(config, "targets"))
		value_append(run->arena, targets, target);
	state->targets = targets;
	state->by = &config->origin;
	if (value_is_string(path) && *path->string &&
	    !read_targets(run, path, targets))
		return false;
	if (!value_count(state->targets))
		return overlay_fail(run, &config->origin,
				    "must specify at least one target",
				    "there is no target");
	list_foreach (target, state->targets)
		if (!check_target(run, target))
			return false;
	steps_add(run, steps, &transform_value_add, config, state);
	return true;
}

const struct transform transform_value_add = {
	.kind = "ValueAddTransformer",
	.summary = "Write a value into fields, or into paths in them.",
	.configure = configure,
	.apply = apply,
};
