#include "lints/pods.h"

#include <string.h>

#include "base/arena.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	POD_RESOURCES_SINCE = 34,
	OWN_USERS_SINCE = 35,
	NEWEST = 99
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

bool lint_is_kind_of(const struct object *object, const char *const *kinds)
{
	for (; *kinds; kinds++)
		if (strcmp(*kinds, object->kind) == 0)
			return true;
	return false;
}

const struct value *lint_resource(const struct container_ref *container,
				  const char *list, const char *resource)
{
	return value_get(
		value_get(value_get(container->spec, "resources"), list),
		resource);
}

static bool limit_range_sets(const struct object *range, const char *list,
			     const char *resource)
{
	const struct value *items = value_at(range->root, "spec.limits");
	const struct value *item;
	bool requests = strcmp(list, "requests") == 0;

	list_foreach (item, items) {
		if (!value_equals_string(value_get(item, "type"), "Container"))
			continue;
		if (value_get(value_get(item, "default"), resource))
			return true;
		if (requests &&
		    value_get(value_get(item, "defaultRequest"), resource))
			return true;
	}
	return false;
}

bool lint_resource_elsewhere(struct lint_run *run,
			     const struct container_ref *container,
			     const char *list, const char *resource)
{
	const struct object_set *ranges;
	const struct value *whole = value_get(container->pod, "resources");
	const char *name_space;
	size_t i;

	if (lint_in(run, POD_RESOURCES_SINCE, NEWEST) &&
	    (value_get(value_get(whole, list), resource) ||
	     value_get(value_get(whole, "limits"), resource)))
		return true;
	ranges = bundle_of_kind(run->bundle, "", "LimitRange");
	name_space = lint_namespace(run, container->object);
	for (i = 0; ranges && i < ranges->objects.count; i++)
		if (strcmp(lint_namespace(run, ranges->objects.items[i]),
			   name_space) == 0 &&
		    limit_range_sets(ranges->objects.items[i], list, resource))
			return true;
	return false;
}

const struct value *lint_resource_parent(const struct container_ref *container,
					 const char *list, const char *resource,
					 const char **field)
{
	const struct value *resources = value_get(container->spec, "resources");
	const struct value *at = value_get(resources, list);
	static const struct {
		const char *list, *resource, *below_list, *below_container;
	} names[] = {
		{ "requests", "cpu", "requests.cpu", "resources.requests.cpu" },
		{ "requests", "memory", "requests.memory",
		  "resources.requests.memory" },
		{ "requests", "ephemeral-storage", "requests.ephemeral-storage",
		  "resources.requests.ephemeral-storage" },
		{ "limits", "cpu", "limits.cpu", "resources.limits.cpu" },
		{ "limits", "memory", "limits.memory",
		  "resources.limits.memory" },
		{ "limits", "ephemeral-storage", "limits.ephemeral-storage",
		  "resources.limits.ephemeral-storage" },
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(names[i].list, list) == 0 &&
		    strcmp(names[i].resource, resource) == 0)
			break;
	if (i == ARRAY_COUNT(names))
		BUG("a resource that no rule is about");
	*field = value_is_map(at)          ? names[i].resource
		 : value_is_map(resources) ? names[i].below_list
					   : names[i].below_container;
	return value_is_map(at)          ? at
	       : value_is_map(resources) ? resources
					 : container->spec;
}
