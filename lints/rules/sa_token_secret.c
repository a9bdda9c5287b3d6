/*
 * sa-token-secret: a token without an end.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "", "Secret" }, { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *type = value_get(object->root, "type");

	if (value_equals_string(type, "kubernetes.io/service-account-token"))
		lint_report(run, type,
			    "Secret '%s' asks for a token that never expires",
			    object->name);
}

const struct lint_rule lint_sa_token_secret = {
	.name = "sa-token-secret",
	.code = "PL3131",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A Secret asks for a token of a ServiceAccount.",
	.why = "Such a token never expires, and whoever has read it once "
	       "keeps it.",
	.fix = "Use TokenRequest or a projected token.",
	.kinds = kinds,
	.check_object = check,
};
