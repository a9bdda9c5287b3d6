/*
 * rbac-public-subject: rights for everybody.
 *
 * The cluster itself binds three roles for that; their names begin with
 * "system:".
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/rbac.h"
#include "model/value.h"

static const struct {
	const char *name;
	enum diag_severity severity;
} everybody[] = {
	{ "system:anonymous", DIAG_ERROR },
	{ "system:unauthenticated", DIAG_ERROR },
	{ "system:authenticated", DIAG_WARNING },
	{ "system:serviceaccounts", DIAG_WARNING },
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *subject;
	size_t i;

	if (strncmp(object->name, "system:", 7) == 0)
		return;
	list_foreach (subject, value_get(object->root, "subjects")) {
		const struct value *name = value_get(subject, "name");

		if (value_equals_string(value_get(subject, "kind"),
					"ServiceAccount"))
			continue;
		for (i = 0; i < ARRAY_COUNT(everybody); i++)
			if (value_equals_string(name, everybody[i].name))
				lint_report_as(run, everybody[i].severity, name,
					       "%s '%s' gives rights to %s",
					       object->kind, object->name,
					       everybody[i].name);
	}
}

const struct lint_rule lint_rbac_public_subject = {
	.name = "rbac-public-subject",
	.code = "PL6114",
	.group = LINT_RBAC,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A binding gives rights to everybody, or to everybody with "
		   "an account.",
	.why = "Nobody can say any more who has these rights.",
	.fix = "Bind named users or ServiceAccounts.",
	.kinds = lint_rbac_bindings,
	.check_object = check,
};
