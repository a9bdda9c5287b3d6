/*
 * subpath-config-stale: files of a ConfigMap or Secret that stay as they
 * were.
 */
#include "lints/lint.h"
#include "base/table.h"
#include "model/value.h"

/* Volumes by name, for pods with many. */
static void collect(struct table *volumes, const struct value *list)
{
	const struct value *volume;

	list_foreach (volume, list)
		table_puts(volumes,
			   value_string_or(value_get(volume, "name"), ""),
			   (void *)volume);
}

/* An empty one is none. */
static const struct value *sub_path(const struct value *mount)
{
	const struct value *path = value_get(mount, "subPath");

	if (!*value_string_or(path, ""))
		path = value_get(mount, "subPathExpr");
	return *value_string_or(path, "") ? path : NULL;
}

static void check_mount(struct lint_run *run, const struct value *at,
			const struct value *volume)
{
	const struct value *map = value_get(volume, "configMap");
	const struct value *secret = value_get(volume, "secret");

	if (map)
		lint_report(run, at,
			    "ConfigMap '%s' mounted by subPath is never "
			    "refreshed",
			    value_string_or(value_get(map, "name"), ""));
	if (secret)
		lint_report(
			run, at,
			"Secret '%s' mounted by subPath is never refreshed",
			value_string_or(value_get(secret, "secretName"), ""));
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *mounts = value_get(c->spec, "volumeMounts");
	const struct value *mount, *path;
	struct table volumes;

	if (!value_count(mounts))
		return;
	table_init(&volumes, run->arena);
	collect(&volumes, value_get(c->pod, "volumes"));
	list_foreach (mount, mounts)
		if ((path = sub_path(mount)))
			check_mount(run, path,
				    table_gets(&volumes,
					       value_string_or(
						       value_get(mount, "name"),
						       "")));
}

const struct lint_rule lint_subpath_config_stale = {
	.name = "subpath-config-stale",
	.code = "PL7107",
	.group = LINT_REFERENCES,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A ConfigMap or Secret is mounted by subPath.",
	.why = "The kubelet refreshes whole mounts only, so that the container "
	       "never sees a change.",
	.fix = "Mount the directory, or restart on change with a checksum "
	       "annotation.",
	.check_container = check,
};
