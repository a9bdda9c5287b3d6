#include "lints/schema/bounds.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/number.h"
#include "base/real.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"
#include "lints/lint.h"
#include "lints/schema/node.h"
#include "lints/schema/search.h"
#include "model/json.h"
#include "model/placeholder.h"
#include "model/value.h"

enum {
	VALUES_SHOWN = 12,
	PATTERN_SHOWN = 100
};

bool schema_is_placeholder(const struct value *value)
{
	const char *text = value_string(value);

	/* Operators have templates and variables of their own. */
	return (value && value->kind == VALUE_OPAQUE) ||
	       placeholder_is(value) ||
	       (text && (strstr(text, "{{") || strstr(text, "$(") ||
			 strstr(text, "${")));
}

static const char *shown(struct arena *arena, const struct value *value)
{
	struct str out;
	const char *error;

	str_init(&out, arena);
	if (value_is_string(value))
		return *value->string ? value->string : "''";
	return json_write(&out, value, NULL, NULL, &error) ? str_text(&out)
							   : "?";
}

/* "a, b or c"; of many the first ones. */
static const char *allowed(struct arena *arena, const struct value *values)
{
	size_t i, count = value_count(values);
	size_t most = count > VALUES_SHOWN ? VALUES_SHOWN : count;
	struct str out;

	str_init(&out, arena);
	for (i = 0; i < most; i++) {
		if (i)
			str_puts(&out, i + 1 < count ? ", " : " or ");
		str_puts(&out, shown(arena, value_item(values, i)));
	}
	if (count > most)
		str_printf(&out, " or one of %zu others", count - most);
	return str_text(&out);
}

struct candidates {
	const struct value *values;
	size_t at;
};

static const char *next_value(void *context)
{
	struct candidates *c = context;

	while (c->at < value_count(c->values)) {
		const char *text = value_string(value_item(c->values, c->at++));

		if (text && *text)
			return text;
	}
	return NULL;
}

static bool refuse_values(struct arena *arena,
			  const struct schema_limits *limits,
			  const struct value *value,
			  struct schema_refusal *refusal)
{
	struct candidates candidates = { .values = limits->values };
	const char *text = value_string(value), *near;
	const struct value *item;

	if (!limits->values || schema_is_placeholder(value))
		return false;
	list_foreach (item, limits->values)
		if (value_equals(item, value))
			return false;
	near = text ? edit_nearest(text, next_value, &candidates) : NULL;
	refusal->rule = LINT_RULE_schema_enum_invalid;
	refusal->unlike = !near;
	refusal->reason = arena_printf(arena, "is not one of %s",
				       allowed(arena, limits->values));
	refusal->help = arena_printf(
		arena, "use %s", near ? near : allowed(arena, limits->values));
	return true;
}

static bool number_of(const struct value *value, double *number)
{
	if (!value_is_number(value))
		return false;
	*number = value->kind == VALUE_FLOAT  ? value->real
		  : value->kind == VALUE_UINT ? (double)value->natural
					      : (double)value->integer;
	return true;
}

static const char *number_text(struct arena *arena, double number)
{
	char text[64];
	size_t len = isfinite(number) ? number_format_json(text, number) : 0;

	return arena_strndup(arena, text, len);
}

static const char *refused_number(struct arena *arena,
				  const struct schema_limits *limits,
				  double number)
{
	if (limits->lower && number < limits->least)
		return arena_printf(arena, "is less than %s",
				    number_text(arena, limits->least));
	if (limits->lower == SCHEMA_BOUND_OPEN && number <= limits->least)
		return arena_printf(arena, "is not more than %s",
				    number_text(arena, limits->least));
	if (limits->upper && number > limits->greatest)
		return arena_printf(arena, "is more than %s",
				    number_text(arena, limits->greatest));
	if (limits->upper == SCHEMA_BOUND_OPEN && number >= limits->greatest)
		return arena_printf(arena, "is not less than %s",
				    number_text(arena, limits->greatest));
	if (limits->multiple > 0 && isfinite(number) &&
	    !real_is_multiple(number, limits->multiple))
		return arena_printf(arena, "is no multiple of %s",
				    number_text(arena, limits->multiple));
	return NULL;
}

/* "has 1 item; at least 2 are needed" */
static const char *refused_size(struct arena *arena, size_t size, size_t fewest,
				size_t most, const char *unit)
{
	const char *plural = size == 1 ? "" : "s";

	if (size < fewest)
		return arena_printf(
			arena, "has %zu %s%s; at least %zu %s needed", size,
			unit, plural, fewest, fewest == 1 ? "is" : "are");
	if (size > most)
		return arena_printf(arena, "has %zu %s%s; %zu %s the most",
				    size, unit, plural, most,
				    most == 1 ? "is" : "are");
	return NULL;
}

static const char *refused_pattern(struct lint_run *run, const char *pattern,
				   const struct value *value)
{
	if (schema_pattern_holds(run, pattern, value))
		return NULL;
	return strlen(pattern) > PATTERN_SHOWN
		       ? arena_printf(run->arena, "does not match %.*s...",
				      PATTERN_SHOWN, pattern)
		       : arena_printf(run->arena, "does not match %s", pattern);
}

static bool refuse_text(struct lint_run *run,
			const struct schema_limits *limits,
			const struct value *value,
			struct schema_refusal *refusal)
{
	struct arena *arena = run->arena;

	if (schema_is_placeholder(value))
		return false;
	if (limits->format)
		refusal->reason = schema_format_refused(arena, limits->format,
							value->string);
	if (refusal->reason) {
		refusal->rule = LINT_RULE_value_format_invalid;
		refusal->help =
			arena_printf(arena, "write %s", refusal->reason);
		refusal->reason =
			arena_printf(arena, "is not %s", refusal->reason);
		return true;
	}
	refusal->reason =
		refused_size(arena, utf8_count(value->string, value->len),
			     limits->fewest_characters, limits->most_characters,
			     "character");
	if (!refusal->reason && limits->pattern)
		refusal->reason = refused_pattern(run, limits->pattern, value);
	return refusal->reason != NULL;
}

/* Equal scalars are found through a table, the rest is not looked at. */
static const char *refused_equal(struct arena *arena, const struct value *list)
{
	const struct value *item;
	struct table seen;

	table_init(&seen, arena);
	list_foreach (item, list)
		if (!value_is_map(item) && !value_is_list(item) &&
		    table_puts(&seen,
			       arena_printf(arena, "%d%s",
					    value_is_string(item),
					    shown(arena, item)),
			       (void *)item))
			return arena_printf(arena, "has %s twice",
					    shown(arena, item));
	return NULL;
}

bool schema_is_refused(struct lint_run *run, const struct schema_limits *limits,
		       const struct value *value,
		       struct schema_refusal *refusal)
{
	struct arena *arena = run->arena;
	double number;

	memset(refusal, 0, sizeof(*refusal));
	if (refuse_values(arena, limits, value, refusal))
		return true;
	refusal->rule = LINT_RULE_schema_invalid;
	if (value_is_string(value))
		return refuse_text(run, limits, value, refusal);
	if (number_of(value, &number))
		refusal->reason = refused_number(arena, limits, number);
	else if (value_is_map(value))
		refusal->reason = refused_size(arena, value_count(value),
					       limits->fewest_fields,
					       limits->most_fields, "field");
	else if (value_is_list(value))
		refusal->reason = refused_size(arena, value_count(value),
					       limits->fewest_items,
					       limits->most_items, "item");
	if (!refusal->reason && limits->differ && value_is_list(value))
		refusal->reason = refused_equal(arena, value);
	return refusal->reason != NULL;
}
