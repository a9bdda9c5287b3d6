/*
 * Times read by a layout, with the words of Go's time.ParseError.
 */
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/quote.h"
#include "templates/time.h"
#include "templates/time/layout.h"

enum {
	UNSET = INT_MIN
};

struct time_parser {
	struct arena *arena;
	const char *layout; /* all of it, and of the value */
	const char *value;
	const char *at;           /* in the value */
	const char *out_of_range; /* what is; NULL: nothing */

	int year;
	int month;
	int day;
	int year_day;
	int hour;
	int minute;
	int second;
	int32_t nanoseconds;
	bool pm;
	bool am;
	bool utc;
	int32_t offset; /* or UNSET */
	const char *zone_name;
	const char *problem;
};

/* parsing time "VALUE" as "LAYOUT": cannot parse "PART" as "WORD" */
static bool fail_part(struct time_parser *parser, const char *part,
		      const char *word, size_t len)
{
	struct str out;

	str_init(&out, parser->arena);
	str_puts(&out, "parsing time ");
	quote_put_ascii(&out, parser->value, strlen(parser->value));
	str_puts(&out, " as ");
	quote_put_ascii(&out, parser->layout, strlen(parser->layout));
	str_puts(&out, ": cannot parse ");
	quote_put_ascii(&out, part, strlen(part));
	str_puts(&out, " as ");
	quote_put_ascii(&out, word, len);
	parser->problem = str_text(&out);
	return false;
}

/* parsing time "VALUE": WHAT */
static bool fail_whole(struct time_parser *parser, const char *what,
		       const char *rest)
{
	struct str out;

	str_init(&out, parser->arena);
	str_puts(&out, "parsing time ");
	quote_put_ascii(&out, parser->value, strlen(parser->value));
	str_printf(&out, ": %s", what);
	if (rest)
		quote_put_ascii(&out, rest, strlen(rest));
	parser->problem = str_text(&out);
	return false;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Literal text; a run of blanks matches any run, the empty one too. */
static bool skip_literal(struct time_parser *parser, const char *text,
			 size_t len)
{
	const char *end = text + len;

	while (text < end) {
		if (*text == ' ') {
			if (*parser->at && *parser->at != ' ')
				return false;
			while (text < end && *text == ' ')
				text++;
			while (*parser->at == ' ')
				parser->at++;
		} else if (*parser->at != *text++) {
			return false;
		} else {
			parser->at++;
		}
	}
	return true;
}

/* Two digits, or one where two are not asked for. */
static bool take_number(struct time_parser *parser, bool two, int *number)
{
	const char *at = parser->at;

	if (!is_digit(at[0]) || (two && !is_digit(at[1])))
		return false;
	*number = at[0] - '0';
	parser->at++;
	if (is_digit(at[1])) {
		*number = *number * 10 + at[1] - '0';
		parser->at++;
	}
	return true;
}

static bool take_range(struct time_parser *parser, bool two, int *number,
		       int most, const char *what)
{
	if (!take_number(parser, two, number))
		return false;
	if (*number > most)
		parser->out_of_range = what;
	return true;
}

static bool take_digits(struct time_parser *parser, size_t count, int *number)
{
	size_t i;

	*number = 0;
	for (i = 0; i < count; i++) {
		if (!is_digit(parser->at[i]))
			return false;
		*number = *number * 10 + parser->at[i] - '0';
	}
	parser->at += count;
	return true;
}

/* A name of the list in any case; the whole or its first three letters. */
static bool take_name(struct time_parser *parser, const char *const *names,
		      int count, bool whole, int *index)
{
	int i;

	for (i = 0; i < count; i++) {
		size_t len = whole ? strlen(names[i]) : 3, k;

		for (k = 0; k < len; k++) {
			/* Letters only: the names have no other. */
			if ((parser->at[k] | 0x20) != (names[i][k] | 0x20))
				break;
		}
		if (k < len)
			continue;
		parser->at += len;
		*index = i;
		return true;
	}
	return false;
}

static bool take_year_day(struct time_parser *parser, bool zeros)
{
	size_t count = 0;

	while (!zeros && count < 2 && *parser->at == ' ') {
		parser->at++;
		count++;
	}
	for (count = 0; count < 3 && is_digit(parser->at[count]); count++)
		;
	if (!count || (zeros && count != 3))
		return false;
	return take_digits(parser, count, &parser->year_day);
}

/* A point or comma and `digits` of them; what a nanosecond has not is cut. */
static bool take_fraction(struct time_parser *parser, size_t digits)
{
	int32_t scale = 100000000;
	size_t i;

	if (*parser->at != '.' && *parser->at != ',')
		return false;
	parser->nanoseconds = 0;
	for (i = 1; i <= digits; i++) {
		if (!is_digit(parser->at[i]))
			return false;
		parser->nanoseconds += (parser->at[i] - '0') * scale;
		scale /= 10;
	}
	parser->at += 1 + digits;
	return true;
}

static size_t count_digits(const char *at)
{
	size_t count = 0;

	while (is_digit(at[count]))
		count++;
	return count;
}

/* A fraction behind the seconds is taken even if the layout has none. */
static bool take_second(struct time_parser *parser, bool two,
			const char *layout)
{
	struct layout_word next;

	if (!take_range(parser, two, &parser->second, 59, "second"))
		return false;
	if ((*parser->at != '.' && *parser->at != ',') ||
	    !is_digit(parser->at[1]))
		return true;
	next = layout_next(layout, strlen(layout));
	if (next.part == LAYOUT_FRACTION ||
	    next.part == LAYOUT_TRIMMED_FRACTION)
		return true;
	return take_fraction(parser, count_digits(parser->at + 1));
}

static bool take_half(struct time_parser *parser, const char *am,
		      const char *pm)
{
	if (strncmp(parser->at, pm, 2) == 0)
		parser->pm = true;
	else if (strncmp(parser->at, am, 2) == 0)
		parser->am = true;
	else
		return false;
	parser->at += 2;
	return true;
}

/* [+-]hh[[:]mm[[:]ss]] as the word has it. */
static bool take_offset(struct time_parser *parser,
			const struct layout_word *word)
{
	bool colon = memchr(word->text, ':', word->len) != NULL;
	int parts[3] = { 0, 0, 0 };
	static const char *const names[] = { "time zone offset hour",
					     "time zone offset minute",
					     "time zone offset second" };
	size_t digits = word->len - 1, i;
	char sign = *parser->at;

	if (word->text[0] == 'Z' && sign == 'Z') {
		parser->at++;
		parser->utc = true;
		return true;
	}
	if (sign != '+' && sign != '-')
		return false;
	parser->at++;
	for (i = 0; i < word->len; i++)
		digits -= word->text[i] == ':';
	for (i = 0; i < digits / 2; i++) {
		if (i && colon && *parser->at++ != ':')
			return false;
		if (!take_number(parser, true, &parts[i]))
			return false;
		if (parts[i] > (i ? 60 : 24) && !parser->out_of_range)
			parser->out_of_range = names[i];
	}
	parser->offset = parts[0] * 3600 + parts[1] * 60 + parts[2];
	if (sign == '-')
		parser->offset = -parser->offset;
	return true;
}

/* The length of +hh or -h at `at`, at most 23 hours; 0: there is none. */
static size_t signed_hours(const char *at)
{
	size_t digits;

	if (*at != '+' && *at != '-')
		return 0;
	digits = count_digits(at + 1);
	if (!digits || digits > 2 ||
	    (digits == 2 && (at[1] > '2' || (at[1] == '2' && at[2] > '3'))))
		return 0;
	return digits + 1;
}

/* The length of what looks like an abbreviation of a zone; 0: nothing does. */
static size_t zone_length(const char *at)
{
	size_t capitals = 0;

	if (strlen(at) < 3)
		return 0;
	if (strncmp(at, "ChST", 4) == 0 || strncmp(at, "MeST", 4) == 0)
		return 4;
	if (strncmp(at, "GMT", 3) == 0)
		return 3 + signed_hours(at + 3);
	if (*at == '+' || *at == '-')
		return signed_hours(at);
	while (capitals < 6 && at[capitals] >= 'A' && at[capitals] <= 'Z')
		capitals++;
	if (capitals == 3)
		return 3;
	if (capitals == 4)
		return at[3] == 'T' || strncmp(at, "WITA", 4) == 0 ? 4 : 0;
	return capitals == 5 && at[4] == 'T' ? 5 : 0;
}

static bool take_zone(struct time_parser *parser)
{
	size_t len;

	if (strncmp(parser->at, "UTC", 3) == 0) {
		parser->utc = true;
		parser->at += 3;
		return true;
	}
	len = zone_length(parser->at);
	if (!len)
		return false;
	parser->zone_name = arena_strndup(parser->arena, parser->at, len);
	parser->at += len;
	return true;
}

static bool take_short_year(struct time_parser *parser)
{
	if (!take_digits(parser, 2, &parser->year))
		return false;
	parser->year += parser->year >= 69 ? 1900 : 2000;
	return true;
}

static bool take_month(struct time_parser *parser, bool whole)
{
	if (!take_name(parser, month_names, 12, whole, &parser->month))
		return false;
	parser->month++;
	return true;
}

static bool take_month_number(struct time_parser *parser, bool two)
{
	if (!take_range(parser, two, &parser->month, 12, "month"))
		return false;
	if (!parser->month)
		parser->out_of_range = "month";
	return true;
}

static bool take_trimmed(struct time_parser *parser)
{
	if ((*parser->at != '.' && *parser->at != ',') ||
	    !is_digit(parser->at[1]))
		return true;
	return take_fraction(parser, count_digits(parser->at + 1));
}

/* What one word of the layout stands for; `rest` is the layout behind it. */
static bool take_part(struct time_parser *parser,
		      const struct layout_word *word, const char *rest)
{
	int weekday;

	switch (word->part) {
	case LAYOUT_LONG_YEAR:
		return take_digits(parser, 4, &parser->year);
	case LAYOUT_YEAR:
		return take_short_year(parser);
	case LAYOUT_LONG_MONTH:
	case LAYOUT_MONTH:
		return take_month(parser, word->part == LAYOUT_LONG_MONTH);
	case LAYOUT_NUM_MONTH:
	case LAYOUT_ZERO_MONTH:
		return take_month_number(parser,
					 word->part == LAYOUT_ZERO_MONTH);
	case LAYOUT_LONG_WEEKDAY:
	case LAYOUT_WEEKDAY:
		return take_name(parser, weekday_names, 7,
				 word->part == LAYOUT_LONG_WEEKDAY, &weekday);
	case LAYOUT_DAY:
	case LAYOUT_SPACE_DAY:
	case LAYOUT_ZERO_DAY:
		if (word->part == LAYOUT_SPACE_DAY && *parser->at == ' ')
			parser->at++;
		return take_number(parser, word->part == LAYOUT_ZERO_DAY,
				   &parser->day);
	case LAYOUT_SPACE_YEAR_DAY:
	case LAYOUT_ZERO_YEAR_DAY:
		return take_year_day(parser,
				     word->part == LAYOUT_ZERO_YEAR_DAY);
	case LAYOUT_HOUR:
		return take_range(parser, false, &parser->hour, 23, "hour");
	case LAYOUT_HOUR12:
	case LAYOUT_ZERO_HOUR12:
		return take_range(parser, word->part == LAYOUT_ZERO_HOUR12,
				  &parser->hour, 12, "hour");
	case LAYOUT_MINUTE:
	case LAYOUT_ZERO_MINUTE:
		return take_range(parser, word->part == LAYOUT_ZERO_MINUTE,
				  &parser->minute, 59, "minute");
	case LAYOUT_SECOND:
	case LAYOUT_ZERO_SECOND:
		return take_second(parser, word->part == LAYOUT_ZERO_SECOND,
				   rest);
	case LAYOUT_PM:
		return take_half(parser, "AM", "PM");
	case LAYOUT_SMALL_PM:
		return take_half(parser, "am", "pm");
	case LAYOUT_ZONE:
		return take_zone(parser);
	case LAYOUT_OFFSET:
		return take_offset(parser, word);
	case LAYOUT_FRACTION:
		return take_fraction(parser, word->len - 1);
	case LAYOUT_TRIMMED_FRACTION:
		return take_trimmed(parser);
	case LAYOUT_END:
		break;
	}
	return true;
}

static bool take_all(struct time_parser *parser)
{
	const char *layout = parser->layout;

	for (;;) {
		struct layout_word word = layout_next(layout, strlen(layout));
		const char *hold = parser->at;

		if (!skip_literal(parser, layout, (size_t)(word.text - layout)))
			return fail_part(parser, parser->at, layout,
					 (size_t)(word.text - layout));
		if (word.part == LAYOUT_END)
			break;
		hold = parser->at;
		layout = word.text + word.len;
		if (!take_part(parser, &word, layout))
			return fail_part(parser, hold, word.text, word.len);
		if (parser->out_of_range)
			return fail_whole(parser,
					  arena_join(parser->arena,
						     parser->out_of_range,
						     " out of range"),
					  NULL);
	}
	if (*parser->at)
		return fail_whole(parser, "extra text: ", parser->at);
	return true;
}

/* A day of the year gives the month and day, or has to agree with them. */
static bool settle_day(struct time_parser *parser)
{
	int64_t first = civil_days(parser->year, 1, 1);
	int days = 365 + civil_is_leap(parser->year);

	if (parser->year_day != UNSET) {
		struct civil civil = civil_of((first + parser->year_day - 1) *
					      INT64_C(86400));

		if (parser->year_day < 1 || parser->year_day > days)
			return fail_whole(parser, "day-of-year out of range",
					  NULL);
		if (parser->month != UNSET && parser->month != civil.month)
			return fail_whole(parser,
					  "day-of-year does not match month",
					  NULL);
		if (parser->day != UNSET && parser->day != civil.day)
			return fail_whole(
				parser, "day-of-year does not match day", NULL);
		parser->month = civil.month;
		parser->day = civil.day;
	}
	if (parser->month == UNSET)
		parser->month = 1;
	if (parser->day == UNSET)
		parser->day = 1;
	if (parser->day < 1 ||
	    parser->day > civil_month_days(parser->year, parser->month))
		return fail_whole(parser, "day out of range", NULL);
	return true;
}

/* GMT+3 is three hours; of other unknown names nothing is known. */
static int32_t named_offset(const char *name)
{
	int32_t hours = 0;
	size_t i;

	if (strncmp(name, "GMT", 3) != 0 || !name[3])
		return 0;
	for (i = 4; is_digit(name[i]); i++)
		hours = hours * 10 + name[i] - '0';
	return (name[3] == '-' ? -hours : hours) * 3600;
}

/* An offset or name that the local zone has at that time is that zone. */
static void settle_zone(struct time_parser *parser, int64_t wall,
			struct moment *moment)
{
	const struct zone *local = zone_load(parser->arena, "Local");
	const char *name = parser->zone_name;
	struct zone_offset at;

	if (parser->utc) {
		moment->zone = zone_load(parser->arena, "UTC");
		moment->seconds = wall;
		return;
	}
	moment->zone = local;
	moment->seconds = zone_from_wall(parser->arena, local, wall);
	if (parser->offset != UNSET) {
		moment->seconds = wall - parser->offset;
		at = zone_at(parser->arena, local, moment->seconds);
		if (at.seconds == parser->offset &&
		    (!*name || strcmp(name, at.name) == 0))
			return;
		moment->zone = zone_fixed(parser->arena, name, parser->offset);
	} else if (*name) {
		at = zone_at(parser->arena, local, moment->seconds);
		if (strcmp(name, at.name) == 0)
			return;
		moment->zone =
			zone_fixed(parser->arena, name, named_offset(name));
		moment->seconds = wall - named_offset(name);
	}
}

bool moment_parse(struct arena *arena, const char *layout, const char *text,
		  struct moment *moment, const char **problem)
{
	struct time_parser parser = { .arena = arena,
				      .layout = layout,
				      .value = text,
				      .at = text,
				      .month = UNSET,
				      .day = UNSET,
				      .year_day = UNSET,
				      .offset = UNSET,
				      .zone_name = "" };
	int64_t wall;

	*moment = moment_zero(arena);
	if (!take_all(&parser) || !settle_day(&parser)) {
		*problem = parser.problem;
		return false;
	}
	if (parser.pm && parser.hour < 12)
		parser.hour += 12;
	else if (parser.am && parser.hour == 12)
		parser.hour = 0;
	wall = civil_days(parser.year, parser.month, parser.day) * 86400 +
	       parser.hour * 3600 + parser.minute * 60 + parser.second;
	settle_zone(&parser, wall, moment);
	moment->nanoseconds = parser.nanoseconds;
	return true;
}
