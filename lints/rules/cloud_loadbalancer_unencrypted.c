/*
 * cloud-loadbalancer-unencrypted: load balancers of clouds that are told to
 * leave out TLS or their log, and state on machines that may go at any time.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

#define AWS "service.beta.kubernetes.io/aws-load-balancer-"

static const struct group_kind kinds[] = { { "", "Service" },
					   { "apps", "StatefulSet" },
					   { NULL, NULL } };

/* Annotations whose value switches something off. */
static const struct {
	const char *key;
	const char *value;
	const char *reason;
} off[] = {
	{ AWS "access-log-enabled", "false", "its access log is off" },
	{ "service.beta.kubernetes.io/do-loadbalancer-protocol", "http",
	  "it takes HTTP without TLS" },
	{ "service.beta.kubernetes.io/linode-loadbalancer-default-protocol",
	  "http", "it takes HTTP without TLS" },
	{ "service.beta.kubernetes.io/scw-loadbalancer-protocol-http", "true",
	  "it takes HTTP without TLS" },
};

/* Labels of machines that the cloud takes back when it wants. */
static const struct {
	const char *key;
	const char *value;
} spot[] = {
	{ "cloud.google.com/gke-preemptible", "true" },
	{ "cloud.google.com/gke-spot", "true" },
	{ "eks.amazonaws.com/capacityType", "SPOT" },
	{ "karpenter.sh/capacity-type", "spot" },
	{ "kubernetes.azure.com/scalesetpriority", "spot" },
};

static const char *text_at(const struct value *map, const char *key)
{
	return value_string_or(value_get(map, key), "");
}

/* The balancer ends TLS only if it has a certificate. */
static void check_certificate(struct lint_run *run, const struct object *object,
			      const struct value *notes)
{
	const struct value *protocol = value_get(notes, AWS "backend-protocol");
	const char *text = value_string_or(protocol, "");

	if (*text &&
	    (strcmp(text, "http") == 0 || strcmp(text, "https") == 0) &&
	    !value_get(notes, AWS "ssl-cert"))
		lint_report(run, protocol,
			    "Service '%s': it takes HTTP without a certificate",
			    object->name);
}

static void check_service(struct lint_run *run, const struct object *object)
{
	const struct value *notes =
		value_at(object->root, "metadata.annotations");
	size_t i;

	if (!value_equals_string(value_at(object->root, "spec.type"),
				 "LoadBalancer"))
		return;
	check_certificate(run, object, notes);
	for (i = 0; i < ARRAY_COUNT(off); i++)
		if (strcmp(text_at(notes, off[i].key), off[i].value) == 0)
			lint_report(run, value_get(notes, off[i].key),
				    "Service '%s': %s", object->name,
				    off[i].reason);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *selector =
		value_at(object->root, "spec.template.spec.nodeSelector");
	size_t i;

	if (object_is(object, "", "Service"))
		check_service(run, object);
	for (i = 0; i < ARRAY_COUNT(spot); i++)
		if (strcmp(text_at(selector, spot[i].key), spot[i].value) == 0)
			lint_report(run, value_get(selector, spot[i].key),
				    "StatefulSet '%s' runs on machines that "
				    "the cloud may take back",
				    object->name);
}

const struct lint_rule lint_cloud_loadbalancer_unencrypted = {
	.name = "cloud-loadbalancer-unencrypted",
	.code = "PLX131",
	.group = LINT_PACK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A cloud's load balancer is told to do without TLS or a "
		   "log, or state lives on spot machines.",
	.why = "What clients send can be read on its way, nobody can tell "
	       "later who came, and machines go with two minutes' notice.",
	.fix = "Name a certificate, switch the log on, or use machines that "
	       "stay.",
	.kinds = kinds,
	.check_object = check,
};
