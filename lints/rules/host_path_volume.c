/*
 * host-path-volume: a volume is a folder of the node.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume, *path;

	list_foreach (volume, value_get(pod->spec, "volumes")) {
		path = value_get(value_get(volume, "hostPath"), "path");
		if (value_is_string(path))
			lint_report(
				run, path, "volume '%s' mounts %s of the node",
				value_string_or(value_get(volume, "name"), ""),
				value_string(path));
	}
}

const struct lint_rule lint_host_path_volume = {
	.name = "host-path-volume",
	.code = "PL3123",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A volume is a folder of the node.",
	.why = "What is in it depends on the node, and a way to the node "
	       "may lead through it.",
	.fix = "Use a PVC or CSI volume.",
	.check_pod = check,
};
