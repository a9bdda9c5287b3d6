/*
 * selector-empty: a controller that selects nothing, or in a way that cannot
 * be.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "lints/reference.h"
#include "lints/subjects/selector.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "apps", "Deployment" },
					   { "apps", "ReplicaSet" },
					   { "apps", "StatefulSet" },
					   { "apps", "DaemonSet" },
					   { NULL, NULL } };

/* What is wrong with an expression, or NULL. */
static const char *misuse(struct lint_run *run, const struct value *item)
{
	static const char *const operators[] = { "In", "NotIn", "Exists",
						 "DoesNotExist", NULL };
	const char *operator= value_string_or(value_get(item, "operator"), "");
	size_t count = value_count(value_get(item, "values"));
	const char *near;
	size_t i;

	for (i = 0; operators[i]; i++)
		if (strcmp(operators[i], operator) == 0)
			break;
	if (!operators[i]) {
		near = edit_nearest_of(operator, operators);
		return arena_printf(run->arena,
				    "operator '%s' is unknown%s", operator,
				    lint_did_you_mean(run, near));
	}
	if (i < 2 && !count)
		return arena_printf(run->arena,
				    "operator %s needs values", operator);
	if (i >= 2 && count)
		return arena_printf(run->arena,
				    "operator %s takes no values", operator);
	return NULL;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *value = value_get(spec, "selector");
	struct lint_selector selector = lint_selector_of(value);
	const struct value *item;
	const char *reason;

	/* The first version filled it in. */
	if (!value_is_map(spec) || strcmp(object->version, "v1beta1") == 0)
		return;
	if (!value || value_is_null(value)) {
		lint_report_absent(run, spec, "selector",
				   "%s '%s': spec.selector is missing",
				   object->kind, object->name);
		return;
	}
	if (value_is_map(value) && lint_selector_is_empty(&selector))
		lint_report(run, value, "%s '%s': spec.selector is empty",
			    object->kind, object->name);
	list_foreach (item, selector.expressions) {
		reason = misuse(run, item);
		if (reason)
			lint_report(run, item, "%s '%s': %s", object->kind,
				    object->name, reason);
	}
}

const struct lint_rule lint_selector_empty = {
	.name = "selector-empty",
	.code = "PL8006",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary =
		"The selector of a controller is missing, empty or malformed.",
	.why = "The API server rejects the object.",
	.fix = "Set spec.selector.matchLabels to labels of the template.",
	.kinds = kinds,
	.check_object = check,
};
