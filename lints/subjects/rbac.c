#include "lints/subjects/rbac.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const char group_name[] = "rbac.authorization.k8s.io";

const struct group_kind lint_rbac_roles[] = {
	{ "rbac.authorization.k8s.io", "Role" },
	{ "rbac.authorization.k8s.io", "ClusterRole" },
	{ NULL, NULL }
};

const struct group_kind lint_rbac_bindings[] = {
	{ "rbac.authorization.k8s.io", "RoleBinding" },
	{ "rbac.authorization.k8s.io", "ClusterRoleBinding" },
	{ NULL, NULL }
};

bool lint_rbac_lists(const struct value *rule, const char *field,
		     const char *word)
{
	const struct value *item;

	list_foreach (item, value_get(rule, field))
		if (value_equals_string(item, word) ||
		    value_equals_string(item, "*"))
			return true;
	return false;
}

/* "*" are all resources and what is below them, "*\/scale" one below each. */
bool lint_rbac_covers(const struct value *rule, const char *group,
		      const char *resource)
{
	const char *slash = strchr(resource, '/');
	const struct value *item;

	if (!lint_rbac_lists(rule, "apiGroups", group))
		return false;
	list_foreach (item, value_get(rule, "resources")) {
		const char *text = value_string_or(item, "");

		if (strcmp(text, resource) == 0 || strcmp(text, "*") == 0)
			return true;
		if (slash && text[0] == '*' && strcmp(text + 1, slash) == 0)
			return true;
	}
	return false;
}

const char *lint_rbac_verbs(struct lint_run *run, const struct value *rule,
			    const char *const *verbs)
{
	const struct value *item;
	struct str found;

	str_init(&found, run->arena);
	list_foreach (item, value_get(rule, "verbs")) {
		const char *const *verb = verbs;
		const char *text = value_string_or(item, "");

		while (*verb && strcmp(*verb, text) != 0)
			verb++;
		if (*verb || strcmp(text, "*") == 0)
			str_printf(&found, "%s%s", found.len ? ", " : "", text);
	}
	return found.len ? str_text(&found) : NULL;
}

/* Whether the list has the word itself, or "*" where that counts. */
static bool names(struct lint_run *run, const struct value *list,
		  const char *word)
{
	const struct value *item;

	list_foreach (item, list) {
		if (value_equals_string(item, word))
			return true;
		if (value_equals_string(item, "*") &&
		    !lint_is_on(run, LINT_RULE_rbac_wildcard))
			return true;
	}
	return false;
}

const char *lint_rbac_allowed(struct lint_run *run, const struct value *rule,
			      const char *group, const char *const *resources,
			      const char *const *verbs)
{
	const struct value *list = value_get(rule, "resources");
	const char *found;

	if (lint_rbac_is_built_in(run->object->name) ||
	    !lint_rbac_lists(rule, "apiGroups", group))
		return NULL;
	found = lint_rbac_verbs(run, rule, verbs);
	for (; found && *resources; resources++)
		if (names(run, list, *resources))
			return arena_printf(run->arena, "%s %s", found,
					    *resources);
	return NULL;
}

static const char *gives(struct lint_run *run, const struct value *rule,
			 const struct lint_rbac_power *power)
{
	const struct lint_rbac_grant *grant;
	const char *allowed = NULL;

	if (power->unless_named &&
	    value_count(value_get(rule, "resourceNames")))
		return NULL;
	for (grant = power->grants; grant->group && !allowed; grant++)
		allowed = lint_rbac_allowed(run, rule, grant->group,
					    grant->resources, grant->verbs);
	return allowed;
}

void lint_rbac_report(struct lint_run *run, const struct object *role,
		      const struct lint_rbac_power *power)
{
	const struct value *rule;

	list_foreach (rule, value_get(role->root, "rules")) {
		const char *allowed = gives(run, rule, power);

		if (allowed && power->says)
			lint_report(run, rule, "%s '%s' %s", role->kind,
				    role->name, power->says);
		else if (allowed)
			lint_report(run, rule, "%s '%s' allows %s%s",
				    role->kind, role->name, allowed,
				    power->note ? power->note : "");
	}
}

static const char *const all_verbs[] = { "get",    "list",  "watch",  "create",
					 "update", "patch", "delete", NULL };

static bool has(const struct value *rule, const char *field, const char *word)
{
	const struct value *item;

	list_foreach (item, value_get(rule, field))
		if (value_equals_string(item, word))
			return true;
	return false;
}

bool lint_rbac_allows_all(const struct object *role)
{
	const struct value *rule;
	size_t i;

	list_foreach (rule, value_get(role->root, "rules")) {
		if (!has(rule, "apiGroups", "*") ||
		    !has(rule, "resources", "*"))
			continue;
		for (i = 0; all_verbs[i] &&
			    lint_rbac_lists(rule, "verbs", all_verbs[i]);
		     i++)
			continue;
		if (!all_verbs[i])
			return true;
	}
	return false;
}

bool lint_rbac_is_built_in(const char *role)
{
	static const char *const names[] = { "cluster-admin", "admin", "edit",
					     "view" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(names[i], role) == 0)
			return true;
	return strncmp(role, "system:", 7) == 0 ||
	       strncmp(role, "gce:", 4) == 0;
}

const struct object *lint_rbac_role_of(struct lint_run *run,
				       const struct object *binding)
{
	const struct value *role = value_get(binding->root, "roleRef");
	const char *kind = value_string_or(value_get(role, "kind"), "");
	struct lint_reference ref = {
		group_name,
		kind,
		strcmp(kind, "Role") == 0 ? lint_namespace(run, binding) : "",
		value_string_or(value_get(role, "name"), ""),
	};

	return lint_referred(run, &ref);
}

const char *lint_rbac_subjects(struct lint_run *run,
			       const struct object *binding)
{
	const struct value *list = value_get(binding->root, "subjects");
	const struct value *first = value_item(list, 0);
	size_t others = value_count(list);
	const char *text;

	if (!first)
		return NULL;
	text = arena_printf(
		run->arena, "%s '%s'",
		value_string_or(value_get(first, "kind"), "subject"),
		value_string_or(value_get(first, "name"), ""));
	if (others == 1)
		return text;
	return arena_printf(run->arena, "%s and %zu %s", text, others - 1,
			    others == 2 ? "other" : "others");
}
