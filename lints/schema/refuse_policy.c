/*
 * Expressions of admission policies, and of the conditions of webhooks: the
 * server compiles them when they are applied.
 */
#include "base/vec.h"
#include "lints/run.h"
#include "lints/schema/cel.h"
#include "lints/schema/refuse.h"
#include "model/value.h"
#include "model/value_path.h"

/* What the policy calls `variables`, whichever part of it this is. */
static const char *const *composed(struct schema_walk *walk,
				   const struct schema_at *at)
{
	VEC(const char *) names = { 0 };
	const struct value *item;

	while (at->up)
		at = at->up;
	list_foreach (item, value_at(at->value, "spec.variables"))
		vec_push(walk->run->arena, &names,
			 value_string_or(value_get(item, "name"), ""));
	vec_push(walk->run->arena, &names, NULL);
	return names.items;
}

static void check(struct schema_walk *walk, const struct schema_at *at,
		  const char *field)
{
	static const char *const variables[] = {
		"object",     "oldObject",       "request",   "params",
		"authorizer", "namespaceObject", "variables", NULL
	};
	const struct value *expression = value_get(at->value, field);
	const struct cel_names names = { variables, composed(walk, at) };
	struct cel_problem problem;
	const char *why =
		cel_complaint(walk->run->arena, expression, &names, &problem);

	if (!why)
		return;
	schema_refuse_field(walk, at, field, "%s", why);
	lint_in_part(walk->run, expression, problem.begin, problem.len);
}

void schema_check_expression(struct schema_walk *walk,
			     const struct schema_at *at)
{
	check(walk, at, "expression");
}

void schema_check_audit_annotation(struct schema_walk *walk,
				   const struct schema_at *at)
{
	check(walk, at, "valueExpression");
}

void schema_check_validation(struct schema_walk *walk,
			     const struct schema_at *at)
{
	check(walk, at, "expression");
	check(walk, at, "messageExpression");
}
