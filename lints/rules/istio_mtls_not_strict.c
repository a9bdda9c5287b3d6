/*
 * istio-mtls-not-strict: a mesh that takes plain text.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "networking.istio.io", "DestinationRule" },
	{ "security.istio.io", "PeerAuthentication" },
	{ NULL, NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	bool peers = strcmp(object->kind, "PeerAuthentication") == 0;
	const struct value *mode =
		value_at(object->root, peers ? "spec.mtls.mode"
					     : "spec.trafficPolicy.tls.mode");

	if (peers ? value_is_string(mode) &&
			    !value_equals_string(mode, "STRICT") &&
			    !value_equals_string(mode, "UNSET")
		  : value_equals_string(mode, "DISABLE"))
		lint_report(run, mode, "%s '%s' allows plain text",
			    object->kind, object->name);
}

const struct lint_rule lint_istio_mtls_not_strict = {
	.name = "istio-mtls-not-strict",
	.code = "PLX113",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A policy of Istio allows plain text.",
	.why = "Whoever is on the network can read and send.",
	.fix = "Set STRICT, or ISTIO_MUTUAL.",
	.kinds = kinds,
	.check_object = check,
};
