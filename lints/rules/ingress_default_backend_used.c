/*
 * ingress-default-backend-used: an Ingress that answers for every host.
 */
#include "lints/lint.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *backend =
		value_at(object->root, "spec.defaultBackend");

	if (!backend)
		backend = value_at(object->root, "spec.backend");
	if (backend)
		lint_report(run, backend,
			    "Ingress '%s' has a default backend, which takes "
			    "requests of every host",
			    object->name);
}

const struct lint_rule lint_ingress_default_backend_used = {
	.name = "ingress-default-backend-used",
	.code = "PL5121",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An Ingress has a default backend.",
	.why = "It catches every request that no rule is for.",
	.fix = "Write rules with hosts.",
	.kinds = lint_ingress_kinds,
	.check_object = check,
};
