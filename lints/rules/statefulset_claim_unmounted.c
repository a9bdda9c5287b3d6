/*
 * statefulset-claim-unmounted: storage that is paid for and not used.
 */
#include "lints/lint.h"
#include "base/table.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "apps", "StatefulSet" },
					   { NULL, NULL } };

static void collect(struct table *names, const struct value *list)
{
	const struct value *item;

	list_foreach (item, list) {
		const char *name = value_string(value_get(item, "name"));

		if (name)
			table_puts(names, name, (void *)item);
	}
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *claims =
		value_at(pod->object->root, "spec.volumeClaimTemplates");
	const struct value *claim, *at;
	struct table mounted, volumes;
	struct container_ref c;

	table_init(&mounted, run->arena);
	table_init(&volumes, run->arena);
	for (podspec_first(pod, &c); c.spec; podspec_next(&c)) {
		collect(&mounted, value_get(c.spec, "volumeMounts"));
		collect(&mounted, value_get(c.spec, "volumeDevices"));
	}
	collect(&volumes, value_get(pod->spec, "volumes"));
	list_foreach (claim, claims) {
		const char *name;

		at = value_at(claim, "metadata.name");
		name = value_string_or(at, "");
		if (*name && !table_gets(&mounted, name))
			lint_report(run, at,
				    "volumeClaimTemplate '%s' is mounted by no "
				    "container",
				    name);
		/* The controller puts the claim in the volume's place. */
		else if (table_gets(&volumes, name))
			lint_report(run, at,
				    "volumeClaimTemplate '%s' hides the volume "
				    "of that name",
				    name);
	}
}

const struct lint_rule lint_statefulset_claim_unmounted = {
	.name = "statefulset-claim-unmounted",
	.code = "PL2117",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A volumeClaimTemplate is not mounted, or hides a volume.",
	.why = "Each replica gets a volume that nobody writes to.",
	.fix = "Mount it, or delete it.",
	.kinds = kinds,
	.check_pod = check,
};
