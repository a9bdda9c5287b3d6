#include "base/zone_rule.h"

#include <string.h>

#include "base/arena.h"
#include "base/civil.h"

enum {
	DAY = 86400,
	HOUR = 3600
};

/* A day of the year on which clocks change, and the time of that day. */
struct change {
	char form; /* 'J' 1..365 without Feb 29, '0' 0..365, 'M' month.week.day
		    */
	int month;
	int week;
	int day;
	int seconds;
};

static bool take_int(const char **at, int most, int *number)
{
	const char *begin = *at;

	for (*number = 0; **at >= '0' && **at <= '9'; (*at)++) {
		*number = *number * 10 + **at - '0';
		if (*number > most)
			return false;
	}
	return *at > begin;
}

/* name = letters | "<" characters ">" */
static bool take_name(struct arena *arena, const char **at, const char **name)
{
	const char *begin = *at;
	size_t len;

	if (*begin == '<') {
		len = strcspn(++begin, ">");
		if (!begin[len])
			return false;
		*at = begin + len + 1;
	} else {
		len = strcspn(begin, "0123456789,-+");
		if (len < 3)
			return false;
		*at = begin + len;
	}
	*name = arena_strndup(arena, begin, len);
	return true;
}

/* [ "+" | "-" ] hours [ ":" minutes [ ":" seconds ] ] */
static bool take_time(const char **at, int *seconds)
{
	int sign = 1, hours, minutes = 0, rest = 0;

	if (**at == '+' || **at == '-')
		sign = *(*at)++ == '-' ? -1 : 1;
	if (!take_int(at, 24 * 7, &hours))
		return false;
	if (**at == ':') {
		(*at)++;
		if (!take_int(at, 59, &minutes))
			return false;
	}
	if (**at == ':') {
		(*at)++;
		if (!take_int(at, 59, &rest))
			return false;
	}
	*seconds = sign * (hours * HOUR + minutes * 60 + rest);
	return true;
}

/* "," ( "J" day | day | "M" month "." week "." day ) [ "/" time ] */
static bool take_change(const char **at, struct change *change)
{
	if (*(*at)++ != ',')
		return false;
	change->seconds = 2 * HOUR;
	change->form = '0';
	if (**at == 'J' || **at == 'M')
		change->form = *(*at)++;
	if (change->form == 'M') {
		if (!take_int(at, 12, &change->month) || *(*at)++ != '.' ||
		    !take_int(at, 5, &change->week) || *(*at)++ != '.' ||
		    !take_int(at, 6, &change->day) || !change->month ||
		    !change->week)
			return false;
	} else if (!take_int(at, 365, &change->day)) {
		return false;
	}
	if (**at != '/')
		return true;
	(*at)++;
	return take_time(at, &change->seconds);
}

/* The second of the year, by the clock that runs before the change. */
static int64_t change_second(const struct change *change, int64_t year)
{
	int64_t first = civil_days(year, 1, 1), day, weekday;

	if (change->form == 'J')
		day = change->day - 1 +
		      (civil_is_leap(year) && change->day >= 60);
	else if (change->form == '0')
		day = change->day;
	else {
		day = civil_days(year, change->month, 1);
		weekday = civil_weekday(day);
		day += (change->day - weekday + 7) % 7 + 7 * (change->week - 1);
		if (day >= civil_days(year, change->month, 1) +
				   civil_month_days(year, change->month))
			day -= 7;
		day -= first;
	}
	return day * DAY + change->seconds;
}

bool zone_rule_at(struct arena *arena, const char *rule, int64_t unix_seconds,
		  struct zone_offset *offset)
{
	struct zone_offset standard, summer;
	struct change begin, end;
	const char *at = rule;
	int64_t year, second, from, to;
	bool is_summer;
	int shift;

	if (!take_name(arena, &at, &standard.name) || !take_time(&at, &shift))
		return false;
	standard.seconds = -shift;
	*offset = standard;
	if (!*at || *at == ',')
		return true;
	if (!take_name(arena, &at, &summer.name))
		return false;
	summer.seconds = standard.seconds + HOUR;
	if (*at && *at != ',') {
		if (!take_time(&at, &shift))
			return false;
		summer.seconds = -shift;
	}
	if (!*at)
		at = ",M3.2.0,M11.1.0";
	if (!take_change(&at, &begin) || !take_change(&at, &end))
		return false;
	year = civil_of(unix_seconds).year;
	second = unix_seconds - civil_days(year, 1, 1) * DAY;
	from = change_second(&begin, year) - standard.seconds;
	to = change_second(&end, year) - summer.seconds;
	/* In the south summer goes on over the end of the year. */
	is_summer = from < to ? second >= from && second < to
			      : second >= from || second < to;
	if (is_summer)
		*offset = summer;
	return true;
}
