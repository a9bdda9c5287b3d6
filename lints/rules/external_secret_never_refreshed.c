/*
 * external-secret-never-refreshed: a secret that is read only once.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/schema/duration.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "external-secrets.io", "ExternalSecret" }, { NULL, NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *every = value_get(spec, "refreshInterval");
	const char *policy =
		value_string_or(value_at(spec, "target.creationPolicy"), "");
	int64_t length = 1;

	if (value_is_string(every))
		(void)schema_duration_parse(value_string(every), &length);
	else if (!value_as_int(every, &length))
		return;
	/* What only adds to a Secret, or leaves it, is meant for one time. */
	if (!length && strcmp(policy, "Orphan") != 0 &&
	    strcmp(policy, "None") != 0)
		lint_report(run, every,
			    "ExternalSecret '%s' is never refreshed",
			    object->name);
}

const struct lint_rule lint_external_secret_never_refreshed = {
	.name = "external-secret-never-refreshed",
	.code = "PLX123",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An ExternalSecret is never refreshed.",
	.why = "A secret that was changed because it leaked stays in use "
	       "here.",
	.fix = "Set refreshInterval.",
	.kinds = kinds,
	.check_object = check,
};
