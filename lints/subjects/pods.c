#include "lints/subjects/pods.h"

#include <string.h>

#include "base/arena.h"
#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	OWN_USERS_SINCE = 35
};

bool lint_runs_on(const struct container_ref *container)
{
	return container->role == CONTAINER_REGULAR ||
	       container->role == CONTAINER_SIDECAR;
}

bool lint_is_test(const struct object *object)
{
	const char *hooks = value_string_or(
		value_at(object->root,
			 "metadata.annotations[\"helm.sh/hook\"]"),
		"");

	return strncmp(hooks, "test", 4) == 0;
}

bool lint_is_service(const struct object *object, const struct value *pod)
{
	const char *policy =
		value_string_or(value_get(pod, "restartPolicy"), "Always");

	return !object_is(object, "batch", "Job") &&
	       !object_is(object, "batch", "CronJob") &&
	       strcmp(policy, "Always") == 0 && !lint_is_test(object);
}

bool lint_is_windows(const struct value *pod)
{
	return value_equals_string(value_at(pod, "os.name"), "windows") ||
	       value_equals_string(
		       value_at(pod, "nodeSelector[\"kubernetes.io/os\"]"),
		       "windows");
}

bool lint_has_own_users(const struct lint_run *run, const struct value *pod)
{
	return value_is_false(value_get(pod, "hostUsers")) &&
	       run->kubernetes.oldest >= OWN_USERS_SINCE;
}

const struct value *lint_security(const struct container_ref *container,
				  const char *path)
{
	const struct value *own =
		value_at(value_get(container->spec, "securityContext"), path);

	if (own && !value_is_null(own))
		return own;
	return value_at(value_get(container->pod, "securityContext"), path);
}

const struct value *lint_own_security(const struct container_ref *container,
				      const char *field)
{
	return value_get(value_get(container->spec, "securityContext"), field);
}

const struct value *lint_security_parent(const struct container_ref *container,
					 const char **prefix)
{
	const struct value *own = value_get(container->spec, "securityContext");

	*prefix = value_is_map(own) ? "" : "securityContext.";
	return value_is_map(own) ? own : container->spec;
}

/* A number below the parameter min, or none at all, where the image decides. */
void lint_check_low_id(struct lint_run *run, const struct container_ref *c,
		       const char *field)
{
	const struct value *id = lint_security(c, field);
	int64_t min = lint_param_int(run, "min"), number;
	const struct value *parent;
	const char *prefix;

	if (lint_is_windows(c->pod))
		return;
	if (value_is_null(id)) {
		parent = lint_security_parent(c, &prefix);
		lint_report_absent(
			run, parent, arena_join(run->arena, prefix, field),
			"container '%s' has no %s", container_name(c), field);
	} else if (value_as_int(id, &number) && number < min) {
		lint_report(run, id, "%s of '%s' is %lld, less than %lld",
			    field, container_name(c), (long long)number,
			    (long long)min);
	}
}

bool lint_is_kind_of(const struct object *object, const char *const *kinds)
{
	/* A kind of that name in a group that has none is no workload. */
	if (!object->known && !object->pod_path)
		return false;
	for (; *kinds; kinds++)
		if (strcmp(*kinds, object->kind) == 0)
			return true;
	return false;
}
