/*
 * volume-unused: volumes that nobody mounts.
 */
#include "lints/lint.h"
#include "base/table.h"
#include "model/value.h"

static void collect(struct table *mounted, const struct value *list)
{
	const struct value *item;

	list_foreach (item, list) {
		const char *name = value_string(value_get(item, "name"));

		if (name)
			table_puts(mounted, name, (void *)item);
	}
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volumes = value_get(pod->spec, "volumes");
	const struct value *volume;
	struct container_ref c;
	struct table mounted;

	if (!value_count(volumes))
		return;
	podspec_first(pod, &c);
	if (!c.spec)
		return;
	table_init(&mounted, run->arena);
	for (; c.spec; podspec_next(&c)) {
		collect(&mounted, value_get(c.spec, "volumeMounts"));
		collect(&mounted, value_get(c.spec, "volumeDevices"));
	}
	list_foreach (volume, volumes) {
		const struct value *at = value_get(volume, "name");
		const char *name = value_string(at);

		if (name && !table_gets(&mounted, name))
			lint_report(run, at,
				    "volume '%s' is mounted by no container",
				    name);
	}
}

const struct lint_rule lint_volume_unused = {
	.name = "volume-unused",
	.code = "PL7105",
	.group = LINT_REFERENCES,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A volume is mounted by no container.",
	.why = "It is made, or waited for, for nothing.",
	.fix = "Delete it, or mount it.",
	.check_pod = check,
};
