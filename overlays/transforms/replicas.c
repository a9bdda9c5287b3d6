/*
 * replicas: the number of replicas of a workload, by its name.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/yaml_scalar.h"
#include "overlays/hint.h"
#include "overlays/node.h"
#include "overlays/specs.h"
#include "overlays/transform.h"

struct state {
	const char *name;
	const char *count;
	const struct origin *by;
	const struct fieldspecs *specs;
};

static bool set(struct overlay_run *run, struct object *object,
		struct value **slot, void *context)
{
	const struct state *state = context;

	(void)object;
	if (!node_is_scalar(*slot))
		return overlay_fail(
			run, &(*slot)->origin,
			node_wrong_kind(run->arena, *slot, "ScalarNode"),
			"a number of replicas is to be written "
			"here, but this is no scalar");
	/* A quoted number keeps its quotes and stays a string. */
	node_write(run->arena, slot, state->by, state->count, NODE_UNTYPED);
	if (node_is_quoted(*slot)) {
		node_hide_tag(*slot);
	} else if ((*slot)->style == VALUE_STYLE_PLAIN) {
		const char *text = (*slot)->string;

		yaml_resolve(YAML_KUSTOMIZE, text, (*slot)->len, *slot);
		(*slot)->text = text;
	}
	return true;
}

/* Whether a present or former id has the name and is selected. */
static bool has_id(const struct object *object, const struct state *state,
		   const struct fieldspec *spec)
{
	size_t i;

	if (strcmp(object->name, state->name) == 0 &&
	    fieldspec_selects(spec, object->group, object->version,
			      object->kind))
		return true;
	for (i = 0; i < object->former_count; i++)
		if (strcmp(object->former[i].name, state->name) == 0 &&
		    fieldspec_selects(spec, object->group, object->version,
				      object->former[i].kind))
			return true;
	return false;
}

static bool no_match(struct overlay_run *run, struct accumulator *acc,
		     const struct state *state)
{
	struct str kinds;
	size_t i;

	str_init(&kinds, run->arena);
	for (i = 0; i < state->specs->count; i++) {
		const struct fieldspec *spec = state->specs->items[i];

		str_printf(&kinds, "%s%s.%s.%s", i ? " " : "",
			   *spec->kind ? spec->kind : "[noKind]",
			   *spec->version ? spec->version : "[noVer]",
			   *spec->group ? spec->group : "[noGrp]");
	}
	(void)!overlay_fail(
		run, state->by,
		overlay_text(run,
			     "resource with name %s does not match a config "
			     "with the following GVK [%s]",
			     state->name, str_text(&kinds)),
		"there is no workload named \"%s\" whose replicas could be "
		"set",
		state->name);
	hint_error(run, hint_for(acc, "", state->name));
	return false;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	struct state *state = step->state;
	const struct fieldspec_action action = { set, state, VALUE_STRING,
						 state->by };
	const struct object_set *named = accumulator_named(acc, state->name);
	bool found = false;
	size_t i, j;

	for (i = 0; i < state->specs->count; i++) {
		const struct fieldspec *spec = state->specs->items[i];

		for (j = 0; named && j < named->objects.count; j++) {
			struct object *object = named->objects.items[j];

			if (!has_id(object, state, spec))
				continue;
			found = true;
			if (fieldspec_selects(spec, object->group,
					      object->version, object->kind) &&
			    !fieldspec_walk(run, object, spec, &action))
				return false;
			/* Rows of one's own may lead to the name or kind. */
			if (!spec->builtin) {
				resource_refresh(run, object);
				accumulator_changed(acc);
			}
		}
	}
	return found || no_match(run, acc, state);
}

static void add(struct overlay_run *run, struct steps *steps,
		const struct value *replica, const struct fieldspecs *specs)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));
	int64_t count = 0;

	state->name = node_member(run->arena, replica, "name");
	(void)value_as_int(value_get(replica, "count"), &count);
	state->count = overlay_text(run, "%lld", (long long)count);
	state->by = &replica->origin;
	state->specs = specs;
	steps_add(run, steps, &transform_replicas, replica, state);
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	const struct value *replica;

	list_foreach (replica, value)
		add(run, steps, replica,
		    specs_table(run, run->acc->specs, SPECS_REPLICAS));
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	const struct value *replica = value_get(config, "replica");

	add(run, steps, replica ? replica : config,
	    transform_fieldspecs(run, config));
	vec_last(steps)->config = config;
	return true;
}

const struct transform transform_replicas = {
	.field = "replicas",
	.kind = "ReplicaCountTransformer",
	.summary = "Set the number of replicas of a workload by its name.",
	.prepare = prepare,
	.configure = configure,
	.apply = apply,
};
