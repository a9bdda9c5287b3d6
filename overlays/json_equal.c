#include "overlays/json_equal.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "overlays/json_view.h"

struct comparison {
	struct arena *arena;
	const struct source *patch;
};

/*
 * Kustomize tells a null that an operation brought from one that was there as
 * its container was read, and they are not equal.
 */
static bool is_brought(const struct value *value)
{
	return value && value->kind == VALUE_NULL && value->text;
}

/*
 * Numbers are compared as texts: an integer of the patch that no float64 holds
 * is written otherwise than what it became in the resource.
 */
static bool is_held(const struct value *number)
{
	const struct origin *at = &number->origin;
	char shown[NUMBER_ROOM];
	const char *text;
	uint64_t natural;
	int64_t integer;
	size_t len;

	if (number->kind != VALUE_FLOAT || !origin_source(at) ||
	    fabs(number->real) < 9007199254740992.0)
		return true;
	text = origin_source(at)->text + at->begin;
	if (strspn(text, "-0123456789") < at->length)
		return true;
	/* As YAML it is a float from the start if 64 bits do not hold it. */
	if (origin_source(at)->text[0] != '[' &&
	    number_parse_int(text, at->length, 10, &integer) != NUMBER_OK &&
	    number_parse_uint(text, at->length, 10, &natural) != NUMBER_OK)
		return true;
	len = number_format_json(shown, number->real);
	return len == at->length && memcmp(shown, text, at->length) == 0;
}

/* Whether a patch that is JSON has brought it. */
static bool is_from_json(const struct comparison *comparison,
			 const struct value *value)
{
	const struct source *source = origin_source(&value->origin);

	return source && source == comparison->patch && source->text[0] == '[';
}

/*
 * Texts are compared as they are spelled: as Go does it, but what a patch that
 * is JSON has brought as it stands there.
 */
static void spell(struct str *out, const struct comparison *comparison,
		  const struct value *value)
{
	char number[NUMBER_ROOM];
	const struct origin *at = &value->origin;

	if (is_from_json(comparison, value)) {
		str_put(out, origin_source(at)->text + at->begin, at->length);
	} else if (value->kind == VALUE_FLOAT) {
		number_format_json(number, value->real);
		str_puts(out, number);
	} else {
		json_write_string(out, value->string, value->len, false);
	}
}

static bool is_spelled_alike(const struct comparison *comparison,
			     const struct value *a, const struct value *b)
{
	struct str own, other;

	str_init(&own, comparison->arena);
	str_init(&other, comparison->arena);
	spell(&own, comparison, a);
	spell(&other, comparison, b);
	return own.len == other.len &&
	       memcmp(own.text, other.text, own.len) == 0;
}

/* Whether the sign of a zero, or how a JSON patch writes it, is of interest. */
static bool is_odd_number(const struct comparison *comparison,
			  const struct value *number)
{
	const struct origin *at = &number->origin;

	if (number->kind != VALUE_FLOAT)
		return false;
	return number->real == 0.0 ||
	       (is_from_json(comparison, number) &&
		strspn(origin_source(at)->text + at->begin, "-0123456789") <
			at->length);
}

static bool equal(const struct comparison *comparison, const struct value *a,
		  const struct value *b)
{
	const struct value_entry *entry;
	const struct value *item;

	if (value_is_null(a) || value_is_null(b))
		return value_is_null(a) && value_is_null(b) &&
		       is_brought(a) == is_brought(b);
	if (a->kind != b->kind || value_count(a) != value_count(b))
		return false;
	if (value_is_string(a) || is_odd_number(comparison, a) ||
	    is_odd_number(comparison, b))
		return is_spelled_alike(comparison, a, b);
	if (a->kind != VALUE_MAP && a->kind != VALUE_LIST)
		return value_equals(a, b) &&
		       (is_held(b) || a->flags & JSON_VIEW_INTEGER ||
			origin_source(&a->origin) == origin_source(&b->origin));
	list_foreach (item, a)
		if (!equal(comparison, item, value_item(b, item_at)))
			return false;
	value_foreach (entry, a) {
		const struct value_entry *other =
			value_entry(b, entry->key, entry->len);

		if (!other || !equal(comparison, entry->value, other->value))
			return false;
	}
	return true;
}

bool json_equal(struct arena *arena, const struct source *patch,
		const struct value *own, const struct value *wanted)
{
	const struct comparison comparison = { arena, patch };

	if (value_is_null(own) && !is_brought(own))
		return value_is_null(wanted);
	return equal(&comparison, own, wanted);
}
