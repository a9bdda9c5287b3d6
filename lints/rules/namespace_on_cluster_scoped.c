/*
 * namespace-on-cluster-scoped: a namespace on what belongs to the whole
 * cluster.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/schema/store.h"
#include "model/custom_kinds.h"
#include "model/kinds.h"
#include "model/value.h"
#include "model/value_path.h"

static bool is_of_cluster(struct lint_run *run, const struct object *object)
{
	const struct schema_definition *definition;
	struct custom_kind kind;

	if (object->known)
		return !object->known->namespaced;
	definition = lint_schemas_definition(run->schemas, run->bundle,
					     object->group, object->kind);
	if (definition)
		return strcmp(definition->scope, "Cluster") == 0;
	return custom_kind_find(object->group, object->kind, &kind) &&
	       kind.scope == CUSTOM_SCOPE_CLUSTER;
}

static void check(struct lint_run *run, const struct object *object)
{
	if (*object->name_space && is_of_cluster(run, object))
		lint_report(run, value_at(object->root, "metadata.namespace"),
			    "%s is cluster-scoped: namespace '%s' is ignored",
			    object->kind, object->name_space);
}

const struct lint_rule lint_namespace_on_cluster_scoped = {
	.name = "namespace-on-cluster-scoped",
	.code = "PL8118",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A cluster-scoped object names a namespace.",
	.why = "It is ignored, and misleads whoever reads it.",
	.fix = "Delete metadata.namespace.",
	.check_object = check,
};
