/*
 * cloud-identity-not-allowed: an account that acts as one of the cloud.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "ServiceAccount" },
					   { NULL, NULL } };

static const struct lint_param params[] = {
	{ "accounts", LINT_PARAM_TEXTS, "[]",
	  "ServiceAccounts that may have one." },
	{ .name = NULL }
};

static bool is_allowed(struct lint_run *run, const char *name)
{
	const char *const *allowed = lint_param_texts(run, "accounts");

	if (strcmp(name, "default") == 0)
		return false;
	for (; *allowed; allowed++)
		if (strcmp(*allowed, name) == 0)
			return true;
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	static const char *const notes[] = {
		"azure.workload.identity/client-id",
		"eks.amazonaws.com/role-arn",
		"iam.gke.io/gcp-service-account",
	};
	const struct value *map =
		value_at(object->root, "metadata.annotations");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(notes); i++) {
		const struct value *note = value_get(map, notes[i]);

		if (*value_string_or(note, "") &&
		    !is_allowed(run, object->name))
			lint_report(run, note, "ServiceAccount '%s' assumes %s",
				    object->name, value_string(note));
	}
}

const struct lint_rule lint_cloud_identity_not_allowed = {
	.name = "cloud-identity-not-allowed",
	.code = "PLX130",
	.group = LINT_PACK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A ServiceAccount acts as an identity of the cloud that "
		   "is not on the list.",
	.why = "Its pods have the rights of that identity outside of the "
	       "cluster.",
	.fix = "Bind identities to named accounts.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
