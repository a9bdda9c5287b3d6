/*
 * endpointslice-loopback: endpoints on the node itself.
 */
#include "lints/lint.h"
#include "lints/subjects/address.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "", "Endpoints" },
					   { "discovery.k8s.io",
					     "EndpointSlice" },
					   { NULL, NULL } };

static void check_address(struct lint_run *run, const struct value *address)
{
	const char *text = value_string_or(address, "");

	if (lint_ip_is_local(text))
		lint_report(run, address,
			    "address %s is loopback or link-local "
			    "(CVE-2021-25737)",
			    text);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *item, *address;

	list_foreach (item, value_get(object->root, "endpoints"))
		list_foreach (address, value_get(item, "addresses"))
			check_address(run, address);
	list_foreach (item, value_get(object->root, "subsets"))
		list_foreach (address, value_get(item, "addresses"))
			check_address(run, value_get(address, "ip"));
}

const struct lint_rule lint_endpointslice_loopback = {
	.name = "endpointslice-loopback",
	.code = "PL5115",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "An endpoint is a loopback or link-local address.",
	.why = "It leads to services of the node or of its cloud that trust "
	       "what comes from there.",
	.fix = "Use a routable address.",
	.kinds = kinds,
	.check_object = check,
};
