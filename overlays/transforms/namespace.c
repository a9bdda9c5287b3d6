/*
 * namespace: put every resource that can have one into a namespace.
 *
 * metadata.namespace is set here and not by a field spec, since it depends on
 * the kind whether there is one.  Subjects of role bindings are changed only
 * where they are named "default"; others are repaired by name.
 */
#include <string.h>

#include "base/arena.h"
#include "overlays/id_conflicts.h"
#include "overlays/node.h"
#include "overlays/specs.h"
#include "overlays/subjects.h"
#include "overlays/transform.h"

struct state {
	struct space_setting setting;
	const struct fieldspecs *specs;
	enum subjects subjects;
	size_t wrapped; /* in what the walk stands, among the native texts */
};

static bool set(struct overlay_run *run, struct object *object,
		struct value **slot, void *context)
{
	const struct state *state = context;
	const char *old = node_text(run->arena, *slot);

	(void)object;
	if (!node_is_scalar(*slot)) {
		run->natives.items[state->wrapped].before =
			"namespace field specs must target scalar nodes: ";
		return overlay_fail(
			run, &(*slot)->origin,
			node_wrong_kind(run->arena, *slot, "ScalarNode"),
			"a namespace is to be written here, but this is no "
			"scalar");
	}
	if (state->setting.unset_only && *old && (*slot)->kind != VALUE_NULL)
		return true;
	node_write(run->arena, slot, state->setting.by,
		   state->setting.name_space, NODE_STRING);
	return true;
}

/*
 * The namespace itself and subjects are seen to apart from field specs, and
 * names are those of core resources.
 */
static bool is_left_out(const struct object *object,
			const struct fieldspec *spec)
{
	bool binding = strcmp(spec->kind, "RoleBinding") == 0 ||
		       strcmp(spec->kind, "ClusterRoleBinding") == 0;

	return strcmp(spec->path, "metadata/namespace") == 0 ||
	       (strcmp(spec->path, "metadata/name") == 0 &&
		strcmp(object->api_version, "v1") != 0) ||
	       (binding && strcmp(spec->path, "subjects/namespace") == 0);
}

static bool walk(struct overlay_run *run, struct object *object,
		 const struct fieldspec *spec, struct state *state)
{
	const struct fieldspec_action action = { set, state, VALUE_STRING,
						 state->setting.by };
	bool done;

	state->wrapped = run->natives.count;
	native_push(run, "namespace transformation failed: ", "");
	done = fieldspec_walk(run, object, spec, &action);
	native_pop(run);
	return done;
}

static bool transform(struct overlay_run *run, struct object *object,
		      struct state *state)
{
	struct value *metadata;
	size_t i;

	if (!resource_of(object)->cluster) {
		metadata = node_member_map(run->arena, object->root, "metadata",
					   state->setting.by);
		if (metadata)
			space_set(run, metadata, &state->setting);
	}
	if (!subjects_set(run, object, state->subjects, &state->setting))
		return false;
	for (i = 0; i < state->specs->count; i++) {
		const struct fieldspec *spec = state->specs->items[i];

		if (!is_left_out(object, spec) &&
		    fieldspec_selects(spec, object->group, object->version,
				      object->kind) &&
		    !walk(run, object, spec, state))
			return false;
	}
	resource_refresh(run, object);
	return true;
}

static bool apply(struct overlay_run *run, const struct step *step,
		  struct accumulator *acc)
{
	struct state *state = step->state;
	struct id_conflicts ids;
	struct object *object;

	if (!*state->setting.name_space)
		return true;
	id_conflicts_begin(&ids, run, acc);
	accumulator_foreach(object, acc)
	{
		resource_remember(run, object);
		/* Since 5.8 the namespace of a chart is its release's. */
		if (resource_of(object)->inflated &&
		    run->options->compat != OVERLAY_5_5)
			continue;
		id_conflicts_leave(&ids, object);
		if (!transform(run, object, state) ||
		    !id_conflicts_enter(&ids, object,
					state->setting.name_space))
			return false;
	}
	accumulator_changed(acc);
	return true;
}

static bool prepare(struct overlay_run *run, const struct value *value,
		    struct steps *steps)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));

	state->setting.name_space = value_string(value);
	state->setting.by = &value->origin;
	state->specs = specs_table(run, run->acc->specs, SPECS_NAMESPACE);
	if (*state->setting.name_space)
		steps_add(run, steps, &transform_namespace, value, state);
	return true;
}

static bool configure(struct overlay_run *run, const struct value *config,
		      struct steps *steps)
{
	struct state *state = arena_zalloc(run->arena, sizeof(*state));
	const struct value *metadata = value_get(config, "metadata");
	const char *subjects =
		node_member(run->arena, config, "setRoleBindingSubjects");

	state->setting.name_space =
		node_member(run->arena, metadata, "namespace");
	state->setting.by = &config->origin;
	state->specs = transform_fieldspecs(run, config);
	state->setting.unset_only =
		value_is_true(value_get(config, "unsetOnly"));
	if (strcmp(subjects, "allServiceAccounts") == 0)
		state->subjects = SUBJECTS_ACCOUNTS;
	else if (strcmp(subjects, "none") == 0)
		state->subjects = SUBJECTS_NONE;
	else if (*subjects && strcmp(subjects, "defaultOnly") != 0)
		return overlay_fail(
			run, &config->origin,
			overlay_text(run,
				     "invalid value %s for "
				     "setRoleBindingSubjects: must "
				     "be one of [defaultOnly, "
				     "allServiceAccounts, none]",
				     overlay_go_quote(run, subjects)),
			"setRoleBindingSubjects is \"%s\"; "
			"defaultOnly, allServiceAccounts or none "
			"is needed",
			subjects);
	steps_add(run, steps, &transform_namespace, config, state);
	return true;
}

const struct transform transform_namespace = {
	.field = "namespace",
	.kind = "NamespaceTransformer",
	.summary = "Put every resource that can have one into a namespace.",
	.prepare = prepare,
	.configure = configure,
	.apply = apply,
};
