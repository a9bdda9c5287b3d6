/*
 * volume-mount-duplicate: two things at one place of a container.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/value.h"
#include "model/value_path.h"

/* /data and /data/ are one place. */
static const char *trimmed(struct lint_run *run, const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return arena_strndup(run->arena, path, len);
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	const struct value *list = value_get(c->spec, "volumeMounts");
	const struct value *item;
	struct table seen;

	if (value_count(list) < 2)
		return;
	table_init(&seen, run->arena);
	list_foreach (item, list) {
		const struct value *path = value_get(item, "mountPath");

		if (value_is_string(path) &&
		    table_puts(&seen, trimmed(run, value_string(path)),
			       (void *)item))
			lint_report(run, path,
				    "mountPath %s is used twice in '%s'",
				    value_string(path), container_name(c));
	}
}

static void check_paths(struct lint_run *run, const struct value *volume)
{
	static const char *const kinds[] = { "configMap", "secret",
					     "downwardAPI" };
	const struct value *source, *item;
	struct table seen;
	size_t i;

	table_init(&seen, run->arena);
	list_foreach (source, value_at(volume, "projected.sources"))
		for (i = 0; i < ARRAY_COUNT(kinds); i++)
			list_foreach (item,
				      value_get(value_get(source, kinds[i]),
						"items")) {
				const struct value *path =
					value_get(item, "path");

				if (value_is_string(path) &&
				    table_puts(&seen, value_string(path),
					       (void *)item))
					lint_report(run, path,
						    "path %s is used twice in "
						    "a projected volume",
						    value_string(path));
			}
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume;
	struct table seen;

	table_init(&seen, run->arena);
	list_foreach (volume, value_get(pod->spec, "volumes")) {
		const struct value *name = value_get(volume, "name");

		if (value_is_string(name) &&
		    table_puts(&seen, value_string(name), (void *)volume))
			lint_report(run, name,
				    "volume %s is used twice in the pod",
				    value_string(name));
		check_paths(run, volume);
	}
}

const struct lint_rule lint_volume_mount_duplicate = {
	.name = "volume-mount-duplicate",
	.code = "PL7106",
	.group = LINT_REFERENCES,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A mountPath, or the name of a volume, is used twice.",
	.why = "The API server rejects the object.",
	.fix = "Give each mount its own path.",
	.check_pod = check_pod,
	.check_container = check_container,
};
