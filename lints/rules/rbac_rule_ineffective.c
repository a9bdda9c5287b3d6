/*
 * rbac-rule-ineffective: rules that allow nothing.
 *
 * Only groups of Kubernetes itself are judged, and of their resources only
 * those that are known in another group.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/edit_distance.h"
#include "lints/reference.h"
#include "lints/schema/lifecycle.h"
#include "lints/subjects/rbac.h"
#include "model/kinds.h"
#include "model/value.h"

static const char *const verbs[] = {
	"get",         "list",     "watch",
	"create",      "update",   "patch",
	"delete",      "bind",     "deletecollection",
	"use",         "escalate", "approve",
	"impersonate", "sign",     "attest",
	"*",           NULL,
};

/* Whether all groups of the rule are Kubernetes' own. */
static bool is_judged(const struct value *rule)
{
	const struct value *group;

	list_foreach (group, value_get(rule, "apiGroups"))
		if (!lifecycle_has_group(value_string_or(group, "*")))
			return false;
	return value_count(value_get(rule, "apiGroups")) > 0 &&
	       !lint_rbac_lists(rule, "apiGroups", "*");
}

/* The kind of a resource: in a group of the rule, else `*elsewhere`. */
static const struct kind *find(const struct value *rule, const char *resource,
			       const struct kind **elsewhere)
{
	size_t i, count, len = strcspn(resource, "/");
	const struct kind *kinds = kinds_all(&count);

	*elsewhere = NULL;
	for (i = 0; i < count; i++) {
		if (strncmp(kinds[i].plural, resource, len) != 0 ||
		    kinds[i].plural[len])
			continue;
		if (lint_rbac_lists(rule, "apiGroups", kinds[i].group))
			return &kinds[i];
		if (lifecycle_has_group(kinds[i].group))
			*elsewhere = &kinds[i];
	}
	return NULL;
}

static void check_resource(struct lint_run *run, const struct value *rule,
			   size_t index, const struct value *item)
{
	const char *name = value_string_or(item, "*");
	const struct kind *elsewhere;
	const struct kind *kind = find(rule, name, &elsewhere);

	if (!kind && elsewhere) {
		lint_report(run, item,
			    "rule %zu: '%s' is not in the groups of the rule",
			    index, name);
		lint_help(run, "use apiGroups: [\"%s\"]", elsewhere->group);
	}
	/* A Role does allow to get the namespace it is in. */
	if (kind && !kind->namespaced && strcmp(name, "namespaces") != 0 &&
	    strcmp(run->object->kind, "Role") == 0)
		lint_report(run, item,
			    "rule %zu: '%s' is not in a namespace, but a Role "
			    "is",
			    index, name);
}

static void check_verb(struct lint_run *run, size_t index,
		       const struct value *item)
{
	const char *verb = value_string_or(item, "*");
	size_t i;

	for (i = 0; verbs[i]; i++)
		if (strcmp(verbs[i], verb) == 0)
			return;
	lint_report(run, item, "rule %zu: '%s' is no verb%s", index, verb,
		    lint_did_you_mean(run, edit_nearest_of(verb, verbs)));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule, *item;

	list_foreach (rule, value_get(object->root, "rules")) {
		const struct value *paths = value_get(rule, "nonResourceURLs");

		if (paths && strcmp(object->kind, "Role") == 0)
			lint_report(run, paths,
				    "rule %zu: 'nonResourceURLs' is of no use "
				    "in a Role",
				    rule_at);
		if (!is_judged(rule))
			continue;
		list_foreach (item, value_get(rule, "resources"))
			check_resource(run, rule, rule_at, item);
		list_foreach (item, value_get(rule, "verbs"))
			check_verb(run, rule_at, item);
	}
}

const struct lint_rule lint_rbac_rule_ineffective = {
	.name = "rbac-rule-ineffective",
	.code = "PL6118",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A rule names a resource, group or verb that does not fit.",
	.why = "It allows nothing of what it was written for.",
	.fix = "Correct the group or the verb.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
