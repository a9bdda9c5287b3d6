#include "lints/schema/duration.h"

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"

static const char invalid[] = "it is no duration";

static const struct {
	const char *name;
	uint64_t nanoseconds;
} units[] = {
	{ "ns", 1 },           { "us", 1000 },         { "\302\265s", 1000 },
	{ "\316\274s", 1000 }, { "ms", 1000000 },      { "s", 1000000000 },
	{ "m", 60000000000 },  { "h", 3600000000000 },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The unit at the text, up to the next number; 0: there is none. */
static uint64_t unit_at(const char **text)
{
	size_t i, len = strcspn(*text, ".0123456789");

	for (i = 0; i < ARRAY_COUNT(units); i++)
		if (strlen(units[i].name) == len &&
		    memcmp(units[i].name, *text, len) == 0) {
			*text += len;
			return units[i].nanoseconds;
		}
	return 0;
}

/* Digits, as far as they matter; false: too many. */
static bool whole(const char **text, uint64_t *number)
{
	*number = 0;
	for (; is_digit(**text); ++*text) {
		if (*number > (uint64_t)INT64_MAX / 10)
			return false;
		*number = *number * 10 + (uint64_t)(**text - '0');
	}
	return true;
}

/* The digits behind a point, as a part of one. */
static double fraction(const char **text)
{
	double part = 0, scale = 1;

	for (; is_digit(**text); ++*text) {
		scale /= 10;
		part += scale * (**text - '0');
	}
	return part;
}

/* One number with its unit, added to the sum. */
static const char *part(const char **text, uint64_t *sum)
{
	uint64_t number, unit;
	const char *start = *text;
	double rest = 0;
	bool digits;

	if (!whole(text, &number))
		return "it is too long";
	digits = *text > start;
	if (**text == '.') {
		start = ++*text;
		rest = fraction(text);
		digits |= *text > start;
	}
	if (!digits)
		return invalid;
	if (!**text)
		return "a unit is missing";
	unit = unit_at(text);
	if (!unit)
		return "a unit is unknown; there are ns, us, ms, s, m and h";
	if (number > (uint64_t)INT64_MAX / unit)
		return "it is too long";
	*sum += number * unit + (uint64_t)(rest * (double)unit + 0.5);
	return *sum > (uint64_t)INT64_MAX ? "it is too long" : NULL;
}

const char *schema_duration_parse(const char *text, int64_t *nanoseconds)
{
	bool negative = *text == '-';
	const char *error;
	uint64_t sum = 0;

	if (*text == '-' || *text == '+')
		text++;
	*nanoseconds = 0;
	if (strcmp(text, "0") == 0)
		return NULL;
	if (!*text)
		return invalid;
	while (*text) {
		error = part(&text, &sum);
		if (error)
			return error;
	}
	*nanoseconds = negative ? -(int64_t)sum : (int64_t)sum;
	return NULL;
}
