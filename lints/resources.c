#include "lints/resources.h"

#include <string.h>

#include "base/arena.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/pods.h"
#include "lints/schema/quantity.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	POD_RESOURCES_SINCE = 34,
	NEWEST = 99
};

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

/* The map where a missing resource belongs, and what is missing in it. */
static const struct value *parent_of(const struct container_ref *container,
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

void lint_resource_missing(struct lint_run *run,
			   const struct container_ref *container,
			   const char *list, const char *resource,
			   const char *what)
{
	const struct value *parent;
	const char *field;

	if (!lint_runs_on(container) &&
	    !(container->role == CONTAINER_INIT &&
	      lint_param_bool(run, "initContainers")))
		return;
	if (lint_resource(container, list, resource) ||
	    (lint_has_param(run, "limitCounts") &&
	     lint_param_bool(run, "limitCounts") &&
	     lint_resource(container, "limits", resource)) ||
	    lint_resource_elsewhere(run, container, list, resource))
		return;
	parent = parent_of(container, list, resource, &field);
	lint_report_absent(run, parent, field, "container '%s' %s",
			   container_name(container), what);
}

static const char *written(const struct value *value)
{
	return value_is_string(value) ? value_string(value)
	       : value->text          ? value->text
				      : "";
}

void lint_request_not_limit(struct lint_run *run,
			    const struct container_ref *container,
			    const char *resource)
{
	const struct value *request =
		lint_resource(container, "requests", resource);
	const struct value *limit =
		lint_resource(container, "limits", resource);
	struct quantity wanted, allowed;

	if (!lint_runs_on(container) || !quantity_of(request, &wanted) ||
	    (limit && !quantity_of(limit, &allowed)))
		return;
	if (!limit)
		lint_report(run, request,
			    "%s request %s of '%s' has no limit beside it",
			    resource, written(request),
			    container_name(container));
	else if (quantity_compare(&wanted, &allowed) != 0)
		lint_report(run, request,
			    "%s request %s of '%s' is not its limit %s",
			    resource, written(request),
			    container_name(container), written(limit));
}
