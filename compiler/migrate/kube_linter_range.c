/*
 * kube-linter: the ranges of cpu-requirements and memory-requirements.
 *
 * Theirs is the range that is reported, where unset is 0 and so "0 to 0" means
 * "missing"; ours is the range that is allowed.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "compiler/migrate/custom.h"
#include "model/value.h"

struct range {
	const char *resource; /* "cpu", "memory": parts of names of rules */
	const char *unit;
	bool has_top;
	int64_t bottom;
	int64_t top;
	bool requests;
	bool limits;
};

static bool read_range(struct custom *c, struct range *range)
{
	bool cpu = strcmp(c->template, "cpu-requirements") == 0;
	const struct value *type = value_get(c->params, "requirementsType");
	const struct value *bottom =
		value_get(c->params, cpu ? "lowerBoundMillis" : "lowerBoundMB");
	const struct value *top =
		value_get(c->params, cpu ? "upperBoundMillis" : "upperBoundMB");
	bool any = value_equals_string(type, "any");

	range->resource = cpu ? "cpu" : "memory";
	range->unit = cpu ? "m" : "Mi";
	range->bottom = 0;
	range->requests = any || value_equals_string(type, "request");
	range->limits = any || value_equals_string(type, "limit");
	range->has_top = top != NULL;
	if ((bottom && !value_as_int(bottom, &range->bottom)) ||
	    (top && !value_as_int(top, &range->top))) {
		custom_left_out(c, c->params, "its bounds are no numbers");
		return false;
	}
	if (!range->requests && !range->limits) {
		custom_left_out(c, type,
				"requirementsType is request, limit or any");
		return false;
	}
	return true;
}

static void missing(struct custom *c, const struct range *range)
{
	static const char *const fields[] = { "request", "limit" };
	const bool wanted[] = { range->requests, range->limits };
	size_t i;

	for (i = 0; i < 2; i++) {
		const char *rule = arena_printf(c->m->arena, "%s-%s-missing",
						range->resource, fields[i]);

		if (wanted[i] && !value_is_map(value_get(c->m->rules, rule)))
			migrate_put(c->m, c->m->rules, rule, "warning");
	}
}

static void set_bound(struct custom *c, const struct range *range,
		      const char *end, int64_t bound)
{
	struct value *setting = custom_setting(c, "resource-out-of-range");

	if (!setting)
		return;
	migrate_put(
		c->m, setting,
		arena_printf(c->m->arena, "%s%s", range->resource, end),
		arena_printf(c->m->arena, "%" PRId64 "%s", bound, range->unit));
	migrate_put(c->m, setting, "requestsType",
		    !range->limits     ? "request"
		    : !range->requests ? "limit"
				       : "any");
}

void custom_requirements(struct custom *c)
{
	struct range range;

	if (!read_range(c, &range))
		return;
	if (range.bottom > 0 && range.has_top)
		custom_left_out(c, c->params,
				"a range with two ends that is not allowed "
				"has no counterpart");
	else if (range.bottom > 0)
		set_bound(c, &range, "Max", range.bottom - 1);
	else if (!range.has_top)
		custom_left_out(c, c->params,
				"every amount is in its range; it has no "
				"counterpart");
	else
		missing(c, &range);
	if (range.bottom <= 0 && range.has_top && range.top > 0)
		set_bound(c, &range, "Min", range.top + 1);
}
