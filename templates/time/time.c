#include "templates/time.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/str.h"
#include "templates/duration.h"
#include "templates/time/layout.h"

struct moment moment_zero(struct arena *arena)
{
	struct moment moment = { civil_days(1, 1, 1) * 86400, 0,
				 zone_load(arena, "UTC") };

	return moment;
}

struct moment moment_now(struct arena *arena)
{
	struct moment moment = { 0, 0, zone_load(arena, "Local") };
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) == 0) {
		moment.seconds = now.tv_sec;
		moment.nanoseconds = (int32_t)now.tv_nsec;
	}
	return moment;
}

struct moment moment_unix(struct arena *arena, int64_t seconds)
{
	struct moment moment = { seconds, 0, zone_load(arena, "Local") };

	return moment;
}

struct civil moment_civil(struct arena *arena, const struct moment *moment,
			  struct zone_offset *offset)
{
	*offset = zone_at(arena, moment->zone, moment->seconds);
	return civil_of(moment->seconds + offset->seconds);
}

struct moment moment_add(const struct moment *moment, int64_t duration)
{
	struct moment sum = *moment;

	sum.seconds += duration / DURATION_SECOND;
	sum.nanoseconds += (int32_t)(duration % DURATION_SECOND);
	if (sum.nanoseconds >= DURATION_SECOND) {
		sum.nanoseconds -= (int32_t)DURATION_SECOND;
		sum.seconds++;
	} else if (sum.nanoseconds < 0) {
		sum.nanoseconds += (int32_t)DURATION_SECOND;
		sum.seconds--;
	}
	return sum;
}

int64_t moment_since(const struct moment *a, const struct moment *b)
{
	int64_t seconds = a->seconds - b->seconds;
	int64_t most = INT64_MAX / DURATION_SECOND - 1;

	if (seconds > most)
		return INT64_MAX;
	if (seconds < -most)
		return INT64_MIN;
	return seconds * DURATION_SECOND + a->nanoseconds - b->nanoseconds;
}

int moment_compare(const struct moment *a, const struct moment *b)
{
	if (a->seconds != b->seconds)
		return a->seconds < b->seconds ? -1 : 1;
	return (int)(a->nanoseconds > b->nanoseconds) -
	       (int)(a->nanoseconds < b->nanoseconds);
}

/* -0700, -07:00:00, Z07 ...: the word shows digits, colons and the Z. */
static void put_offset(struct str *out, const struct layout_word *word,
		       int32_t seconds)
{
	const char *colon = memchr(word->text, ':', word->len) ? ":" : "";
	size_t digits = word->len - 1, i;
	int32_t size = seconds < 0 ? -seconds : seconds;

	for (i = 0; i < word->len; i++)
		digits -= word->text[i] == ':';
	if (word->text[0] == 'Z' && !seconds) {
		str_putc(out, 'Z');
		return;
	}
	/* The sign is that of the minutes. */
	str_putc(out, seconds / 60 < 0 ? '-' : '+');
	str_printf(out, "%02d", size / 3600);
	if (digits > 2)
		str_printf(out, "%s%02d", colon, size / 60 % 60);
	if (digits > 4)
		str_printf(out, "%s%02d", colon, size % 60);
}

/* A zone without a name shows its offset. */
static void put_zone(struct str *out, const struct zone_offset *offset)
{
	int32_t minutes = offset->seconds / 60;

	if (*offset->name) {
		str_puts(out, offset->name);
		return;
	}
	str_putc(out, minutes < 0 ? '-' : '+');
	minutes = minutes < 0 ? -minutes : minutes;
	str_printf(out, "%02d%02d", minutes / 60, minutes % 60);
}

static void put_fraction(struct str *out, const struct layout_word *word,
			 int32_t nanoseconds)
{
	size_t begin = out->len, digits = word->len - 1;
	char text[16];

	snprintf(text, sizeof(text), "%09d", (int)nanoseconds);
	str_putc(out, word->text[0]);
	str_put(out, text, digits > 9 ? 9 : digits);
	if (word->part == LAYOUT_FRACTION)
		return;
	while (out->len > begin + 1 && out->text[out->len - 1] == '0')
		out->len--;
	if (out->len == begin + 1)
		out->len = begin;
}

static void put_year(struct str *out, int64_t year)
{
	if (year < 0)
		str_putc(out, '-');
	str_printf(out, "%04lld", (long long)(year < 0 ? -year : year));
}

static int hour12(int hour)
{
	return hour % 12 ? hour % 12 : 12;
}

static void put_number(struct str *out, enum layout_part part,
		       const struct civil *civil)
{
	switch (part) {
	case LAYOUT_NUM_MONTH:
		str_printf(out, "%d", civil->month);
		break;
	case LAYOUT_ZERO_MONTH:
		str_printf(out, "%02d", civil->month);
		break;
	case LAYOUT_DAY:
		str_printf(out, "%d", civil->day);
		break;
	case LAYOUT_SPACE_DAY:
		str_printf(out, "%2d", civil->day);
		break;
	case LAYOUT_ZERO_DAY:
		str_printf(out, "%02d", civil->day);
		break;
	case LAYOUT_SPACE_YEAR_DAY:
		str_printf(out, "%3d", civil->year_day);
		break;
	case LAYOUT_ZERO_YEAR_DAY:
		str_printf(out, "%03d", civil->year_day);
		break;
	case LAYOUT_HOUR:
		str_printf(out, "%02d", civil->hour);
		break;
	case LAYOUT_HOUR12:
		str_printf(out, "%d", hour12(civil->hour));
		break;
	case LAYOUT_ZERO_HOUR12:
		str_printf(out, "%02d", hour12(civil->hour));
		break;
	case LAYOUT_MINUTE:
		str_printf(out, "%d", civil->minute);
		break;
	case LAYOUT_ZERO_MINUTE:
		str_printf(out, "%02d", civil->minute);
		break;
	case LAYOUT_SECOND:
		str_printf(out, "%d", civil->second);
		break;
	case LAYOUT_ZERO_SECOND:
		str_printf(out, "%02d", civil->second);
		break;
	case LAYOUT_END:
	case LAYOUT_LONG_MONTH:
	case LAYOUT_MONTH:
	case LAYOUT_LONG_WEEKDAY:
	case LAYOUT_WEEKDAY:
	case LAYOUT_LONG_YEAR:
	case LAYOUT_YEAR:
	case LAYOUT_PM:
	case LAYOUT_SMALL_PM:
	case LAYOUT_ZONE:
	case LAYOUT_OFFSET:
	case LAYOUT_FRACTION:
	case LAYOUT_TRIMMED_FRACTION:
		break;
	}
}

/* Whether the part is a name or a sign; else it is a number. */
static bool put_name(struct str *out, enum layout_part part,
		     const struct civil *civil)
{
	bool late = civil->hour >= 12;

	if (part == LAYOUT_LONG_MONTH)
		str_puts(out, month_names[civil->month - 1]);
	else if (part == LAYOUT_MONTH)
		str_put(out, month_names[civil->month - 1], 3);
	else if (part == LAYOUT_LONG_WEEKDAY)
		str_puts(out, weekday_names[civil->weekday]);
	else if (part == LAYOUT_WEEKDAY)
		str_put(out, weekday_names[civil->weekday], 3);
	else if (part == LAYOUT_PM)
		str_puts(out, late ? "PM" : "AM");
	else if (part == LAYOUT_SMALL_PM)
		str_puts(out, late ? "pm" : "am");
	else
		return false;
	return true;
}

void moment_format(struct str *out, const struct moment *moment,
		   const char *layout, size_t len)
{
	const char *end = layout + len;
	struct zone_offset offset;
	struct civil civil = moment_civil(out->arena, moment, &offset);

	while (layout < end) {
		struct layout_word word =
			layout_next(layout, (size_t)(end - layout));

		str_put(out, layout, (size_t)(word.text - layout));
		layout = word.text + word.len;
		if (word.part == LAYOUT_LONG_YEAR)
			put_year(out, civil.year);
		else if (word.part == LAYOUT_YEAR)
			str_printf(out, "%02d", abs((int)(civil.year % 100)));
		else if (word.part == LAYOUT_ZONE)
			put_zone(out, &offset);
		else if (word.part == LAYOUT_OFFSET)
			put_offset(out, &word, offset.seconds);
		else if (word.part == LAYOUT_FRACTION ||
			 word.part == LAYOUT_TRIMMED_FRACTION)
			put_fraction(out, &word, moment->nanoseconds);
		else if (!put_name(out, word.part, &civil))
			put_number(out, word.part, &civil);
	}
}
