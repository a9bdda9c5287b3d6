/*
 * external-secret-store-missing: an ExternalSecret that has nowhere to read.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "external-secrets.io", "ExternalSecret" }, { NULL, NULL }
};

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *store =
		value_at(object->root, "spec.secretStoreRef");
	const struct value *name = value_get(store, "name");
	const char *kind =
		value_string_or(value_get(store, "kind"), "SecretStore");
	struct lint_reference ref = {
		"external-secrets.io",
		kind,
		strcmp(kind, "SecretStore") == 0 ? lint_namespace(run, object)
						 : "",
		value_string_or(name, ""),
	};

	if (!*ref.name || !lint_dangles(run, &ref))
		return;
	lint_report(run, name, "%s '%s' does not exist", kind, ref.name);
	lint_at_use(run);
	lint_help(run, "correct secretStoreRef%s",
		  lint_did_you_mean(run, lint_near_name(run, &ref)));
}

const struct lint_rule lint_external_secret_store_missing = {
	.name = "external-secret-store-missing",
	.code = "PLX122",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An ExternalSecret names a store that does not exist.",
	.why = "The Secret is never made.",
	.fix = "Correct secretStoreRef.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
