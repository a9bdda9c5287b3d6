/*
 * configmap-secret: a secret in a ConfigMap is open to everybody.
 */
#include "lints/lint.h"
#include "lints/subjects/secrets.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "", "ConfigMap" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value_entry *entry;

	value_foreach (entry, value_get(object->root, "data"))
		if (value_is_string(entry->value) &&
		    lint_secret_is_clear(run, entry->key,
					 value_string(entry->value)))
			lint_report(run, entry->value,
				    "key '%s' of ConfigMap '%s' holds a secret "
				    "in clear",
				    entry->key, object->name);
}

const struct lint_rule lint_configmap_secret = {
	.name = "configmap-secret",
	.code = "PL4002",
	.group = LINT_SECRETS,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A ConfigMap holds a secret in clear.",
	.why = "ConfigMaps are readable for far more people and programs "
	       "than Secrets are.",
	.fix = "Move it to a Secret or an external store.",
	.params = lint_secret_params,
	.kinds = kinds,
	.check_object = check,
};
