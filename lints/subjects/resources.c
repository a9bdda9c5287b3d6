#include "lints/subjects/resources.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/run.h"
#include "lints/schema/quantity.h"
#include "lints/subjects/pods.h"
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

static void add_defaults(struct lint_run *run, struct table *defaults,
			 const char *name_space, const struct value *map,
			 const char *list)
{
	const struct value_entry *entry;

	value_foreach (entry, map)
		table_puts(defaults,
			   arena_printf(run->arena, "%s\n%s\n%s", name_space,
					list, entry->key),
			   defaults);
}

static struct table *make_defaults(struct lint_run *run,
				   const struct object_set *ranges)
{
	struct table *defaults = arena_zalloc(run->arena, sizeof(*defaults));
	const struct value *item;
	size_t i;

	table_init(defaults, run->arena);
	for (i = 0; i < ranges->objects.count; i++) {
		const struct object *range = ranges->objects.items[i];
		const char *space = lint_namespace(run, range);

		list_foreach (item, value_at(range->root, "spec.limits")) {
			const struct value *most = value_get(item, "default");

			if (!value_equals_string(value_get(item, "type"),
						 "Container"))
				continue;
			add_defaults(run, defaults, space, most, "limits");
			add_defaults(run, defaults, space, most, "requests");
			add_defaults(run, defaults, space,
				     value_get(item, "defaultRequest"),
				     "requests");
		}
	}
	return defaults;
}

/* What LimitRanges of the set give to containers that say nothing. */
static const struct table *defaults_of(struct lint_run *run)
{
	const struct object_set *ranges =
		bundle_of_kind(run->bundle, "", "LimitRange");
	struct arena *arena;

	if (!run->found->defaults && ranges) {
		arena = lint_keep(run);
		run->found->defaults = make_defaults(run, ranges);
		run->arena = arena;
	}
	return run->found->defaults;
}

bool lint_resource_elsewhere(struct lint_run *run,
			     const struct container_ref *container,
			     const char *list, const char *resource)
{
	const struct value *whole = value_get(container->pod, "resources");
	const struct table *defaults = defaults_of(run);

	if (lint_in(run, POD_RESOURCES_SINCE, NEWEST) &&
	    (value_get(value_get(whole, list), resource) ||
	     value_get(value_get(whole, "limits"), resource)))
		return true;
	return defaults &&
	       table_gets(defaults,
			  arena_printf(run->arena, "%s\n%s\n%s",
				       lint_namespace(run, container->object),
				       list, resource));
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

void lint_request_not_limit(struct lint_run *run,
			    const struct container_ref *container,
			    const char *resource)
{
	const struct value *request =
		lint_resource(container, "requests", resource);
	const struct value *limit =
		lint_resource(container, "limits", resource);
	struct quantity wanted, allowed;

	if (container->role == CONTAINER_EPHEMERAL ||
	    !quantity_of(request, &wanted) ||
	    (limit && !quantity_of(limit, &allowed)))
		return;
	if (!limit)
		lint_report(run, request,
			    "%s request %s of '%s' has no limit beside it",
			    resource, quantity_text(run->arena, request),
			    container_name(container));
	else if (quantity_compare(&wanted, &allowed) != 0)
		lint_report(run, request,
			    "%s request %s of '%s' is not its limit %s",
			    resource, quantity_text(run->arena, request),
			    container_name(container),
			    quantity_text(run->arena, limit));
}
