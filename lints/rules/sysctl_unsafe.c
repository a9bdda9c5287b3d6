/*
 * sysctl-unsafe: a setting of the kernel that is not known to be harmless.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct {
	const char *name;
	unsigned since;
} safe[] = {
	{ "kernel.shm_rmid_forced", 0 },
	{ "net.ipv4.ip_local_port_range", 0 },
	{ "net.ipv4.ip_unprivileged_port_start", 0 },
	{ "net.ipv4.tcp_syncookies", 0 },
	{ "net.ipv4.ping_group_range", 0 },
	{ "net.ipv4.ip_local_reserved_ports", 27 },
	{ "net.ipv4.tcp_keepalive_time", 29 },
	{ "net.ipv4.tcp_keepalive_intvl", 29 },
	{ "net.ipv4.tcp_keepalive_probes", 29 },
	{ "net.ipv4.tcp_fin_timeout", 29 },
	{ "net.ipv4.tcp_rmem", 32 },
	{ "net.ipv4.tcp_wmem", 32 },
	{ "net.ipv4.tcp_slow_start_after_idle", 37 },
	{ "net.ipv4.tcp_notsent_lowat", 37 },
};

static bool is_safe(const struct lint_run *run, const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(safe); i++)
		if (strcmp(safe[i].name, name) == 0)
			return run->kubernetes.oldest >= safe[i].since;
	return false;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *sysctl, *name;

	list_foreach (sysctl, value_at(pod->spec, "securityContext.sysctls")) {
		name = value_get(sysctl, "name");
		if (value_is_string(name) && !is_safe(run, value_string(name)))
			lint_report(run, name,
				    "sysctl '%s' is not in the safe set of "
				    "Kubernetes 1.%u",
				    value_string(name), run->kubernetes.oldest);
	}
}

const struct lint_rule lint_sysctl_unsafe = {
	.name = "sysctl-unsafe",
	.code = "PL3116",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A pod sets a sysctl that is not in the safe set.",
	.why = "It may affect other pods of the node, and the kubelet "
	       "refuses it unless the node allows it.",
	.fix = "Delete it, or set it on the node.",
	.check_pod = check,
};
