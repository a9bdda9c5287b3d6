/*
 * resource-ratio-too-high: the limit is far above the request.
 */
#include "base/attr.h"
#include "lints/lint.h"
#include "lints/schema/quantity.h"
#include "lints/subjects/resources.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "max", LINT_PARAM_NUMBER, "2.5",
	  "The greatest limit in relation to the request." },
	{ .name = NULL }
};

enum {
	MILLI = 1000000 /* billionths */
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const names[] = { "cpu", "memory" };
	double max = lint_param_number(run, "max");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		const struct value *limit =
			lint_resource(c, "limits", names[i]);
		struct quantity wanted, allowed;
		uint64_t request, most;

		if (!quantity_of(lint_resource(c, "requests", names[i]),
				 &wanted) ||
		    !quantity_of(limit, &allowed) ||
		    !quantity_scaled(&wanted, MILLI, &request) ||
		    !quantity_scaled(&allowed, MILLI, &most) || !request)
			continue;
		if ((double)most > (double)request * max)
			lint_report(run, limit,
				    "%s limit of '%s' is %.1f times its "
				    "request",
				    names[i], container_name(c),
				    (double)most / (double)request);
	}
}

const struct lint_rule lint_resource_ratio_too_high = {
	.name = "resource-ratio-too-high",
	.code = "PL2107",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A limit is far above the request.",
	.why = "A node that is full by requests has no room for what limits "
	       "promise.",
	.fix = "Raise the request or lower the limit.",
	.params = params,
	.check_container = check,
};
