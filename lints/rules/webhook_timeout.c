/*
 * webhook-timeout: webhooks that hold up the API server, or that it does not
 * accept.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

static const struct group_kind kinds[] = {
	{ "admissionregistration.k8s.io", "ValidatingWebhookConfiguration" },
	{ "admissionregistration.k8s.io", "MutatingWebhookConfiguration" },
	{ NULL, NULL }
};

static void check_hook(struct lint_run *run, const struct value *hook)
{
	static const char *const wanted[] = { "sideEffects",
					      "admissionReviewVersions" };
	const char *name = value_string_or(value_get(hook, "name"), "");
	const struct value *timeout = value_get(hook, "timeoutSeconds");
	bool fails = !value_equals_string(value_get(hook, "failurePolicy"),
					  "Ignore");
	int64_t seconds;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(wanted); i++)
		if (!value_get(hook, wanted[i])) {
			lint_report_as(run, DIAG_ERROR, hook,
				       "webhook '%s': it has no %s", name,
				       wanted[i]);
			lint_help(run, "add %s", wanted[i]);
		}
	if (!value_as_int(timeout, &seconds))
		return;
	if (seconds < 1 || seconds > 30)
		lint_report_as(run, DIAG_ERROR, timeout,
			       "webhook '%s': timeoutSeconds is not in 1–30",
			       name);
	else if (seconds > 10 && fails)
		lint_report(run, timeout,
			    "webhook '%s': requests wait up to %lld seconds "
			    "for it and then fail",
			    name, (long long)seconds);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *hook;

	if (strcmp(object->version, "v1") != 0)
		return;
	list_foreach (hook, value_get(object->root, "webhooks"))
		check_hook(run, hook);
}

const struct lint_rule lint_webhook_timeout = {
	.name = "webhook-timeout",
	.code = "PL6123",
	.group = LINT_RBAC,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A webhook has a long timeout, or lacks what version v1 "
		   "asks for.",
	.why = "While it does not answer, every request waits for it.",
	.fix = "Use at most 10 seconds.",
	.kinds = kinds,
	.check_object = check,
};
