/*
 * certificate-issuer-missing: a certificate that nobody issues.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "cert-manager.io", "Certificate" },
					   { "networking.k8s.io", "Ingress" },
					   { NULL, NULL } };

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static void check_issuer(struct lint_run *run, const struct object *object,
			 const struct value *at, const char *kind)
{
	bool cluster = strcmp(kind, "ClusterIssuer") == 0;
	struct lint_reference ref = {
		"cert-manager.io",
		kind,
		cluster ? "" : lint_namespace(run, object),
		value_string_or(at, ""),
	};

	if (!*ref.name || !lint_dangles(run, &ref))
		return;
	lint_report(run, at, "%s '%s' does not exist", kind, ref.name);
	lint_at_use(run);
	lint_help(run, "correct issuerRef%s",
		  lint_did_you_mean(run, lint_near_name(run, &ref)));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *ref = value_at(object->root, "spec.issuerRef");
	const struct value *notes =
		value_at(object->root, "metadata.annotations");
	const char *kind = value_string_or(value_get(ref, "kind"), "Issuer");

	/* Issuers of other groups are other programs' kinds. */
	if (ref &&
	    (strcmp(kind, "Issuer") == 0 ||
	     strcmp(kind, "ClusterIssuer") == 0) &&
	    strcmp(value_string_or(value_get(ref, "group"), "cert-manager.io"),
		   "cert-manager.io") == 0)
		check_issuer(run, object, value_get(ref, "name"), kind);
	if (strcmp(object->kind, "Ingress") != 0)
		return;
	check_issuer(run, object, value_get(notes, "cert-manager.io/issuer"),
		     "Issuer");
	check_issuer(run, object,
		     value_get(notes, "cert-manager.io/cluster-issuer"),
		     "ClusterIssuer");
}

const struct lint_rule lint_certificate_issuer_missing = {
	.name = "certificate-issuer-missing",
	.code = "PLX110",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Certificate or an Ingress names an issuer that does "
		   "not exist.",
	.why = "The Secret is never made.",
	.fix = "Correct issuerRef.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
