/*
 * traefik-tls-minimum-unset: a TLSOption that takes old protocols.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "traefik.containo.us",
					     "TLSOption" },
					   { "traefik.io", "TLSOption" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *least = value_get(spec, "minVersion");

	if (!value_equals_string(least, "VersionTLS12") &&
	    !value_equals_string(least, "VersionTLS13"))
		lint_report(run, least ? least : spec,
			    "TLSOption '%s' allows old TLS", object->name);
}

const struct lint_rule lint_traefik_tls_minimum_unset = {
	.name = "traefik-tls-minimum-unset",
	.code = "PLX128",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A TLSOption allows versions of TLS below 1.2.",
	.why = "They are broken, and browsers have left them.",
	.fix = "Set minVersion: VersionTLS12.",
	.kinds = kinds,
	.check_object = check,
};
