/*
 * Which kinds are cluster-scoped.  A custom openapi document adds kinds
 * through its paths.
 */
#include <string.h>

#include "base/attr.h"
#include "overlays/resource.h"
#include "overlays/run.h"
#include "overlays/schema.h"

struct scoped_kind {
	const char *group;
	const char *version;
	const char *kind;
};

static const struct scoped_kind cluster_kinds[] = {
#define CLUSTER(group, version, kind) { group, version, kind },
#include "overlays/scope.def"
#undef CLUSTER
};

/* Since 5.8.2 only. */
static const char *const late_kinds[] = { "ValidatingAdmissionPolicy",
					  "ValidatingAdmissionPolicyBinding" };

static bool is_late(const char *group, const char *version, const char *kind)
{
	return strcmp(group, "admissionregistration.k8s.io") == 0 &&
	       strcmp(version, "v1") == 0 &&
	       (strcmp(kind, late_kinds[0]) == 0 ||
		strcmp(kind, late_kinds[1]) == 0);
}

bool scope_is_cluster(struct overlay_run *run, const char *group,
		      const char *version, const char *kind)
{
	size_t low = 0, high = ARRAY_COUNT(cluster_kinds);
	bool namespaced;

	if (run->options->compat == OVERLAY_5_8_2 &&
	    is_late(group, version, kind))
		return true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct scoped_kind *row = &cluster_kinds[middle];
		int order = strcmp(group, row->group);

		if (order == 0)
			order = strcmp(version, row->version);
		if (order == 0)
			order = strcmp(kind, row->kind);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return !schema_builtin(group, version, kind) &&
	       schema_scope(run, group, version, kind, &namespaced) &&
	       !namespaced;
}
