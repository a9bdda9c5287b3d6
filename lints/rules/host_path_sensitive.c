/*
 * host-path-sensitive: a volume shows the container the node's own files.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/glob.h"
#include "base/path.h"
#include "lints/subjects/mounts.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "paths", LINT_PARAM_TEXTS,
	  "[/, /boot, /dev, /etc, /lib, /proc, /sys, /usr, "
	  "/etc/kubernetes, /etc/kubernetes/**, /root, /root/**, "
	  "/var/lib/kubelet, /var/lib/kubelet/**, /var/run, "
	  "/var/run/**]",
	  "Patterns of paths on the node." },
	{ .name = NULL }
};

static bool is_sensitive(struct lint_run *run, const char *path)
{
	const char *const *pattern = lint_param_texts(run, "paths");
	const char *clean = path_clean(run->arena, path);

	for (; *pattern; pattern++)
		if (glob_match(GLOB_PROJECT, *pattern, clean))
			return true;
	return false;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume, *path, *container;
	const char *name;

	list_foreach (volume, value_get(pod->spec, "volumes")) {
		path = value_get(value_get(volume, "hostPath"), "path");
		name = value_string_or(value_get(volume, "name"), "");
		if (!value_is_string(path) ||
		    !is_sensitive(run, value_string(path)))
			continue;
		/* A socket has a finding of its own. */
		if (strstr(value_string(path), ".sock") &&
		    lint_is_on(run, LINT_RULE_container_socket_mount))
			continue;
		container = lint_mounted_by(run, pod->object, name);
		if (container)
			lint_report(run, path,
				    "volume '%s' gives '%s' the node's %s",
				    name,
				    value_string_or(
					    value_get(container, "name"), ""),
				    value_string(path));
	}
}

const struct lint_rule lint_host_path_sensitive = {
	.name = "host-path-sensitive",
	.code = "PL3010",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A volume gives a container sensitive files of the node.",
	.why = "From these folders whoever takes over the container takes "
	       "over the node, or reads the secrets of other pods.",
	.fix = "Use a ConfigMap, Secret, PVC or CSI volume.",
	.params = params,
	.check_pod = check,
};
