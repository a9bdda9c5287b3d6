/*
 * crd-not-structural: definitions of custom resources that are refused.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/schema/store.h"
#include "lints/schema/structural.h"
#include "lints/subjects/name_syntax.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "apiextensions.k8s.io", "CustomResourceDefinition" }, { NULL, NULL }
};

/* Groups of Kubernetes' own are given away by its reviewers. */
static void check_group(struct lint_run *run, const struct value *root,
			const char *group)
{
	static const char key[] = "api-approved.kubernetes.io";
	const struct value *at = value_at(root, "spec.group");
	const char *const ends[] = { ".k8s.io", ".kubernetes.io" };
	const char *approval = value_string_or(
		value_get(value_at(root, "metadata.annotations"), key), "");
	size_t i, len = strlen(group);

	if (*group && !strchr(group, '.'))
		schema_complain(run, at, "spec.group",
				"a group has at least one dot");
	for (i = 0; i < ARRAY_COUNT(ends); i++) {
		size_t end = strlen(ends[i]);

		if ((strcmp(group, ends[i] + 1) == 0 ||
		     (len > end && strcmp(group + len - end, ends[i]) == 0)) &&
		    strncmp(approval, "https://", 8) != 0 &&
		    strncmp(approval, "unapproved", 10) != 0)
			schema_complain(run, at, "spec.group",
					"a protected group needs the "
					"annotation "
					"api-approved.kubernetes.io");
	}
}

static void check_name(struct lint_run *run, const struct object *object,
		       const char *group)
{
	const struct value *plural =
		value_at(object->root, "spec.names.plural");
	const char *name;

	if (!value_is_string(plural) || !*group)
		return;
	name = arena_printf(run->arena, "%s.%s", plural->string, group);
	if (*object->name && strcmp(name, object->name) != 0)
		schema_complain(
			run, value_at(object->root, "metadata.name"),
			"metadata.name",
			arena_printf(run->arena, "it has to be %s", name));
}

static void check_version(struct lint_run *run, const struct value *item,
			  const struct schema_version *version)
{
	const char *refused =
		lint_name_refused(run->arena, LINT_NAME_SERVICE, version->name);

	if (*version->name && refused)
		schema_complain(run, value_get(item, "name"), version->name,
				refused);
	if (value_at(item, "schema.openAPIV3Schema"))
		schema_structural(run, version);
	else
		schema_complain(run, item, version->name, "it has no schema");
}

static void check_versions(struct lint_run *run, const struct value *root,
			   const struct schema_definition *definition)
{
	const struct value *list = value_at(root, "spec.versions");
	struct table seen;
	size_t i, stored = 0;

	table_init(&seen, run->arena);
	for (i = 0; i < definition->count; i++) {
		const struct value *item = value_item(list, i);

		stored += value_is_true(value_get(item, "storage"));
		if (table_puts(&seen, definition->versions[i].name,
			       &definition->versions[i]))
			schema_complain(run, item, definition->versions[i].name,
					"it is there twice");
		check_version(run, item, &definition->versions[i]);
	}
	if (definition->count && stored != 1)
		schema_complain(run, list, "spec.versions",
				stored ? "only one can be stored"
				       : "one has to be stored");
}

static void check(struct lint_run *run, const struct object *object)
{
	const char *group =
		value_string_or(value_at(object->root, "spec.group"), "");
	const struct value *keeps =
		value_at(object->root, "spec.preserveUnknownFields");
	struct schema_definition definition;

	/* v1beta1 demanded less, and is not served any more. */
	if (strcmp(object->version, "v1") != 0)
		return;
	schema_definition_read(run->arena, object->root, &definition);
	check_name(run, object, group);
	check_group(run, object->root, group);
	if (value_is_true(keeps))
		schema_complain(run, keeps, "spec.preserveUnknownFields",
				"it has to be false, or absent");
	check_versions(run, object->root, &definition);
}

const struct lint_rule lint_crd_not_structural = {
	.name = "crd-not-structural",
	.code = "PL9112",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The API server refuses a CustomResourceDefinition.",
	.why = "The schema has to say of each field what it is, since what it "
	       "does not know is dropped.",
	.kinds = kinds,
	.check_object = check,
};
