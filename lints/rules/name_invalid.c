/*
 * name-invalid: a name that the API server does not accept for the kind.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/subjects/name_syntax.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct {
	const char *group;
	const char *kind;
	enum lint_name_syntax syntax;
} others[] = {
	{ "", "Namespace", LINT_NAME_LABEL },
	{ "", "Service", LINT_NAME_SERVICE },
	{ "certificates.k8s.io", "CertificateSigningRequest",
	  LINT_NAME_SEGMENT },
	/* An address of version 6 has colons. */
	{ "networking.k8s.io", "IPAddress", LINT_NAME_SEGMENT },
	{ "rbac.authorization.k8s.io", "ClusterRole", LINT_NAME_SEGMENT },
	{ "rbac.authorization.k8s.io", "ClusterRoleBinding",
	  LINT_NAME_SEGMENT },
	{ "rbac.authorization.k8s.io", "Role", LINT_NAME_SEGMENT },
	{ "rbac.authorization.k8s.io", "RoleBinding", LINT_NAME_SEGMENT },
};

static enum lint_name_syntax syntax_of(const struct object *object)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(others); i++)
		if (object_is(object, others[i].group, others[i].kind))
			return others[i].syntax;
	return LINT_NAME_SUBDOMAIN;
}

/* plural.group, as the definition itself says. */
static void check_definition(struct lint_run *run, const struct object *object)
{
	const char *plural =
		value_string(value_at(object->root, "spec.names.plural"));
	const char *group = value_string(value_at(object->root, "spec.group"));
	const char *wanted;

	if (!plural || !group)
		return;
	wanted = arena_printf(run->arena, "%s.%s", plural, group);
	if (strcmp(wanted, object->name) == 0)
		return;
	lint_report(run, value_at(object->root, "metadata.name"),
		    "name '%s' of %s: it is not the plural and the group",
		    object->name, object->kind);
	lint_help(run, "use %s", wanted);
}

static void check_webhooks(struct lint_run *run, const struct object *object)
{
	const struct value *hook;

	list_foreach (hook, value_get(object->root, "webhooks")) {
		const struct value *name = value_get(hook, "name");
		const char *text = value_string_or(name, "");
		const char *dot = strchr(text, '.');

		if (!*text || (dot && strchr(dot + 1, '.')))
			continue;
		lint_report(run, name,
			    "name '%s' of a webhook: it has fewer than three "
			    "parts",
			    text);
		lint_help(run, "use a full name, %s.example.com", text);
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	enum lint_name_syntax syntax = syntax_of(object);
	const char *reason, *repaired;

	/* Variables are for others to fill in; lengths have their own rule. */
	if (!*object->name || strstr(object->name, "${") ||
	    (syntax == LINT_NAME_SERVICE && strlen(object->name) > 63))
		return;
	reason = lint_name_refused(run->arena, syntax, object->name);
	if (reason) {
		lint_report(run, value_at(object->root, "metadata.name"),
			    "name '%s' of %s: %s", object->name, object->kind,
			    reason);
		repaired = lint_name_repaired(run->arena, object->name);
		if (!lint_name_refused(run->arena, syntax, repaired))
			lint_help(run, "use '%s'", repaired);
	}
	check_definition(run, object);
	check_webhooks(run, object);
}

const struct lint_rule lint_name_invalid = {
	.name = "name-invalid",
	.code = "PL8004",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary =
		"A name is not one that the API server accepts for the kind.",
	.why = "The API server rejects the object.",
	.fix = "Use lower-case letters, digits and hyphens.",
	.check_object = check,
};
