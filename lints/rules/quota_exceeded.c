/*
 * quota-exceeded: the pods of a namespace ask for more than its ResourceQuota
 * or LimitRange allows.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/index.h"
#include "lints/quota.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "LimitRange" },
					   { "", "ResourceQuota" },
					   { NULL, NULL } };

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
		uint64_t count = lint_pod_count(run, workload->object);
		uint64_t one = strcmp(key, "pods") == 0
				       ? 1000
				       : lint_pod_amount(&workload->pod, list,
							 resource);

		if (count && one > (UINT64_MAX - result) / count)
			return UINT64_MAX;
		result += count * one;
	}
	return result;
}

static bool is_counted(const char *key)
{
	static const char *const keys[] = {
		"cpu",		"memory",     "ephemeral-storage",
		"requests.cpu", "limits.cpu", "requests.memory",
		"limits.memory", "requests.ephemeral-storage",
		"limits.ephemeral-storage", "pods", NULL
	};
	size_t i;

	for (i = 0; keys[i]; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static void check_quota(struct lint_run *run, const struct object *quota)
{
	const struct value *spec = value_get(quota->root, "spec");
	const struct value_entry *entry;

	/* Which pods are in a scope depends on more than the set. */
	if (value_count(value_get(spec, "scopes")) ||
	    value_get(spec, "scopeSelector"))
		return;
	value_foreach (entry, value_get(spec, "hard")) {
		uint64_t allowed = lint_amount(entry->value), wanted;
		const char *resource;

		if (!is_counted(entry->key))
			continue;
		wanted = total(run, lint_namespace(run, quota), entry->key);
		if (wanted <= allowed)
			continue;
		(void)split(entry->key, &resource);
		lint_report(run, entry->value,
			    "the pods of this set ask for %s %s; ResourceQuota "
			    "'%s' allows %s",
			    lint_amount_text(run->arena, resource, wanted),
			    entry->key, quota->name,
			    lint_amount_text(run->arena, resource, allowed));
	}
}

static void check_object(struct lint_run *run, const struct object *object)
{
	if (object_is(object, "", "ResourceQuota"))
		check_quota(run, object);
	else
		lint_range_check(run, object);
}

const struct lint_rule lint_quota_exceeded = {
	.name = "quota-exceeded",
	.code = "PL2114",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "The pods of a namespace ask for more than it allows.",
	.why = "The API server refuses the pods that come last, and the "
	       "rollout stands still without a word.",
	.fix = "Lower the requests or raise the quota.",
	.kinds = kinds,
	.check_object = check_object,
};
