/*
 * When two values are the same to Helm's validator.
 *
 * A number is the same as a text that spells it, but not the other way round:
 * `const: "80"` takes 80, and `enum: ["1", 1]` holds one value twice.
 */
#include <string.h>

#include "base/number.h"
#include "model/schema/schema_private.h"
#include "model/value.h"

/* The number that a text is as a whole. */
static bool spelled(const char *text, size_t len, double *number)
{
	const char *at = text + (*text == '-' || *text == '+');

	return strchr("0123456789.", *at) && *at &&
	       number_parse_float(text, len, number) == NUMBER_OK;
}

static bool is_spelled(const struct value *number, const struct value *text)
{
	double real;

	return spelled(text->string, text->len, &real) &&
	       real == value_as_real(number);
}

static bool equal_lists(const struct value *a, const struct value *b)
{
	const struct value *item;

	if (value_count(a) != value_count(b))
		return false;
	list_foreach (item, a)
		if (!schema_equals(item, value_item(b, item_at)))
			return false;
	return true;
}

static bool equal_maps(const struct value *a, const struct value *b)
{
	const struct value_entry *entry;

	if (value_count(a) != value_count(b))
		return false;
	value_foreach (entry, a) {
		const struct value *other =
			value_getn(b, entry->key, entry->len);

		if (!other || !schema_equals(entry->value, other))
			return false;
	}
	return true;
}

bool schema_equals(const struct value *a, const struct value *b)
{
	if (value_is_number(a) && value_is_string(b))
		return is_spelled(a, b);
	if (value_is_list(a) && value_is_list(b))
		return equal_lists(a, b);
	if (value_is_map(a) && value_is_map(b))
		return equal_maps(a, b);
	return value_equals(a, b);
}
