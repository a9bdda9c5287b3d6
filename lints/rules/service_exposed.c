/*
 * service-exposed: Services that can be reached from outside of the cluster.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = { { "types", LINT_PARAM_TEXTS,
					      "[NodePort, LoadBalancer]",
					      "The types that are reported." },
					    { .name = NULL } };

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *type = value_at(object->root, "spec.type");
	const char *const *types = lint_param_texts(run, "types");

	for (; *types; types++)
		if (value_equals_string(type, *types))
			lint_report(run, type, "Service '%s' has type %s",
				    object->name, *types);
}

const struct lint_rule lint_service_exposed = {
	.name = "service-exposed",
	.code = "PL5106",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Service is of a type that is reachable from outside.",
	.why = "It passes by whatever guards the way in.",
	.fix = "Use ClusterIP behind an Ingress or a Gateway.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
