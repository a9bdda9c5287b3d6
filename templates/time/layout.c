#include "templates/time/layout.h"

#include <stdbool.h>
#include <string.h>

const char *const month_names[12] = {
	"January", "February", "March",     "April",   "May",      "June",
	"July",    "August",   "September", "October", "November", "December",
};

const char *const weekday_names[7] = {
	"Sunday",   "Monday", "Tuesday",  "Wednesday",
	"Thursday", "Friday", "Saturday",
};

/* A longer word before one that it begins with. */
static const struct {
	const char *text;
	enum layout_part part;
} words[] = {
	{ "January", LAYOUT_LONG_MONTH },
	{ "Jan", LAYOUT_MONTH },
	{ "Monday", LAYOUT_LONG_WEEKDAY },
	{ "Mon", LAYOUT_WEEKDAY },
	{ "MST", LAYOUT_ZONE },
	{ "002", LAYOUT_ZERO_YEAR_DAY },
	{ "01", LAYOUT_ZERO_MONTH },
	{ "02", LAYOUT_ZERO_DAY },
	{ "03", LAYOUT_ZERO_HOUR12 },
	{ "04", LAYOUT_ZERO_MINUTE },
	{ "05", LAYOUT_ZERO_SECOND },
	{ "06", LAYOUT_YEAR },
	{ "15", LAYOUT_HOUR },
	{ "1", LAYOUT_NUM_MONTH },
	{ "2006", LAYOUT_LONG_YEAR },
	{ "2", LAYOUT_DAY },
	{ "__2", LAYOUT_SPACE_YEAR_DAY },
	{ "_2", LAYOUT_SPACE_DAY },
	{ "3", LAYOUT_HOUR12 },
	{ "4", LAYOUT_MINUTE },
	{ "5", LAYOUT_SECOND },
	{ "PM", LAYOUT_PM },
	{ "pm", LAYOUT_SMALL_PM },
	{ "-070000", LAYOUT_OFFSET },
	{ "-07:00:00", LAYOUT_OFFSET },
	{ "-0700", LAYOUT_OFFSET },
	{ "-07:00", LAYOUT_OFFSET },
	{ "-07", LAYOUT_OFFSET },
	{ "Z070000", LAYOUT_OFFSET },
	{ "Z07:00:00", LAYOUT_OFFSET },
	{ "Z0700", LAYOUT_OFFSET },
	{ "Z07:00", LAYOUT_OFFSET },
	{ "Z07", LAYOUT_OFFSET },
};

/* "Janet" and "Month" are words of their own. */
static bool goes_on(const char *at, const char *end)
{
	return at < end && *at >= 'a' && *at <= 'z';
}

/* .000 or ,999: equal digits that no other digit follows. */
static bool take_fraction(const char *at, const char *end,
			  struct layout_word *word)
{
	const char *digit = at + 1, *next = digit;

	if ((*at != '.' && *at != ',') || next == end ||
	    (*digit != '0' && *digit != '9'))
		return false;
	while (next < end && *next == *digit)
		next++;
	if (next < end && *next >= '0' && *next <= '9')
		return false;
	word->part = *digit == '0' ? LAYOUT_FRACTION : LAYOUT_TRIMMED_FRACTION;
	word->text = at;
	word->len = (size_t)(next - at);
	return true;
}

static bool take_word(const char *at, const char *end, struct layout_word *word)
{
	size_t i, left = (size_t)(end - at);

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t len = strlen(words[i].text);

		if (len > left || memcmp(at, words[i].text, len) != 0)
			continue;
		if ((words[i].part == LAYOUT_MONTH ||
		     words[i].part == LAYOUT_WEEKDAY) &&
		    goes_on(at + len, end))
			continue;
		word->part = words[i].part;
		word->text = at;
		word->len = len;
		return true;
	}
	return false;
}

struct layout_word layout_next(const char *layout, size_t len)
{
	const char *at = layout, *end = layout + len;
	struct layout_word word = { LAYOUT_END, end, 0 };

	for (; at < end; at++) {
		/* _2006 is a line and a year, not a day. */
		if (end - at >= 5 && memcmp(at, "_2006", 5) == 0)
			continue;
		if (take_fraction(at, end, &word) || take_word(at, end, &word))
			return word;
	}
	return word;
}
