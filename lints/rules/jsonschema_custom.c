/*
 * jsonschema-custom: checks that a project writes itself, as JSON Schema.
 *
 * The bundle is walked here, so that objects that others require are looked
 * for once.
 */
#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/schema_checks.h"
#include "model/bundle.h"
#include "model/schema/schema.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "checks", LINT_PARAM_CHECKS, "[]",
	  "Maps of name, target (object, controller, pod-template, pod-spec or "
	  "container), kinds, schema, message and requires (kind, schema)." },
	{ .name = NULL }
};

/* A check, and its schema, which is read once for all objects. */
struct looking {
	struct lint_run *run;
	const struct value *check;
	struct schema_tree *tree; /* NULL: it only requires an object */
};

/* What the check says in its own words is said once, at the first place. */
static void check_value(const struct looking *looking,
			const struct object *object, const struct value *value)
{
	const struct value *check = looking->check;
	const char *name = value_string(value_get(check, "name"));
	const char *message = value_string(value_get(check, "message"));
	struct lint_run *run = looking->run;
	struct arena *arena = arena_new();
	struct schema_result result = { 0 };
	const char *path;
	size_t i;

	if (looking->tree)
		(void)schema_tree_check(looking->tree, value, &result);
	for (i = 0; i < result.count; i++) {
		path = lint_schema_path(arena, result.items[i].pointer);
		if (message)
			lint_report_in(run, object, result.items[i].at,
				       "%s: %s", name, message);
		else
			lint_report_in(run, object, result.items[i].at,
				       "%s: %s%s%s", name, path,
				       *path ? ": " : "", result.items[i].text);
		if (message)
			break;
	}
	arena_free(arena);
}

static void check_required(struct lint_run *run, const struct value *check,
			   const struct object *object,
			   const struct table *spaces)
{
	const char *name_space = lint_namespace(run, object);
	const char *message = value_string(value_get(check, "message"));

	/* What no namespace holds is there for all. */
	if (table_gets(spaces, name_space) || table_gets(spaces, ""))
		return;
	if (message)
		lint_report_in(run, object, object->root, "%s: %s",
			       value_string(value_get(check, "name")), message);
	else
		lint_report_in(run, object, object->root,
			       "%s: namespace '%s' has no %s that fits",
			       value_string(value_get(check, "name")),
			       name_space,
			       value_string(value_at(check, "requires.kind")));
}

static void check_target(const struct looking *looking,
			 const struct podspec *pod)
{
	const struct object *object = pod->object;
	struct container_ref container;

	switch (lint_schema_check_target(looking->check)) {
	case LINT_CHECK_TEMPLATE:
		check_value(looking, object, lint_schema_template(pod));
		break;
	case LINT_CHECK_POD:
		check_value(looking, object, pod->spec);
		break;
	case LINT_CHECK_CONTAINER:
		for (podspec_first(pod, &container); container.spec;
		     podspec_next(&container))
			check_value(looking, object, container.spec);
		break;
	case LINT_CHECK_OBJECT:
	case LINT_CHECK_CONTROLLER:
	case LINT_CHECK_TARGETS:
		check_value(looking, object, object->root);
		break;
	}
}

static void check(struct lint_run *run)
{
	const struct value *checks = lint_param_checks(run, "checks"), *item;
	const struct object *object;
	struct podspec pod;
	struct table spaces;

	list_foreach (item, checks) {
		const struct value *requires = value_get(item, "requires");
		const struct value *schema = value_get(item, "schema");
		const struct looking looking = {
			run, item, schema ? lint_schema_tree(run, schema) : NULL
		};

		if (requires)
			lint_schema_check_find(run, requires, &spaces);
		bundle_foreach (object, run->bundle) {
			if (!lint_schema_check_wants(item, object, &pod))
				continue;
			check_target(&looking, &pod);
			if (requires)
				check_required(run, item, object, &spaces);
		}
	}
}

const struct lint_rule lint_jsonschema_custom = {
	.name = "jsonschema-custom",
	.code = "PL9103",
	.group = LINT_API,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An object does not satisfy a JSON Schema of the project.",
	.why = "What only this project wants of its objects is best written "
	       "down where all objects are looked at.",
	.fix = "Change what the schema asks for, or the schema.",
	.params = params,
	.check_bundle = check,
};
