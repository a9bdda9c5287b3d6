#include "overlays/subjects.h"

#include <string.h>

#include "overlays/node.h"
#include "overlays/resource.h"
#include "overlays/run.h"

void space_set(struct overlay_run *run, struct value *map,
	       const struct space_setting *setting)
{
	struct value_entry *entry = value_entry(map, "namespace", 9);

	if (entry && setting->unset_only && entry->value->kind != VALUE_NULL &&
	    *node_text(run->arena, entry->value))
		return;
	if (!entry)
		entry = value_setn(run->arena, map, "namespace", 9, setting->by,
				   node_scalar(run->arena, setting->by, "", 0,
					       NODE_STRING));
	node_write(run->arena, &entry->value, setting->by, setting->name_space,
		   NODE_STRING);
}

static bool no_subject(struct overlay_run *run, const struct value *subject,
		       const char *of)
{
	return overlay_fail(
		run, &subject->origin,
		overlay_text(
			run,
			"setting namespace on (cluster)role binding "
			"subjects: looking up %s on (cluster)role binding "
			"subject: %s",
			of,
			node_wrong_kind(run->arena, subject, "MappingNode")),
		"a subject of a binding has to be a map");
}

bool subjects_set(struct overlay_run *run, struct object *object,
		  enum subjects which, const struct space_setting *setting)
{
	const struct value *subjects = value_get(object->root, "subjects");
	struct value *subject;

	if (which == SUBJECTS_NONE ||
	    (strcmp(object->kind, "RoleBinding") != 0 &&
	     strcmp(object->kind, "ClusterRoleBinding") != 0))
		return true;
	if (!value_is_null(subjects) && !value_is_list(subjects))
		return overlay_fail(
			run, &subjects->origin,
			overlay_text(run,
				     "setting namespace on (cluster)role "
				     "binding subjects: %s",
				     node_wrong_kind(run->arena, subjects,
						     "SequenceNode")),
			"the subjects of a binding have to be a list");
	list_foreach (subject, subjects) {
		const char *of = which == SUBJECTS_DEFAULT ? "name" : "kind";
		const char *is = which == SUBJECTS_DEFAULT ? "default"
							   : "ServiceAccount";

		if (value_is_null(subject))
			continue;
		if (!value_is_map(subject))
			return no_subject(run, subject, of);
		if (strcmp(node_member(run->arena, subject, of), is) == 0)
			space_set(run, subject, setting);
	}
	return true;
}
