/*
 * When two values are the same to Helm's validator.
 *
 * A number is the same as a text that spells it, but not the other way round:
 * `const: "80"` takes 80, and `enum: ["1", 1]` holds one value twice.
 */
#include <string.h>

#include "base/number.h"
#include "model/schema/exact.h"
#include "model/schema/schema_private.h"
#include "model/schema/work.h"
#include "model/value.h"

/* From here on whole numbers are rounded. */
#define ROUNDED 0x1p53

enum {
	EXACTLY = 8 /* what comparing digit by digit counts for */
};

/* Whole numbers may have a base, and underscores between digits. */
static bool is_whole(const char *text, size_t len, int64_t *number)
{
	const char *digits = text + (*text == '-' || *text == '+');

	/* A zero in front means nothing here. */
	if (*digits == '0' && strchr("0123456789_", digits[1]))
		return number_parse_int(text, len, 10, number) == NUMBER_OK;
	return number_parse_int(text, len, 0, number) == NUMBER_OK;
}

/* A text with a slash is a fraction of whole numbers. */
static bool is_fraction(double number, const char *text, size_t len)
{
	const char *slash = memchr(text, '/', len);
	int64_t over, under;

	return slash && is_whole(text, (size_t)(slash - text), &over) &&
	       slash[1] != '-' && slash[1] != '+' &&
	       is_whole(slash + 1, (size_t)(text + len - slash - 1), &under) &&
	       under && number * (double)under == (double)over;
}

/* The number that a text is as a whole. */
static bool is_spelled(const struct value *number, const struct value *text)
{
	const char *at = text->string + strspn(text->string, "-+");
	double real = value_as_real(number), spelled;
	int64_t whole;

	if (!*at || !strchr("0123456789.", *at))
		return false;
	if (is_whole(text->string, text->len, &whole))
		return real == (double)whole;
	return is_fraction(real, text->string, text->len) ||
	       (number_parse_float(text->string, text->len, &spelled) ==
			NUMBER_OK &&
		spelled == real);
}

static bool same_number(struct schema_run *run, const struct value *a,
			const struct value *b)
{
	const double real = value_as_real(a);
	struct exact own, other;

	if (a->kind == VALUE_INT && b->kind == VALUE_INT)
		return a->integer == b->integer;
	/* What differs when it is rounded differs. */
	if (real != value_as_real(b))
		return false;
	if (b->kind == VALUE_INT && real < ROUNDED && real > -ROUNDED)
		return true;
	run->work += EXACTLY;
	own = exact_shown(run->arena, a);
	other = exact_written(run->arena, b);
	return exact_compare(&own, &other) == 0;
}

static bool equal_lists(struct schema_run *run, const struct value *a,
			const struct value *b)
{
	const struct value *item;

	if (value_count(a) != value_count(b))
		return false;
	list_foreach (item, a)
		if (!schema_equals(run, item, value_item(b, item_at)))
			return false;
	return true;
}

static bool equal_maps(struct schema_run *run, const struct value *a,
		       const struct value *b)
{
	const struct value_entry *entry;

	if (value_count(a) != value_count(b))
		return false;
	value_foreach (entry, a) {
		const struct value *other =
			value_getn(b, entry->key, entry->len);

		if (!other || !schema_equals(run, entry->value, other))
			return false;
	}
	return true;
}

bool schema_equals(struct schema_run *run, const struct value *a,
		   const struct value *b)
{
	run->work++;
	if (value_is_number(a) && value_is_number(b))
		return same_number(run, a, b);
	if (value_is_number(a) && value_is_string(b))
		return is_spelled(a, b);
	if (value_is_list(a) && value_is_list(b))
		return equal_lists(run, a, b);
	if (value_is_map(a) && value_is_map(b))
		return equal_maps(run, a, b);
	if (value_is_string(a))
		run->work += a->len / SCHEMA_STEP;
	return value_equals(a, b);
}
