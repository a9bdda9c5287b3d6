/*
 * quota-exceeded: the pods of a namespace ask for more than its ResourceQuota
 * or LimitRange allows.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/subjects/quota.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "LimitRange" },
					   { "", "ResourceQuota" },
					   { NULL, NULL } };

enum {
	RANGES_MAX = 16 /* of a namespace; nobody has more */
};

static void check_ranges(struct lint_run *run)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "", "LimitRange");
	struct table seen;
	size_t i;

	table_init(&seen, run->arena);
	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *range = set->objects.items[i];
		const char *space = lint_namespace(run, range);
		size_t *count = table_gets(&seen, space);

		if (!count) {
			count = arena_zalloc(run->arena, sizeof(*count));
			table_puts(&seen, space, count);
		}
		if (++*count <= RANGES_MAX)
			lint_range_check(run, range);
	}
}

static void check(struct lint_run *run)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "", "ResourceQuota");
	struct table totals;
	size_t i;

	table_init(&totals, run->arena);
	for (i = 0; set && i < set->objects.count; i++)
		lint_quota_check(run, &totals, set->objects.items[i]);
	check_ranges(run);
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
	.check_bundle = check,
};
