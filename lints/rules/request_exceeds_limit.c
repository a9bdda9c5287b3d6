/*
 * request-exceeds-limit: more is asked for than is allowed.
 */
#include "lints/lint.h"
#include "lints/schema/quantity.h"
#include "model/value.h"

static void compare(struct lint_run *run, const struct value *resources,
		    const char *whose, const char *name)
{
	const struct value *limits = value_get(resources, "limits");
	const struct value_entry *request;

	value_foreach (request, value_get(resources, "requests")) {
		const struct value *limit =
			value_getn(limits, request->key, request->len);
		struct quantity wanted, allowed;

		if (!quantity_of(request->value, &wanted) ||
		    !quantity_of(limit, &allowed) ||
		    quantity_compare(&wanted, &allowed) <= 0)
			continue;
		lint_report(run, request->value,
			    "%s request %s of %s'%s' exceeds the limit %s",
			    request->key,
			    quantity_text(run->arena, request->value), whose,
			    name, quantity_text(run->arena, limit));
		lint_related(run, limit, "the limit");
	}
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	compare(run, value_get(c->spec, "resources"), "", container_name(c));
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	compare(run, value_get(pod->spec, "resources"), "pod ",
		pod->object->name);
}

const struct lint_rule lint_request_exceeds_limit = {
	.name = "request-exceeds-limit",
	.code = "PL2005",
	.group = LINT_RESOURCES,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A resource request is above the limit.",
	.why = "The API server rejects it.",
	.fix = "Raise the limit or lower the request.",
	.check_pod = check_pod,
	.check_container = check_container,
};
