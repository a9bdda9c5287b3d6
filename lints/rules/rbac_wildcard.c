/*
 * rbac-wildcard: a rule of a role has '*' for resources, verbs or groups.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"
#include "model/value.h"

static void check_field(struct lint_run *run, const struct value *rule,
			size_t index, const char *field,
			enum diag_severity severity)
{
	const struct value *item;

	list_foreach (item, value_get(rule, field)) {
		if (!value_equals_string(item, "*"))
			continue;
		lint_report_as(run, severity, item,
			       "rule %zu of %s '%s' has '*' in %s", index,
			       run->object->kind, run->object->name, field);
		return;
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;

	list_foreach (rule, value_get(object->root, "rules")) {
		check_field(run, rule, rule_at, "resources", DIAG_WARNING);
		check_field(run, rule, rule_at, "verbs", DIAG_WARNING);
		check_field(run, rule, rule_at, "apiGroups", DIAG_INFO);
	}
}

const struct lint_rule lint_rbac_wildcard = {
	.name = "rbac-wildcard",
	.code = "PL6002",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A rule of a role has '*' in resources, verbs or apiGroups.",
	.why = "It also allows what the next version of the cluster, or the "
	       "next operator, adds.",
	.fix = "List what is needed.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
