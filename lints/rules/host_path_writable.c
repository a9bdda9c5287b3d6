/*
 * host-path-writable: a folder of the node that the container may change.
 */
#include "lints/lint.h"
#include "lints/subjects/mounts.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *mount, *path;

	list_foreach (mount, value_get(c->spec, "volumeMounts")) {
		const char *name =
			value_string_or(value_get(mount, "name"), "");

		if (value_is_true(value_get(mount, "readOnly")))
			continue;
		path = value_get(value_get(lint_volume(run, c->object, name),
					   "hostPath"),
				 "path");
		if (value_is_string(path))
			lint_report(run, value_get(mount, "name"),
				    "volume '%s' mounts %s of the node "
				    "writable in '%s'",
				    name, value_string(path),
				    container_name(c));
	}
}

const struct lint_rule lint_host_path_writable = {
	.name = "host-path-writable",
	.code = "PL3124",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A container may write to a folder of the node.",
	.why = "What it writes there may be run or read by the node.",
	.fix = "Set readOnly: true on the mount.",
	.check_container = check,
};
