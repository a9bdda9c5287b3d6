/*
 * Fields that are served but should not be used any more.
 */
#include "lints/schema/walk.h"

#include <string.h>

#include "model/value.h"

static const char volume[] = "use a CSI driver";

static const struct {
	const char *field;
	unsigned since;
	const char *help;
} rows[] = {
	{ "cephfs", 31, volume },
	{ "configSource", 22, "delete it" },
	{ "externalIPs", 36, "use a LoadBalancer or a Gateway" },
	{ "externalID", 10, "delete it" },
	{ "flocker", 25, volume },
	{ "gitRepo", 11, "clone into an emptyDir in an init container" },
	{ "glusterfs", 26, volume },
	{ "loadBalancerIP", 24,
	  "use the annotation of the load balancer's vendor" },
	{ "photonPersistentDisk", 16, volume },
	{ "quobyte", 25, volume },
	{ "rbd", 31, volume },
	{ "scaleIO", 22, volume },
	{ "serviceAccount", 0, "use serviceAccountName" },
	{ "storageos", 25, volume },
};

void schema_deprecated(struct schema_walk *walk, const struct schema_at *at)
{
	struct schema_at key = *at;
	size_t i;

	key.part = SCHEMA_PART_KEY;
	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		if (strcmp(rows[i].field, at->entry->key) != 0 ||
		    rows[i].since > walk->newest)
			continue;
		if (schema_report(walk, LINT_RULE_field_deprecated, &key,
				  "%s is deprecated since Kubernetes 1.%u",
				  rows[i].field, rows[i].since))
			lint_help(walk->run, "%s", rows[i].help);
	}
}
