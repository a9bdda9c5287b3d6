/*
 * Keywords of arrays.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/json.h"
#include "model/schema/schema_private.h"
#include "model/schema/work.h"
#include "model/value.h"

static void check_counts(const struct schema_step *step)
{
	struct arena *arena = step->run->arena;
	int64_t count = (int64_t)value_count(step->instance->value), limit;

	if (value_as_int(value_get(step->schema, "minItems"), &limit) &&
	    count < limit)
		schema_fail(step, "minItems: got %s, want %s",
			    schema_number(arena, (double)count),
			    schema_number(arena, (double)limit));
	if (value_as_int(value_get(step->schema, "maxItems"), &limit) &&
	    count > limit)
		schema_fail(step, "maxItems: got %s, want %s",
			    schema_number(arena, (double)count),
			    schema_number(arena, (double)limit));
}

/* Each with each, as Helm's validator does for this many. */
enum {
	FEW = 20
};

static void check_few(const struct schema_step *step)
{
	const struct value *list = step->instance->value;
	size_t count = value_count(list), i, j;

	for (i = 1; i < count; i++)
		for (j = 0; j < i; j++) {
			if (!schema_equals(step->run, value_item(list, i),
					   value_item(list, j)))
				continue;
			schema_fail(step, "items at %zu and %zu are equal", j,
				    i);
			return;
		}
}

/* Equal values have equal JSON: one table instead of every pair. */
static void check_unique(const struct schema_step *step)
{
	const struct json_options options = { .raw = true };
	struct arena *arena = step->run->arena;
	const struct value *item;
	struct table seen;

	if (!value_is_true(value_get(step->schema, "uniqueItems")))
		return;
	if (value_count(step->instance->value) <= FEW) {
		check_few(step);
		return;
	}
	table_init(&seen, arena);
	list_foreach (item, step->instance->value) {
		struct table_entry *first;
		const char *error;
		struct str json;

		str_init(&json, arena);
		json_write(&json, item, &options, NULL, &error);
		str_text(&json);
		if (!schema_spend(step->run, step->instance, json.len))
			return;
		first = table_find(&seen, json.text, json.len);
		if (first) {
			schema_fail(step, "items at %zu and %zu are equal",
				    (size_t)(first - seen.entries), item_at);
			return;
		}
		table_put(&seen, json.text, json.len, &seen);
	}
}

/* `shown` is the index in the error, see check_rest. */
static void apply_item(const struct schema_step *step, size_t index,
		       size_t shown, const struct value *schema)
{
	struct schema_instance instance = { value_item(step->instance->value,
						       index),
					    step->instance, NULL, shown };
	struct schema_seen seen;

	schema_seen_init(&seen, step->run->arena);
	schema_apply_grouped(step->scope, schema, &instance, &seen,
			     step->errors);
}

/* A list of schemas for the first items; how many it covers. */
static size_t check_tuple(const struct schema_step *step,
			  const struct value *schemas)
{
	size_t count = value_count(step->instance->value), i;

	for (i = 0; i < count && i < value_count(schemas); i++)
		apply_item(step, i, i, value_item(schemas, i));
	if (i > step->seen->items)
		step->seen->items = i;
	return i;
}

static void check_rest(const struct schema_step *step, size_t from,
		       const struct value *schema)
{
	size_t count = value_count(step->instance->value), i;

	/* Helm's validator counts from the first item that is left. */
	for (i = from; i < count && !step->run->broken; i++)
		apply_item(step, i, i - from, schema);
	step->seen->all_items = true;
}

static void check_items(const struct schema_step *step)
{
	const struct value *items = value_get(step->schema, "items");
	const struct value *more = value_get(step->schema, "additionalItems");
	size_t count = value_count(step->instance->value), from;

	if (step->draft == DRAFT_2020) {
		from = check_tuple(step,
				   value_get(step->schema, "prefixItems"));
		if (items && from < count)
			check_rest(step, from, items);
		return;
	}
	if (!value_is_list(items)) {
		if (items)
			check_rest(step, 0, items);
		return;
	}
	from = check_tuple(step, items);
	if (value_is_false(more) && from < count)
		schema_fail(step, "last %zu additionalItem(s) not allowed",
			    count - from);
	else if (more && !value_is_false(more))
		check_rest(step, from, more);
}

static void check_contains(const struct schema_step *step)
{
	const struct value *schema = value_get(step->schema, "contains"), *item;
	struct schema_errors errors = { 0 };
	struct arena *arena = step->run->arena;
	int64_t least = 1, most = -1, matched = 0;
	bool told = false;
	struct str at;

	if (!schema || step->draft == DRAFT_4)
		return;
	if (step->draft >= DRAFT_2019) {
		told = value_as_int(value_get(step->schema, "minContains"),
				    &least);
		value_as_int(value_get(step->schema, "maxContains"), &most);
	}
	str_init(&at, arena);
	list_foreach (item, step->instance->value) {
		struct schema_instance instance = { item, step->instance, NULL,
						    item_at };
		struct schema_seen seen;
		const char *key;

		schema_seen_init(&seen, arena);
		if (!schema_apply_grouped(step->scope, schema, &instance, &seen,
					  &errors))
			continue;
		if (step->run->broken)
			return;
		matched++;
		key = arena_printf(arena, "%zu", item_at);
		str_printf(&at, " %s", key);
		if (step->draft == DRAFT_2020 && step->run->notes_seen)
			table_puts(&step->seen->odd, key, step->seen);
	}
	if (!matched && least > 0)
		schema_fail_because(
			step,
			told ? arena_printf(arena,
					    "min %lld items required to "
					    "match contains schema, but "
					    "none matched",
					    (long long)least)
			     : "no items match contains schema",
			&errors);
	else if (matched < least)
		schema_fail_because(
			step,
			arena_printf(arena,
				     "min %lld items required to match "
				     "contains schema, but matched %lld "
				     "items at%s",
				     (long long)least, (long long)matched,
				     str_text(&at)),
			&errors);
	if (most >= 0 && matched > most)
		schema_fail(step,
			    "max %lld items required to match contains schema, "
			    "but matched %lld items at%s",
			    (long long)most, (long long)matched, str_text(&at));
}

void schema_array(const struct schema_step *step)
{
	check_counts(step);
	check_unique(step);
	check_items(step);
	check_contains(step);
}

void schema_array_unevaluated(const struct schema_step *step)
{
	const struct value *schema =
		value_get(step->schema, "unevaluatedItems");
	size_t count = value_count(step->instance->value), i;

	if (!schema || step->seen->all_items)
		return;
	for (i = step->seen->items; i < count && !step->run->broken; i++)
		if (!table_gets(&step->seen->odd,
				arena_printf(step->run->arena, "%zu", i)))
			apply_item(step, i, i, schema);
	step->seen->all_items = true;
}
