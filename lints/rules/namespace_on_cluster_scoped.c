/*
 * namespace-on-cluster-scoped: a namespace on what belongs to the whole
 * cluster.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "base/table.h"
#include "model/bundle.h"
#include "model/kinds.h"
#include "model/value.h"
#include "model/value_path.h"

/* Kinds that the set itself defines for the whole cluster. */
static void add_definition(struct lint_run *run, struct table *kinds,
			   const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");

	if (!value_equals_string(value_get(spec, "scope"), "Cluster"))
		return;
	table_puts(
		kinds,
		arena_printf(run->arena, "%s/%s",
			     value_string_or(value_get(spec, "group"), ""),
			     value_string_or(value_at(spec, "names.kind"), "")),
		(void *)object);
}

static bool is_of_cluster(struct lint_run *run, const struct table *kinds,
			  const struct object *object)
{
	if (object->known)
		return !object->known->namespaced;
	return table_gets(kinds, arena_printf(run->arena, "%s/%s",
					      object->group, object->kind));
}

static void check(struct lint_run *run)
{
	const struct object_set *definitions =
		bundle_of_kind(run->bundle, "apiextensions.k8s.io",
			       "CustomResourceDefinition");
	struct object *object;
	struct table kinds;
	size_t i;

	table_init(&kinds, run->arena);
	for (i = 0; definitions && i < definitions->objects.count; i++)
		add_definition(run, &kinds, definitions->objects.items[i]);
	bundle_foreach (object, run->bundle)
		if (*object->name_space && is_of_cluster(run, &kinds, object))
			lint_report_in(
				run, object,
				value_at(object->root, "metadata.namespace"),
				"%s is cluster-scoped: namespace '%s' "
				"is ignored",
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
	.check_bundle = check,
};
