/*
 * server-field-present: fields that the server writes, copied into a source.
 *
 * Empty ones are what generators of code write, and mean nothing.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *const fields[] = {
	"metadata.creationTimestamp",
	"metadata.generation",
	"metadata.managedFields",
	"metadata.resourceVersion",
	"metadata.selfLink",
	"metadata.uid",
	"metadata.annotations[\"deployment.kubernetes.io/revision\"]",
	("metadata.annotations[\"kubectl.kubernetes.io/"
	 "last-applied-configuration\"]"),
	"status",
};

static bool is_empty(const struct value *value)
{
	return value_is_null(value) ||
	       ((value_is_map(value) || value_is_list(value)) &&
		!value_count(value));
}

/* The last key of a path. */
static const char *name_of(struct lint_run *run, const char *path)
{
	const char *open = strstr(path, "[\"");

	if (!open)
		return path;
	return arena_strndup(run->arena, open + 2, strlen(open) - 4);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *address = value_at(object->root, "spec.clusterIP");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(fields); i++) {
		const struct value *value = value_at(object->root, fields[i]);

		/* Generators of definitions write a whole empty status. */
		if (is_empty(value) ||
		    (strcmp(fields[i], "status") == 0 &&
		     strcmp(object->kind, "CustomResourceDefinition") == 0))
			continue;
		lint_report(run, value, "%s is set by the server",
			    name_of(run, fields[i]));
	}
	if (object_is(object, "", "Service") && value_is_string(address) &&
	    *value_string(address) && !value_equals_string(address, "None"))
		lint_report(run, address,
			    "spec.clusterIP is set by the server");
}

const struct lint_rule lint_server_field_present = {
	.name = "server-field-present",
	.code = "PL8123",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "An object holds fields that the server sets.",
	.why = "They are ignored, or make a later apply fail.",
	.fix = "Delete it.",
	.check_object = check,
};
