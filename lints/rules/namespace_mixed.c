/*
 * namespace-mixed: objects of one kind that partly name their namespace and
 * partly do not.
 *
 * Rights are often given in another namespace on purpose, so only kinds that
 * refer to one another are looked at.
 */
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "", "ConfigMap" },       { "", "PersistentVolumeClaim" },
	{ "", "Secret" },          { "", "Service" },
	{ "", "ServiceAccount" },  { "apps", "Deployment" },
	{ "apps", "StatefulSet" }, { "networking.k8s.io", "Ingress" },
};

static void check(struct lint_run *run)
{
	size_t i, k, without;

	for (k = 0; k < ARRAY_COUNT(kinds); k++) {
		const struct object_set *set = bundle_of_kind(
			run->bundle, kinds[k].group, kinds[k].kind);
		const struct object *first = NULL;

		without = 0;
		for (i = 0; set && i < set->objects.count; i++) {
			if (!*set->objects.items[i]->name_space)
				without++;
			else if (!first)
				first = set->objects.items[i];
		}
		if (!first || !without)
			continue;
		lint_report_in(
			run, first, value_at(first->root, "metadata.namespace"),
			"'%s' names its namespace, %zu %s of this set "
			"%s not: references depend on -n",
			first->name, without, without == 1 ? "other" : "others",
			without == 1 ? "does" : "do");
		/* Often a helper makes it. */
		lint_at_key(run);
	}
}

const struct lint_rule lint_namespace_mixed = {
	.name = "namespace-mixed",
	.code = "PL8119",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "Some objects of a kind name their namespace and others do "
		   "not.",
	.why = "Their references hold only if the others are applied to that "
	       "namespace.",
	.fix = "Write it everywhere or nowhere.",
	.check_bundle = check,
};
