/*
 * ingress-tls-missing: an Ingress that is served in the clear.
 *
 * Load balancers of clouds take certificates from annotations.
 */
#include "lints/lint.h"
#include "base/str.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *const certificates[] = {
	"alb.ingress.kubernetes.io/certificate-arn",
	"appgw.ingress.kubernetes.io/appgw-ssl-certificate",
	"ingress.gcp.kubernetes.io/pre-shared-cert",
	"networking.gke.io/managed-certificates",
};

static const char *hosts(struct lint_run *run, const struct value *rules)
{
	const struct value *rule;
	struct str text;

	str_init(&text, run->arena);
	list_foreach (rule, rules) {
		const char *host = value_string(value_get(rule, "host"));

		if (host && text.len < 80)
			str_printf(&text, "%s'%s'", text.len ? ", " : "", host);
	}
	return text.len ? str_text(&text) : "every host";
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *annotations =
		value_at(object->root, "metadata.annotations");
	size_t i;

	if (!value_is_map(spec) || value_count(value_get(spec, "tls")))
		return;
	for (i = 0; i < ARRAY_COUNT(certificates); i++)
		if (value_get(annotations, certificates[i]))
			return;
	lint_report_absent(run, spec, "tls",
			   "Ingress '%s' serves %s without TLS", object->name,
			   hosts(run, value_get(spec, "rules")));
}

const struct lint_rule lint_ingress_tls_missing = {
	.name = "ingress-tls-missing",
	.code = "PL5116",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "An Ingress has no TLS.",
	.why = "Passwords and sessions travel in the clear.",
	.fix = "Add spec.tls with a secretName.",
	.kinds = lint_ingress_kinds,
	.check_object = check,
};
