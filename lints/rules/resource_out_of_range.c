/*
 * resource-out-of-range: more or less than the project allows.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/resources.h"
#include "lints/schema/quantity.h"
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

static void compare(struct lint_run *run, const struct container_ref *c,
		    const char *list, const char *resource, const char *least,
		    const char *greatest)
{
	const struct value *at = lint_resource(c, list, resource);
	const char *min = lint_param_text(run, least);
	const char *max = lint_param_text(run, greatest);
	struct quantity have, bound;

	if (!quantity_of(at, &have))
		return;
	if (*min && !quantity_parse(min, strlen(min), &bound) &&
	    quantity_compare(&have, &bound) < 0)
		lint_report(run, at, "%s of %s of '%s' is below %s", list,
			    resource, container_name(c), min);
	if (*max && !quantity_parse(max, strlen(max), &bound) &&
	    quantity_compare(&have, &bound) > 0)
		lint_report(run, at, "%s of %s of '%s' is above %s", list,
			    resource, container_name(c), max);
}

static void check_list(struct lint_run *run, const struct container_ref *c,
		       const char *list)
{
	compare(run, c, list, "cpu", "cpuMin", "cpuMax");
	compare(run, c, list, "memory", "memoryMin", "memoryMax");
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
