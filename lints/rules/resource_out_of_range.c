/*
 * resource-out-of-range: more or less than the project allows.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/schema/quantity.h"
#include "lints/subjects/resources.h"
#include "model/value.h"

#define BOUND(name, help)                                                      \
	{                                                                      \
		name, LINT_PARAM_TEXT, "\"\"", help " Empty: any."             \
	}

static const struct lint_param params[] = {
	BOUND("cpuMin", "The least CPU."),
	BOUND("cpuMax", "The most CPU."),
	BOUND("memoryMin", "The least memory."),
	BOUND("memoryMax", "The most memory."),
	{ "requestsType", LINT_PARAM_TEXT, "any",
	  "request, limit or any: what is compared." },
	{ .name = NULL }
};

/* A resource and the parameters about it. */
static const struct {
	const char *resource;
	const char *least;
	const char *greatest;
} bounds[] = {
	{ "cpu", "cpuMin", "cpuMax" },
	{ "memory", "memoryMin", "memoryMax" },
};

/* -1: below, 1: above, 0: inside of what the parameter says. */
static int compare(const struct quantity *have, const char *bound)
{
	struct quantity limit;

	if (!*bound || quantity_parse(bound, strlen(bound), &limit))
		return 0;
	return quantity_compare(have, &limit);
}

static void check_list(struct lint_run *run, const struct container_ref *c,
		       const char *list)
{
	struct quantity have;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(bounds); i++) {
		const char *min = lint_param_text(run, bounds[i].least);
		const char *max = lint_param_text(run, bounds[i].greatest);
		const struct value *at =
			lint_resource(c, list, bounds[i].resource);

		if (!quantity_of(at, &have))
			continue;
		if (compare(&have, min) < 0)
			lint_report(run, at, "%s of %s of '%s' is below %s",
				    list, bounds[i].resource, container_name(c),
				    min);
		if (compare(&have, max) > 0)
			lint_report(run, at, "%s of %s of '%s' is above %s",
				    list, bounds[i].resource, container_name(c),
				    max);
	}
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const char *which = lint_param_text(run, "requestsType");

	if (strcmp(which, "limit") != 0)
		check_list(run, c, "requests");
	if (strcmp(which, "request") != 0)
		check_list(run, c, "limits");
}

const struct lint_rule lint_resource_out_of_range = {
	.name = "resource-out-of-range",
	.code = "PL2106",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A request or limit is outside of what the project allows.",
	.why = "A slip in the unit asks for a thousand times what is meant.",
	.fix = "Use a value inside of the bounds.",
	.params = params,
	.check_container = check,
};
