/*
 * Roles and bindings: what a rule of a role allows, and to whom.
 */
#ifndef LINTS_SUBJECTS_RBAC_H
#define LINTS_SUBJECTS_RBAC_H

#include <stdbool.h>

#include "model/object.h"

struct lint_run;
struct value;

/* Role and ClusterRole; RoleBinding and ClusterRoleBinding. */
extern const struct group_kind lint_rbac_roles[];
extern const struct group_kind lint_rbac_bindings[];

/* Whether a list of a rule has the word, or "*". */
bool lint_rbac_lists(const struct value *rule, const char *field,
		     const char *word);

/* Whether the rule is about a resource, "pods/exec", of a group. */
bool lint_rbac_covers(const struct value *rule, const char *group,
		      const char *resource);

/*
 * The verbs of a list that the rule allows, as "get, list"; NULL: none.
 * `verbs` ends with NULL.
 */
const char *lint_rbac_verbs(struct lint_run *run, const struct value *rule,
			    const char *const *verbs);

/*
 * What the rule allows of the resources and verbs, as "create pods/exec"; NULL:
 * nothing.  A wildcard counts only where rbac-wildcard does not report it.
 * Roles of the system allow nothing here.  Both lists end with NULL.
 */
const char *lint_rbac_allowed(struct lint_run *run, const struct value *rule,
			      const char *group, const char *const *resources,
			      const char *const *verbs);

/* Verbs on resources of a group; both lists end with NULL. */
struct lint_rbac_grant {
	const char *group; /* NULL: behind the last */
	const char *const *resources;
	const char *const *verbs;
};

/* What a role should not let its subjects do. */
struct lint_rbac_power {
	const struct lint_rbac_grant *grants; /* any of them */
	const char *says;  /* NULL: "allows create pods/exec" */
	const char *note;  /* appended to that; or NULL */
	bool unless_named; /* rules with resourceNames are left alone */
};

/* Report each rule of a role that gives the power. */
void lint_rbac_report(struct lint_run *run, const struct object *role,
		      const struct lint_rbac_power *power);

/* All verbs of all resources of all groups: cluster-admin by another name. */
bool lint_rbac_allows_all(const struct object *role);

/*
 * Built into every cluster: cluster-admin, admin, edit, view, system:...; and
 * gce:..., what those of Google bring.
 */
bool lint_rbac_is_built_in(const char *role);

/* The role of a binding if the set has it; or NULL. */
const struct object *lint_rbac_role_of(struct lint_run *run,
				       const struct object *binding);

/* "ServiceAccount 'web' and 2 others"; NULL: it has no subjects. */
const char *lint_rbac_subjects(struct lint_run *run,
			       const struct object *binding);

#endif
