/*
 * unknown-kind: objects of which nothing is known, and nothing is checked.
 *
 * What is known by name only (well-known custom resources) is counted without
 * a word, unless --require-schemas asks for one.
 */
#include "lints/lint.h"

#include "lints/config.h"
#include "lints/schema/lifecycle.h"
#include "lints/schema/store.h"
#include "model/custom_kinds.h"
#include "model/object.h"
#include "model/value.h"

static bool is_known(struct lint_run *run, const struct object *object)
{
	/* A wrong group of a kind that exists is api-wrong-group's. */
	if (lint_has_schema(run->schemas, run->bundle, object) ||
	    lifecycle_has_group(object->group))
		return true;
	return !run->config->layers->require_schemas &&
	       (custom_kind_has_group(object->group) ||
		lint_schemas_definition(run->schemas, run->bundle,
					object->group, object->kind));
}

static void check(struct lint_run *run, const struct object *object)
{
	if (!*object->kind || !*object->api_version || is_known(run, object))
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
	.fix = "Add its CustomResourceDefinition to the set, to vendor/ or to "
	       "schemas:.",
	.check_object = check,
};
