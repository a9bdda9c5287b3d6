/*
 * selector-mismatch: a controller whose selector does not match its own
 * pods.
 *
 * A Job writes its selector itself unless manualSelector is set.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/selector.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "apps", "Deployment" },
					   { "apps", "ReplicaSet" },
					   { "apps", "StatefulSet" },
					   { "apps", "DaemonSet" },
					   { "extensions", "Deployment" },
					   { "extensions", "ReplicaSet" },
					   { "extensions", "DaemonSet" },
					   { "", "ReplicationController" },
					   { "apps.openshift.io",
					     "DeploymentConfig" },
					   { "batch", "Job" },
					   { NULL, NULL } };

static void check_labels(struct lint_run *run, const struct value *wanted,
			 const struct value *labels)
{
	const struct object *object = run->object;
	const struct value_entry *entry;

	value_foreach (entry, wanted) {
		const char *own = value_string(
			value_getn(labels, entry->key, entry->len));
		const char *value = value_string(entry->value);

		if (!value || (own && strcmp(own, value) == 0))
			continue;
		if (own)
			lint_report(run, entry->value,
				    "selector of %s '%s' does not match its "
				    "own template: label '%s' is '%s' there",
				    object->kind, object->name, entry->key,
				    own);
		else
			lint_report(run, entry->value,
				    "selector of %s '%s' does not match its "
				    "own template: label '%s' is missing there",
				    object->kind, object->name, entry->key);
		lint_help(run, "make template labels contain %s: %s",
			  entry->key, value);
	}
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	const struct value *spec = value_get(object->root, "spec");
	const struct value *value = value_get(spec, "selector");
	const struct value *labels = value_get(pod->metadata, "labels");
	const struct value *item;
	struct lint_selector selector = lint_selector_of(value);

	if (strcmp(object->kind, "Job") == 0 &&
	    !value_is_true(value_get(spec, "manualSelector")))
		return;
	if (strcmp(object->kind, "ReplicationController") == 0 ||
	    strcmp(object->kind, "DeploymentConfig") == 0)
		selector = lint_selector_plain(value);
	check_labels(run, selector.labels, labels);
	list_foreach (item, selector.expressions) {
		struct value *one = value_new_list(run->arena, NULL);
		struct lint_selector part = { .expressions = one };

		value_append(run->arena, one, (struct value *)item);
		if (!lint_selector_matches(&part, labels))
			lint_report(
				run, item,
				"selector of %s '%s' does not match its "
				"own template: its expression about '%s' "
				"does not hold",
				object->kind, object->name,
				value_string_or(value_get(item, "key"), ""));
	}
}

const struct lint_rule lint_selector_mismatch = {
	.name = "selector-mismatch",
	.code = "PL8005",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary =
		"The selector of a controller does not match its own template.",
	.why = "The API server rejects the object.",
	.fix = "Make the labels of the template contain those of the selector.",
	.kinds = kinds,
	.check_pod = check,
};
