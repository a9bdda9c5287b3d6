#include "lints/subjects/makers.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/run.h"
#include "lints/subjects/rbac.h"
#include "model/bundle.h"
#include "model/value.h"

/* What makes a resource, or makes another of it. */
static const struct {
	const char *made;
	const char *group;
	const char *resource;
	const char *verb;
} ways[] = {
	{ "configmaps", "", "configmaps", "create" },
	{ "pods", "", "pods", "create" },
	{ "pods", "", "pods", "patch" },
	{ "pods", "", "pods", "update" },
	{ "pods", "apps", "daemonsets", "create" },
	{ "pods", "apps", "deployments", "create" },
	{ "pods", "apps", "statefulsets", "create" },
	{ "pods", "batch", "jobs", "create" },
	{ "secrets", "", "secrets", "create" },
};

static const char *key_of(struct lint_run *run, const char *name_space,
			  const char *resource)
{
	return arena_printf(run->arena, "%s\n%s", name_space, resource);
}

/* `name_space` is "" for a ClusterRole: it may be bound in any. */
static void add_role(struct lint_run *run, const struct object *role,
		     const char *name_space)
{
	const struct value *rule;
	size_t i;

	list_foreach (rule, value_get(role->root, "rules"))
		for (i = 0; i < ARRAY_COUNT(ways); i++)
			if (lint_rbac_covers(rule, ways[i].group,
					     ways[i].resource) &&
			    lint_rbac_lists(rule, "verbs", ways[i].verb))
				table_puts(
					run->found->makers,
					key_of(run, name_space, ways[i].made),
					(void *)role);
}

static void find_makers(struct lint_run *run)
{
	struct arena *arena = lint_keep(run);
	const struct group_kind *kind;
	const struct object_set *set;
	const struct object *role;
	size_t i;

	run->found->makers = arena_zalloc(run->arena, sizeof(struct table));
	table_init(run->found->makers, run->arena);
	for (kind = lint_rbac_roles; kind->kind; kind++) {
		set = bundle_of_kind(run->bundle, kind->group, kind->kind);
		for (i = 0; set && i < set->objects.count; i++) {
			role = set->objects.items[i];
			add_role(run, role,
				 strcmp(kind->kind, "Role") == 0
					 ? lint_namespace(run, role)
					 : "");
		}
	}
	run->arena = arena;
}

bool lint_may_be_made(struct lint_run *run, const char *name_space,
		      const char *resource)
{
	if (!run->found->makers)
		find_makers(run);
	return table_gets(run->found->makers, key_of(run, "", resource)) ||
	       table_gets(run->found->makers,
			  key_of(run, name_space, resource));
}
