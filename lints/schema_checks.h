/*
 * Checks of a project's own, in JSON Schema:
 *
 *	- name: two-containers-at-most
 *	  target: pod-spec        # object, controller, pod-template, container
 *	  kinds: [Deployment]     # or apps/Deployment; none: all
 *	  schema: { properties: { containers: { maxItems: 2 } } }
 *	  message: a pod has no more than two containers
 *	  requires:               # instead of a schema, or beside it
 *	    kind: policy/PodDisruptionBudget
 *	    schema: { ... }
 */
#ifndef LINTS_SCHEMA_CHECKS_H
#define LINTS_SCHEMA_CHECKS_H

#include <stdbool.h>

#include "base/attr.h"

struct arena;
struct diag_sink;
struct lint_run;
struct object;
struct podspec;
struct schema_tree;
struct table;
struct value;

enum lint_check_target {
	LINT_CHECK_OBJECT,
	LINT_CHECK_CONTROLLER, /* what has a pod template */
	LINT_CHECK_TEMPLATE,
	LINT_CHECK_POD,
	LINT_CHECK_CONTAINER,
	LINT_CHECK_TARGETS
};

/* Whether a list holds such checks; false: it was reported. */
MUST_USE bool lint_schema_checks_verify(struct arena *arena,
					struct diag_sink *diags,
					const struct value *list);

/* lints/arguments.c: the parameter of that name; NULL: none was given. */
const struct value *lint_param_checks(const struct lint_run *run,
				      const char *name);

/* What a verified check looks at. */
enum lint_check_target lint_schema_check_target(const struct value *check);

/*
 * Whether a check is about an object; then `pod` has the object, and its pod
 * if that is what the check looks at.
 */
bool lint_schema_check_wants(const struct value *check,
			     const struct object *object, struct podspec *pod);

/* The pod template; a Pod is its own. */
const struct value *lint_schema_template(const struct podspec *pod);

/* The schema of a check, with the limits of the run. */
struct schema_tree *lint_schema_tree(struct lint_run *run,
				     const struct value *schema);

/* "/spec/ports/0/name" as paths are written: spec.ports[0].name */
const char *lint_schema_path(struct arena *arena, const char *pointer);

/* The namespaces that hold what a check requires. */
void lint_schema_check_find(struct lint_run *run, const struct value *requires,
			    struct table *spaces);

#endif
