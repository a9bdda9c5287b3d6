/*
 * subpath-mounted: a mount of a part of a volume.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const fields[] = { "subPath", "subPathExpr" };
	const struct value *mount;
	size_t i;

	list_foreach (mount, value_get(c->spec, "volumeMounts"))
		for (i = 0; i < ARRAY_COUNT(fields); i++) {
			const struct value *path = value_get(mount, fields[i]);

			if (*value_string_or(path, ""))
				lint_report(run, path,
					    "container '%s' mounts a part of "
					    "a volume",
					    container_name(c));
		}
}

const struct lint_rule lint_subpath_mounted = {
	.name = "subpath-mounted",
	.code = "PL3126",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container mounts a part of a volume.",
	.why = "Such mounts have let containers out before (CVE-2021-25741), "
	       "and are not updated.",
	.fix = "Mount the whole volume.",
	.check_container = check,
};
