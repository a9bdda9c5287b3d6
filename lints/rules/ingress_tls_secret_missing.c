/*
 * ingress-tls-secret-missing: a certificate that nobody makes.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *item;

	list_foreach (item, value_at(object->root, "spec.tls")) {
		const struct value *name = value_get(item, "secretName");
		struct lint_reference ref = {
			"",
			"Secret",
			lint_namespace(run, object),
			value_string_or(name, ""),
		};

		if (!lint_dangles(run, &ref))
			continue;
		lint_report(run, name,
			    "TLS Secret '%s' is neither in this set nor made "
			    "by a Certificate",
			    ref.name);
		lint_at_use(run);
		lint_help(run,
			  "create it, or add the cert-manager annotation%s",
			  lint_did_you_mean(run, lint_near_name(run, &ref)));
	}
}

const struct lint_rule lint_ingress_tls_secret_missing = {
	.name = "ingress-tls-secret-missing",
	.code = "PL5118",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "The TLS Secret of an Ingress is neither here nor made by a "
		   "Certificate.",
	.why = "The controller answers with its own certificate.",
	.fix = "Create it, or add the cert-manager annotation.",
	.kinds = lint_ingress_kinds,
	.check_object = check,
};
