/*
 * namespace-on-cluster-scoped: a namespace on what belongs to the whole
 * cluster.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/source.h"
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

/*
 * By the namespace of a kustomization or of what applies it, which goes onto
 * everything that is not known to be of the cluster: nobody wrote it here.
 */
static bool is_added(const struct object *object, const struct value *value)
{
	const struct source *own = origin_source(&object->root->origin);
	const struct origin *origin;

	for (origin = &value->origin; origin; origin = origin_prev(origin))
		if (!origin_source(origin) || origin_source(origin) == own ||
		    origin_source(origin)->role == SOURCE_PATCH)
			return false;
	return true;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *value =
		value_at(object->root, "metadata.namespace");

	if (!*object->name_space || !value || is_added(object, value) ||
	    !is_of_cluster(run, object))
		return;
	lint_report(run, value,
		    "%s is cluster-scoped: namespace '%s' is ignored",
		    object->kind, object->name_space);
	/* What a helper prints there is right elsewhere. */
	lint_at_key(run);
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
