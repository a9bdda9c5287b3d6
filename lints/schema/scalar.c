/*
 * Texts, numbers and booleans, as the API server's decoder takes them: never
 * one for the other.
 */
#include "lints/schema/walk.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/str.h"
#include "model/value.h"

static const char *const expected_names[] = {
	[SCHEMA_STRING] = "string",
	[SCHEMA_BOOL] = "boolean",
	[SCHEMA_INT32] = "whole number",
	[SCHEMA_INT64] = "whole number",
	[SCHEMA_DOUBLE] = "number",
	[SCHEMA_DATE_TIME] = "string",
	[SCHEMA_BYTE] = "string",
	[SCHEMA_QUANTITY] = "quantity",
	[SCHEMA_INT_OR_STRING] = "whole number or string",
};

static bool is_int32(const struct value *value)
{
	int64_t integer;

	return value_as_int(value, &integer) && integer >= INT32_MIN &&
	       integer <= INT32_MAX;
}

static bool fits(const struct value *value, enum schema_shape shape)
{
	int64_t integer;

	switch (shape) {
	case SCHEMA_STRING:
	case SCHEMA_DATE_TIME:
	case SCHEMA_BYTE:
		return value_is_string(value) || value->kind == VALUE_OPAQUE;
	case SCHEMA_BOOL:
		return value_is_bool(value);
	case SCHEMA_INT32:
		return is_int32(value);
	case SCHEMA_INT64:
		return value_as_int(value, &integer);
	case SCHEMA_DOUBLE:
		return value_is_number(value);
	case SCHEMA_QUANTITY:
		return value_is_string(value) || value_is_number(value);
	case SCHEMA_INT_OR_STRING:
		return value_is_string(value) || is_int32(value);
	case SCHEMA_ANY:
	case SCHEMA_LIST:
	case SCHEMA_MAP:
	case SCHEMA_OBJECT:
		break;
	}
	return true;
}

/* "A, B or C" of those that hold in both ends of the run's versions. */
static const char *allowed(const struct schema_walk *walk,
			   const struct schema_range *set)
{
	struct str out;
	size_t i, left = 0;

	for (i = 0; i < set->count; i++)
		left += schema_values[set->first + i].last >= walk->newest &&
			schema_values[set->first + i].first <= walk->oldest;
	str_init(&out, walk->run->arena);
	for (i = 0; i < set->count; i++) {
		const struct schema_value *value =
			&schema_values[set->first + i];

		if (value->last < walk->newest || value->first > walk->oldest)
			continue;
		left--;
		if (out.len)
			str_puts(&out, left ? ", " : " or ");
		str_puts(&out, schema_name(value->name));
	}
	return str_text(&out);
}

struct candidates {
	const struct schema_walk *walk;
	const struct schema_range *set;
	size_t at;
};

static const char *next_value(void *context)
{
	struct candidates *c = context;

	while (c->at < c->set->count) {
		const struct schema_value *value =
			&schema_values[c->set->first + c->at++];

		if (value->last >= c->walk->newest &&
		    value->first <= c->walk->oldest)
			return schema_name(value->name);
	}
	return NULL;
}

static void check_values(struct schema_walk *walk, const struct schema_at *at,
			 const struct schema_range *set)
{
	struct candidates candidates = { .walk = walk, .set = set };
	const char *text = value_string(at->value), *near;
	size_t i;

	/* An empty text is what Go has for nothing. */
	if (!text || !*text)
		return;
	for (i = 0; i < set->count; i++) {
		const struct schema_value *value =
			&schema_values[set->first + i];

		if (strcmp(schema_name(value->name), text) == 0 &&
		    value->first <= walk->oldest && value->last >= walk->newest)
			return;
	}
	if (!schema_report(walk, LINT_RULE_schema_enum_invalid, at,
			   "%s: %s is not one of %s", schema_path(walk, at),
			   schema_shown(walk, at), allowed(walk, set)))
		return;
	near = edit_nearest(text, next_value, &candidates);
	lint_help(walk->run, "use %s", near ? near : allowed(walk, set));
}

static const char *expected(const struct value *value, enum schema_shape shape)
{
	int64_t integer;

	if ((shape == SCHEMA_INT32 || shape == SCHEMA_INT_OR_STRING) &&
	    value_as_int(value, &integer))
		return "whole number of 32 bits";
	return expected_names[shape];
}

bool schema_scalar(struct schema_walk *walk, const struct schema_at *at,
		   const struct schema_type *type)
{
	if (!fits(at->value, type->shape)) {
		schema_wrong_type(walk, at, expected(at->value, type->shape));
		return false;
	}
	if (at->field && at->field->values)
		check_values(walk, at, &schema_sets[at->field->values]);
	schema_form(walk, at, type);
	return true;
}
