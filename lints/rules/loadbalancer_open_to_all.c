/*
 * loadbalancer-open-to-all: load balancers that let in everybody.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

/* Clouds mark it with annotations that end in "internal". */
static bool is_internal(const struct object *object)
{
	const struct value_entry *entry;

	value_foreach (entry, value_at(object->root, "metadata.annotations")) {
		const char *value = value_string_or(entry->value, "");

		if (strstr(entry->key, "internal") ||
		    strstr(value, "internal") || strstr(value, "Internal"))
			return true;
	}
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");

	if (value_equals_string(value_get(spec, "type"), "LoadBalancer") &&
	    !value_count(value_get(spec, "loadBalancerSourceRanges")) &&
	    !is_internal(object))
		lint_report(run, value_get(spec, "type"),
			    "LoadBalancer '%s' lets in every source",
			    object->name);
}

const struct lint_rule lint_loadbalancer_open_to_all = {
	.name = "loadbalancer-open-to-all",
	.code = "PL5108",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary =
		"A LoadBalancer is neither internal nor restricted to sources.",
	.why = "Everybody on the internet can reach it.",
	.fix = "Set loadBalancerSourceRanges, or make it internal.",
	.kinds = kinds,
	.check_object = check,
};
