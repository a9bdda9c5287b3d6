#include "model/yaml_time.h"

#include <stdio.h>
#include <string.h>

struct clock {
	unsigned year, month, day;
	unsigned hour, minute, second;
	unsigned nanoseconds;
	char zone_sign; /* 0: UTC */
	unsigned zone_hour, zone_minute;
};

struct cursor {
	const char *at;
	const char *end;
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool take(struct cursor *cursor, char byte)
{
	if (cursor->at == cursor->end || *cursor->at != byte)
		return false;
	cursor->at++;
	return true;
}

/* One or two digits. */
static bool take_number(struct cursor *cursor, unsigned *number)
{
	if (cursor->at == cursor->end || !is_digit(*cursor->at))
		return false;
	*number = (unsigned)(*cursor->at++ - '0');
	if (cursor->at < cursor->end && is_digit(*cursor->at))
		*number = *number * 10 + (unsigned)(*cursor->at++ - '0');
	return true;
}

static bool take_two(struct cursor *cursor, unsigned *number)
{
	return cursor->end - cursor->at >= 2 && is_digit(cursor->at[0]) &&
	       is_digit(cursor->at[1]) && take_number(cursor, number);
}

static unsigned days_in(unsigned year, unsigned month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30,
					      31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool take_date(struct cursor *cursor, struct clock *clock)
{
	const char *at = cursor->at;

	if (cursor->end - at < 5 || at[4] != '-')
		return false;
	for (int i = 0; i < 4; i++) {
		if (!is_digit(at[i]))
			return false;
		clock->year = clock->year * 10 + (unsigned)(at[i] - '0');
	}
	cursor->at += 5;
	return take_number(cursor, &clock->month) && take(cursor, '-') &&
	       take_number(cursor, &clock->day) && clock->month >= 1 &&
	       clock->month <= 12 && clock->day >= 1 &&
	       clock->day <= days_in(clock->year, clock->month);
}

/* Go takes a comma as well, and ignores digits behind the ninth. */
static void take_fraction(struct cursor *cursor, struct clock *clock)
{
	unsigned scale = 100000000;

	if (cursor->end - cursor->at < 2 ||
	    (cursor->at[0] != '.' && cursor->at[0] != ',') ||
	    !is_digit(cursor->at[1]))
		return;
	for (cursor->at++; cursor->at < cursor->end && is_digit(*cursor->at);
	     cursor->at++) {
		clock->nanoseconds += scale * (unsigned)(*cursor->at - '0');
		scale /= 10;
	}
}

static bool take_time(struct cursor *cursor, struct clock *clock)
{
	if (!take_number(cursor, &clock->hour) || !take(cursor, ':') ||
	    !take_number(cursor, &clock->minute) || !take(cursor, ':') ||
	    !take_number(cursor, &clock->second))
		return false;
	take_fraction(cursor, clock);
	return clock->hour < 24 && clock->minute < 60 && clock->second < 60;
}

static bool take_zone(struct cursor *cursor, struct clock *clock)
{
	if (take(cursor, 'Z'))
		return true;
	if (cursor->at == cursor->end ||
	    (*cursor->at != '+' && *cursor->at != '-'))
		return false;
	clock->zone_sign = *cursor->at++;
	return take_two(cursor, &clock->zone_hour) && take(cursor, ':') &&
	       take_two(cursor, &clock->zone_minute) &&
	       clock->zone_hour <= 24 && clock->zone_minute <= 60;
}

static void format(const struct clock *clock, char *buf)
{
	char fraction[12] = "";
	char zone[12] = "Z";

	if (clock->nanoseconds) {
		size_t len;

		snprintf(fraction, sizeof(fraction), ".%09u",
			 clock->nanoseconds % 1000000000);
		len = strlen(fraction);
		while (fraction[len - 1] == '0')
			fraction[--len] = '\0';
	}
	if (clock->zone_sign && (clock->zone_hour || clock->zone_minute)) {
		unsigned minutes = clock->zone_hour * 60 + clock->zone_minute;

		snprintf(zone, sizeof(zone), "%c%02u:%02u", clock->zone_sign,
			 minutes / 60 % 100, minutes % 60);
	}
	snprintf(buf, YAML_TIME_ROOM, "%04u-%02u-%02uT%02u:%02u:%02u%s%s",
		 clock->year, clock->month, clock->day, clock->hour,
		 clock->minute, clock->second, fraction, zone);
}

bool yaml_time_parse(const char *text, size_t len, char *buf)
{
	struct cursor cursor = { .at = text, .end = text + len };
	struct clock clock = { .year = 0 };

	if (!take_date(&cursor, &clock))
		return false;
	if (cursor.at < cursor.end) {
		char mark = *cursor.at++;

		if (mark != 'T' && mark != 't' && mark != ' ')
			return false;
		if (!take_time(&cursor, &clock) ||
		    (mark != ' ' && !take_zone(&cursor, &clock)) ||
		    cursor.at != cursor.end)
			return false;
	}
	if (buf)
		format(&clock, buf);
	return true;
}
