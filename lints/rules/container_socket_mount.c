/*
 * container-socket-mount: a volume is the container runtime's socket.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/subjects/mounts.h"
#include "model/value.h"

static bool is_socket(const char *path)
{
	static const char *const names[] = { "docker.sock", "containerd.sock",
					     "crio.sock",   "cri-dockerd.sock",
					     "podman.sock", "dockershim.sock" };
	size_t i, len = strlen(path);

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		size_t tail = strlen(names[i]);

		if (len >= tail && strcmp(path + len - tail, names[i]) == 0)
			return true;
	}
	return false;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume, *path;
	const char *name;

	list_foreach (volume, value_get(pod->spec, "volumes")) {
		path = value_get(value_get(volume, "hostPath"), "path");
		name = value_string_or(value_get(volume, "name"), "");
		if (value_is_string(path) && is_socket(value_string(path)) &&
		    lint_mounted_by(run, pod->object, name))
			lint_report(run, path,
				    "volume '%s' mounts the container "
				    "runtime's socket %s: full control of the "
				    "node",
				    name, value_string(path));
	}
}

const struct lint_rule lint_container_socket_mount = {
	.name = "container-socket-mount",
	.code = "PL3011",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A volume is the socket of the container runtime.",
	.why = "Through it one starts a privileged container, which owns "
	       "the node.",
	.fix = "Build images without the socket (BuildKit rootless, "
	       "Kaniko); read metrics from the kubelet.",
	.check_pod = check,
};
