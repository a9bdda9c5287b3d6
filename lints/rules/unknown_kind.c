/*
 * unknown-kind: objects of which nothing is known, and nothing is checked.
 *
 * What is known by name only (well-known custom resources) is counted without
 * a word.
 */
#include "lints/lint.h"

#include "lints/schema/groups.h"
#include "lints/schema/lifecycle.h"
#include "lints/schema/validate.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

/* A custom resource that the set itself defines. */
static bool is_defined(struct lint_run *run, const struct object *object)
{
	const struct object_set *crds =
		bundle_of_kind(run->bundle, "apiextensions.k8s.io",
			       "CustomResourceDefinition");
	size_t i;

	for (i = 0; crds && i < crds->objects.count; i++) {
		const struct value *root = crds->objects.items[i]->root;

		if (value_equals_string(value_at(root, "spec.group"),
					object->group) &&
		    value_equals_string(value_at(root, "spec.names.kind"),
					object->kind))
			return true;
	}
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	/* A wrong group of a kind that exists is api-wrong-group's. */
	if (schema_is_known(object) || !*object->kind ||
	    !*object->api_version || schema_group_is_known(object->group) ||
	    lifecycle_has_group(object->group) || is_defined(run, object))
		return;
	lint_report(run, value_get(object->root, "kind"),
		    "no schema for %s %s: not checked", object->api_version,
		    object->kind);
}

const struct lint_rule lint_unknown_kind = {
	.name = "unknown-kind",
	.code = "PL9005",
	.group = LINT_API,
	.severity = DIAG_INFO,
	.core = true,
	.since = "0.1",
	.summary = "Nothing is known of the kind of an object.",
	.why = "Only the rules that hold for all objects are applied to it, so "
	       "that a wrong field goes unnoticed.",
	.fix = "Add its CustomResourceDefinition to the set.",
	.check_object = check,
};
