/*
 * resourcequota-missing: a namespace may take the whole cluster.
 */
#include "lints/lint.h"
#include "lints/subjects/namespaces.h"

static const struct group_kind kinds[] = { { "", "Namespace" },
					   { NULL, NULL } };

static void check(struct lint_run *run)
{
	lint_namespaces_lacking(run, "ResourceQuota");
}

const struct lint_rule lint_resourcequota_missing = {
	.name = "resourcequota-missing",
	.code = "PL2113",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A namespace of the set has no ResourceQuota.",
	.why = "One team may take what all need.",
	.fix = "Add a ResourceQuota.",
	.kinds = kinds,
	.check_bundle = check,
};
