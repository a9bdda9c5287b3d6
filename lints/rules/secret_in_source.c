/*
 * secret-in-source: Secrets whose content stands in the repository.
 *
 * SOPS adds a map of its own to what it has encrypted.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "", "Secret" }, { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	static const char *const fields[] = { "data", "stringData" };
	size_t i;

	if (value_get(object->root, "sops"))
		return;
	for (i = 0; i < ARRAY_COUNT(fields); i++) {
		const struct value *data = value_get(object->root, fields[i]);

		if (!value_count(data))
			continue;
		lint_report(run, data,
			    "Secret '%s' with its content is in the source",
			    object->name);
		return;
	}
}

const struct lint_rule lint_secret_in_source = {
	.name = "secret-in-source",
	.code = "PL4103",
	.group = LINT_SECRETS,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Secret with its content is in the source.",
	.why = "base64 is no encryption: whoever may read the repository reads "
	       "the Secret, for ever.",
	.fix = "Encrypt it, or keep it in an external store.",
	.kinds = kinds,
	.check_object = check,
};
