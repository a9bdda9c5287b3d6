#include "lints/subjects/quota.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/schema/quantity.h"
#include "lints/subjects/pods.h"
#include "lints/subjects/resources.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	NANO_PER_MILLI = 1000000
};

static uint64_t sum(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* Of a quantity; 0 where there is none. */
static uint64_t amount_of(const struct value *value)
{
	struct quantity quantity;
	uint64_t amount;

	if (!value || !quantity_of(value, &quantity) || quantity.negative ||
	    !quantity_scaled(&quantity, NANO_PER_MILLI, &amount))
		return 0;
	return amount;
}

/* Of one container; a request that is not written is that of the limit. */
static uint64_t container_amount(const struct container_ref *container,
				 const char *list, const char *resource)
{
	const struct value *own = lint_resource(container, list, resource);

	return amount_of(own ? own
			     : lint_resource(container, "limits", resource));
}

/*
 * Of one pod: what runs beside each other, or the greatest init container if
 * that is more.
 */
static uint64_t pod_amount(const struct podspec *pod, const char *list,
			   const char *resource)
{
	const struct value *whole = value_get(
		value_get(value_get(pod->spec, "resources"), list), resource);
	uint64_t beside = 0, before = 0;
	struct container_ref c;

	if (whole)
		return amount_of(whole);
	for (podspec_first(pod, &c); c.spec; podspec_next(&c)) {
		uint64_t amount = container_amount(&c, list, resource);

		if (lint_runs_on(&c))
			beside = sum(beside, amount);
		else if (c.role == CONTAINER_INIT && amount > before)
			before = amount;
	}
	return before > beside ? before : beside;
}

/* How many pods the object makes at once, at least. */
static uint64_t pod_count(struct lint_run *run, const struct object *object)
{
	int64_t count;

	/* Nobody knows how many nodes or overlapping runs there are. */
	if (object_is(object, "batch", "CronJob") ||
	    object_is(object, "", "PodTemplate"))
		return 0;
	if (object_is(object, "", "Pod") ||
	    object_is(object, "apps", "DaemonSet"))
		return 1;
	if (!object_is(object, "batch", "Job"))
		count = lint_replicas(run, object);
	else if (!value_as_int(value_at(object->root, "spec.parallelism"),
			       &count))
		count = 1;
	return count > 0 ? (uint64_t)count : 0;
}

/* "1500m", "2", "300Mi" */
static const char *amount_text(struct arena *arena, const char *resource,
			       uint64_t amount)
{
	const uint64_t mega = 1000 * UINT64_C(1048576);

	if (strcmp(resource, "memory") == 0 ||
	    strcmp(resource, "ephemeral-storage") == 0)
		return arena_printf(arena, "%" PRIu64 "Mi",
				    amount / mega + (amount % mega != 0));
	if (amount % 1000)
		return arena_printf(arena, "%" PRIu64 "m", amount);
	return arena_printf(arena, "%" PRIu64, amount / 1000);
}

/* One bound of a LimitRange. */
struct bound {
	const struct object *range;
	const char *type; /* "Container", "Pod" */
	const struct value_entry *entry;
	bool top;
};

static void compare(struct lint_run *run, const struct bound *bound,
		    const struct object *object, const char *name,
		    const uint64_t amounts[2])
{
	const char *resource = bound->entry->key;
	uint64_t allowed = amount_of(bound->entry->value);
	/* The greatest limit and the least request are what counts. */
	uint64_t wanted = amounts[bound->top];

	if (!wanted || (bound->top ? wanted <= allowed : wanted >= allowed))
		return;
	lint_report_in(run, bound->range, bound->entry->value,
		       "%s '%s' of %s '%s' has %s %s; LimitRange '%s' wants at "
		       "%s %s",
		       bound->type, name, object->kind, object->name,
		       amount_text(run->arena, resource, wanted), resource,
		       bound->range->name, bound->top ? "most" : "least",
		       amount_text(run->arena, resource, allowed));
}

static void compare_workload(struct lint_run *run, const struct bound *bound,
			     const struct lint_workload *workload)
{
	const char *resource = bound->entry->key;
	uint64_t amounts[2];
	struct container_ref c;

	if (!workload->pod.spec)
		return;
	if (strcmp(bound->type, "Pod") == 0) {
		amounts[0] = pod_amount(&workload->pod, "requests", resource);
		amounts[1] = pod_amount(&workload->pod, "limits", resource);
		compare(run, bound, workload->object, workload->object->name,
			amounts);
		return;
	}
	for (podspec_first(&workload->pod, &c); c.spec; podspec_next(&c)) {
		amounts[0] = container_amount(&c, "requests", resource);
		amounts[1] = container_amount(&c, "limits", resource);
		/* A request above the top has no limit that is below. */
		if (amounts[0] > amounts[1])
			amounts[1] = amounts[0];
		compare(run, bound, workload->object, container_name(&c),
			amounts);
	}
}

static void compare_all(struct lint_run *run, struct bound *bound,
			const struct value *map)
{
	const struct lint_workloads *all =
		lint_workloads_in(run, lint_namespace(run, bound->range));
	const struct value_entry *entry;
	size_t i;

	value_foreach (entry, map) {
		bound->entry = entry;
		for (i = 0; i < all->count; i++)
			compare_workload(run, bound, all->items[i]);
	}
}

void lint_range_check(struct lint_run *run, const struct object *range)
{
	struct bound bound = { .range = range };
	const struct value *item;

	list_foreach (item, value_at(range->root, "spec.limits")) {
		bound.type = value_string_or(value_get(item, "type"), "");
		if (strcmp(bound.type, "Container") != 0 &&
		    strcmp(bound.type, "Pod") != 0)
			continue;
		bound.top = true;
		compare_all(run, &bound, value_get(item, "max"));
		bound.top = false;
		compare_all(run, &bound, value_get(item, "min"));
	}
}

/* A key of `hard`: "limits.cpu" is the list and the resource. */
static const char *split(const char *key, const char **resource)
{
	*resource = key;
	if (strncmp(key, "limits.", 7) == 0) {
		*resource = key + 7;
		return "limits";
	}
	if (strncmp(key, "requests.", 9) == 0)
		*resource = key + 9;
	return "requests";
}

static uint64_t total(struct lint_run *run, const char *name_space,
		      const char *key)
{
	const struct lint_workloads *all = lint_workloads_in(run, name_space);
	const char *resource, *list = split(key, &resource);
	uint64_t result = 0;
	size_t i;

	for (i = 0; i < all->count; i++) {
		const struct lint_workload *workload = all->items[i];
		uint64_t count = pod_count(run, workload->object);
		uint64_t one =
			strcmp(key, "pods") == 0
				? 1000
				: pod_amount(&workload->pod, list, resource);

		if (count && one > (UINT64_MAX - result) / count)
			return UINT64_MAX;
		result += count * one;
	}
	return result;
}

/* The same, added up once for all quotas of the namespace. */
static uint64_t known_total(struct lint_run *run, struct table *totals,
			    const char *name_space, const char *key)
{
	const char *name = arena_printf(run->arena, "%s\n%s", name_space, key);
	uint64_t *known = table_gets(totals, name);

	if (!known) {
		known = arena_alloc(run->arena, sizeof(*known));
		*known = total(run, name_space, key);
		table_puts(totals, name, known);
	}
	return *known;
}

static bool is_counted(const char *key)
{
	static const char *const keys[] = { "cpu",
					    "memory",
					    "ephemeral-storage",
					    "requests.cpu",
					    "limits.cpu",
					    "requests.memory",
					    "limits.memory",
					    "requests.ephemeral-storage",
					    "limits.ephemeral-storage",
					    "pods",
					    NULL };
	size_t i;

	for (i = 0; keys[i]; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

void lint_quota_check(struct lint_run *run, struct table *totals,
		      const struct object *quota)
{
	const struct value *spec = value_get(quota->root, "spec");
	const struct value_entry *entry;

	/* Which pods are in a scope depends on more than the set. */
	if (value_count(value_get(spec, "scopes")) ||
	    value_get(spec, "scopeSelector"))
		return;
	value_foreach (entry, value_get(spec, "hard")) {
		uint64_t allowed = amount_of(entry->value), wanted;
		const char *resource;

		if (!is_counted(entry->key))
			continue;
		wanted = known_total(run, totals, lint_namespace(run, quota),
				     entry->key);
		if (wanted <= allowed)
			continue;
		(void)split(entry->key, &resource);
		lint_report_in(
			run, quota, entry->value,
			"the pods of this set ask for %s %s; ResourceQuota "
			"'%s' allows %s",
			amount_text(run->arena, resource, wanted), entry->key,
			quota->name,
			amount_text(run->arena, resource, allowed));
	}
}
