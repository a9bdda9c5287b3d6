/*
 * webhook-service-missing: the API server is to ask a Service that does not
 * exist.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "admissionregistration.k8s.io", "ValidatingWebhookConfiguration" },
	{ "admissionregistration.k8s.io", "MutatingWebhookConfiguration" },
	{ "apiregistration.k8s.io", "APIService" },
	{ "apiextensions.k8s.io", "CustomResourceDefinition" },
	{ NULL, NULL }
};

static void check_service(struct lint_run *run, const struct value *service,
			  const char *field)
{
	const struct value *name = value_get(service, "name");
	struct lint_reference ref = {
		"",
		"Service",
		value_string_or(value_get(service, "namespace"), ""),
		value_string_or(name, ""),
	};

	if (!*ref.name_space || !lint_dangles(run, &ref))
		return;
	lint_report(run, name,
		    "%s names Service '%s', which does not exist in '%s'",
		    field, ref.name, ref.name_space);
	lint_at_use(run);
	lint_help(run, "correct the reference%s",
		  lint_did_you_mean(run, lint_near_name(run, &ref)));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *hook;

	list_foreach (hook, value_get(object->root, "webhooks"))
		check_service(run, value_at(hook, "clientConfig.service"),
			      "clientConfig");
	if (strcmp(object->kind, "APIService") == 0)
		check_service(run, value_at(object->root, "spec.service"),
			      "service");
	check_service(run,
		      value_at(object->root, "spec.conversion.webhook."
					     "clientConfig.service"),
		      "conversion");
}

const struct lint_rule lint_webhook_service_missing = {
	.name = "webhook-service-missing",
	.code = "PL6121",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A webhook, APIService or conversion names a Service that "
		   "does not exist.",
	.why = "Requests are refused, or go through unchecked.",
	.fix = "Correct the reference.",
	.kinds = kinds,
	.check_object = check,
};
