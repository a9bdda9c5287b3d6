/*
 * config-unused: a ConfigMap or Secret whose name stands nowhere else.
 *
 * Programs find them in many ways (arguments, annotations, fields of custom
 * resources), so every string of the set counts, whole or behind a slash.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/table.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	DEPTH_MAX = 200
};

static const struct group_kind kinds[] = { { "", "ConfigMap" },
					   { "", "Secret" },
					   { NULL, NULL } };

static const struct lint_param params[] = {
	{ "ignore", LINT_PARAM_PATTERNS, "[]",
	  "Patterns over Kind/name of what something else reads." },
	{ "labels", LINT_PARAM_PATTERNS,
	  "[^grafana_, ^argocd\\.argoproj\\.io/, sidecar]",
	  "Patterns over labels by which programs find them." },
	{ .name = NULL }
};

static void use(struct table *used, const char *text)
{
	const char *slash = strrchr(text, '/');

	table_puts(used, text, used);
	if (slash && slash[1])
		table_puts(used, slash + 1, used);
}

static void collect(struct table *used, const struct value *value, size_t depth)
{
	const struct value_entry *entry;
	const struct value *item;

	if (depth > DEPTH_MAX)
		return;
	if (value_is_string(value))
		use(used, value_string(value));
	value_foreach (entry, value)
		collect(used, entry->value, depth + 1);
	list_foreach (item, value)
		collect(used, item, depth + 1);
}

/* Everything but the name and what only says who belongs to whom. */
static void collect_object(struct table *used, const struct object *object)
{
	const struct value_entry *entry;

	value_foreach (entry, object->root) {
		if (strcmp(entry->key, "metadata") == 0)
			collect(used, value_get(entry->value, "annotations"),
				0);
		else
			collect(used, entry->value, 0);
	}
}

static bool is_found_by_label(struct lint_run *run, const struct object *object)
{
	const struct value_entry *entry;

	value_foreach (entry, value_at(object->root, "metadata.labels"))
		if (lint_param_matches(run, "labels", entry->key))
			return true;
	return false;
}

/* Those of types that the cluster itself looks for. */
static bool is_found_by_type(const struct object *object)
{
	const char *type = value_string_or(value_get(object->root, "type"), "");

	return strcmp(type, "kubernetes.io/service-account-token") == 0 ||
	       strcmp(type, "bootstrap.kubernetes.io/token") == 0;
}

static void check_kind(struct lint_run *run, const struct table *used,
		       const struct group_kind *kind)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, kind->group, kind->kind);
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *object = set->objects.items[i];
		const struct lint_reference ref = { "", object->kind,
						    lint_namespace(run, object),
						    object->name };

		if (!*object->name || table_gets(used, object->name) ||
		    is_found_by_label(run, object) ||
		    is_found_by_type(object) || lint_is_elsewhere(run, &ref))
			continue;
		lint_report_in(run, object,
			       value_at(object->root, "metadata.name"),
			       "%s '%s' is named by nothing in this set",
			       object->kind, object->name);
		lint_at_key(run);
	}
}

static void check(struct lint_run *run)
{
	const struct group_kind *kind;
	struct object *object;
	struct table used;

	table_init(&used, run->arena);
	bundle_foreach (object, run->bundle)
		collect_object(&used, object);
	for (kind = kinds; kind->kind; kind++)
		check_kind(run, &used, kind);
}

const struct lint_rule lint_config_unused = {
	.name = "config-unused",
	.code = "PL7111",
	.group = LINT_REFERENCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "Nothing in the set names a ConfigMap or Secret.",
	.why = "It is left over, or the reference to it has a typing error.",
	.fix = "Delete it, or correct the reference.",
	.params = params,
	.kinds = kinds,
	.check_bundle = check,
};
