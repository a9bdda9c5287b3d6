/*
 * webhook-self-deadlock: a webhook that has to answer before its own pods
 * may start.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "admissionregistration.k8s.io", "ValidatingWebhookConfiguration" },
	{ "admissionregistration.k8s.io", "MutatingWebhookConfiguration" },
	{ NULL, NULL }
};

static bool lists(const struct value *list, const char *word)
{
	const struct value *item;

	list_foreach (item, list)
		if (value_equals_string(item, word) ||
		    value_equals_string(item, "*") ||
		    value_equals_string(item, "*/*"))
			return true;
	return false;
}

/* Whether it is asked when a pod is created. */
static bool covers_pods(const struct value *hook)
{
	const struct value *rule;

	list_foreach (rule, value_get(hook, "rules"))
		if (lists(value_get(rule, "apiGroups"), "") &&
		    lists(value_get(rule, "resources"), "pods") &&
		    lists(value_get(rule, "operations"), "CREATE"))
			return true;
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *hook;

	list_foreach (hook, value_get(object->root, "webhooks")) {
		if (!value_equals_string(value_get(hook, "failurePolicy"),
					 "Ignore") &&
		    value_at(hook, "clientConfig.service") &&
		    !value_count(value_get(hook, "namespaceSelector")) &&
		    !value_count(value_get(hook, "objectSelector")) &&
		    !value_count(value_get(hook, "matchConditions")) &&
		    covers_pods(hook))
			lint_report(
				run, hook,
				"webhook '%s' with failurePolicy Fail also "
				"covers its own pods: after an outage it "
				"can never start",
				value_string_or(value_get(hook, "name"), ""));
	}
}

const struct lint_rule lint_webhook_self_deadlock = {
	.name = "webhook-self-deadlock",
	.code = "PL6122",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A webhook with failurePolicy Fail covers its own pods.",
	.why = "After an outage they can never start, because nobody answers "
	       "for them.",
	.fix = "Exclude its namespace and kube-system with namespaceSelector.",
	.kinds = kinds,
	.check_object = check,
};
