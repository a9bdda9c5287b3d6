/*
 * probe-host-set: the kubelet asks another host.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "model/value.h"

/* On the node's network its loopback is that of the pod. */
static bool is_own(const struct container_ref *c, const char *host)
{
	return value_is_true(value_get(c->pod, "hostNetwork")) &&
	       (strcmp(host, "127.0.0.1") == 0 || strcmp(host, "::1") == 0 ||
		strcmp(host, "localhost") == 0);
}

static void check_handler(struct lint_run *run, const struct container_ref *c,
			  const char *what, const struct value *handlers)
{
	static const char *const names[] = { "httpGet", "tcpSocket" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		const struct value *host =
			value_get(value_get(handlers, names[i]), "host");

		if (value_is_string(host) && *value_string(host) &&
		    !is_own(c, value_string(host)))
			lint_report(run, host,
				    "%s of '%s' sets host '%s': the kubelet "
				    "probes that host instead of the pod",
				    what, container_name(c),
				    value_string(host));
	}
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const probes[] = { "livenessProbe", "readinessProbe",
					      "startupProbe" };
	const struct value *lifecycle = value_get(c->spec, "lifecycle");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(probes); i++)
		check_handler(run, c, probes[i], value_get(c->spec, probes[i]));
	check_handler(run, c, "postStart", value_get(lifecycle, "postStart"));
	check_handler(run, c, "preStop", value_get(lifecycle, "preStop"));
}

const struct lint_rule lint_probe_host_set = {
	.name = "probe-host-set",
	.code = "PL1105",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A probe or a hook names a host.",
	.why = "The kubelet then asks that host and not the pod; with it a "
	       "manifest makes the node send requests anywhere.",
	.fix = "Delete host; to send another Host header use httpHeaders.",
	.check_container = check,
};
