/*
 * service-externalname-loop: a name that leads back to the caller or to the
 * Service itself.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/index.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

static bool is_self(struct lint_run *run, const struct object *object,
		    const char *name)
{
	const char *own = arena_printf(run->arena, "%s.%s.svc", object->name,
				       lint_namespace(run, object));
	size_t len = strlen(own);

	return strncmp(name, own, len) == 0 &&
	       (!name[len] || strcmp(name + len, ".") == 0 ||
		strncmp(name + len, ".cluster.local", 14) == 0);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *value = value_get(spec, "externalName");
	const char *name = value_string_or(value, "");
	size_t len = strlen(name);

	if (!value_equals_string(value_get(spec, "type"), "ExternalName"))
		return;
	if (strcmp(name, "localhost") == 0 || strncmp(name, "127.", 4) == 0 ||
	    (len > 10 && strcmp(name + len - 10, ".localhost") == 0) ||
	    is_self(run, object, name))
		lint_report(run, value,
			    "externalName '%s' points back at the cluster or "
			    "the caller",
			    name);
}

const struct lint_rule lint_service_externalname_loop = {
	.name = "service-externalname-loop",
	.code = "PL5110",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "The externalName of a Service points back at the cluster "
		   "or the caller.",
	.why = "Callers reach themselves, also past policies that trust the "
	       "name.",
	.fix = "Name a host outside the cluster.",
	.kinds = kinds,
	.check_object = check,
};
