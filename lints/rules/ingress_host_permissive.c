/*
 * ingress-host-permissive: an Ingress that takes traffic of every name.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

/* "*", and "*.org": everything below the root. */
static bool takes_all(const char *host)
{
	return strcmp(host, "*") == 0 ||
	       (strncmp(host, "*.", 2) == 0 && !strchr(host + 2, '.'));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;

	list_foreach (rule, value_at(object->root, "spec.rules")) {
		const struct value *host = value_get(rule, "host");
		const char *name = value_string_or(host, "");

		if (!*name)
			lint_report_absent(
				run, rule, "host",
				"a rule of Ingress '%s' without host "
				"takes traffic of every name",
				object->name);
		else if (takes_all(name))
			lint_report(run, host,
				    "host '%s' of Ingress '%s' takes traffic "
				    "of every name",
				    name, object->name);
	}
}

const struct lint_rule lint_ingress_host_permissive = {
	.name = "ingress-host-permissive",
	.code = "PL5119",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A rule of an Ingress has no host, or one for every name.",
	.why = "It also answers for names that belong to others.",
	.fix = "Write the exact host.",
	.kinds = lint_ingress_kinds,
	.check_object = check,
};
