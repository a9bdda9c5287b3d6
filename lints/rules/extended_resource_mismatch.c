/*
 * extended-resource-mismatch: devices that cannot be shared or overcommitted.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/schema/quantity.h"
#include "lints/subjects/resources.h"
#include "model/value.h"

static bool is_hugepages(const char *name)
{
	return strncmp(name, "hugepages-", strlen("hugepages-")) == 0;
}

/* A name with a domain that is not Kubernetes' own. */
static bool is_extended(const char *name)
{
	return strchr(name, '/') && !strstr(name, "kubernetes.io/");
}

static void refuse(struct lint_run *run, const struct container_ref *c,
		   const struct value *at, const char *name, const char *reason)
{
	lint_report(run, at, "%s of '%s': %s", name, container_name(c), reason);
}

static void check_list(struct lint_run *run, const struct container_ref *c,
		       const char *list)
{
	bool requests = strcmp(list, "requests") == 0;
	const struct value_entry *entry;
	struct quantity have, other;

	value_foreach (entry,
		       value_get(value_get(c->spec, "resources"), list)) {
		const char *name = entry->key;
		const struct value *beside = lint_resource(
			c, requests ? "limits" : "requests", name);

		if ((!is_extended(name) && !is_hugepages(name)) ||
		    !quantity_of(entry->value, &have))
			continue;
		if (!is_hugepages(name) && quantity_is_fractional(&have))
			refuse(run, c, entry->value, name,
			       "only whole numbers are allowed");
		else if (requests && !beside)
			refuse(run, c, entry->value, name,
			       "the limit is missing");
		else if (requests && quantity_of(beside, &other) &&
			 quantity_compare(&have, &other) != 0)
			refuse(run, c, entry->value, name,
			       "request and limit differ");
		if (is_hugepages(name) &&
		    !lint_resource(c, "requests", "cpu") &&
		    !lint_resource(c, "limits", "cpu") &&
		    !lint_resource(c, "requests", "memory") &&
		    !lint_resource(c, "limits", "memory") &&
		    !value_get(c->pod, "resources"))
			refuse(run, c, entry->value, name,
			       "hugepages need cpu or memory beside them");
	}
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	check_list(run, c, "requests");
	check_list(run, c, "limits");
}

const struct lint_rule lint_extended_resource_mismatch = {
	.name = "extended-resource-mismatch",
	.code = "PL2109",
	.group = LINT_RESOURCES,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary =
		"Requests of devices or huge pages are not what they may be.",
	.why = "The API server rejects it: devices are given whole, and as "
	       "many as are asked for.",
	.fix = "Set request and limit to the same whole number.",
	.check_container = check,
};
