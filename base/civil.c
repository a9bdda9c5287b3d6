#include "base/civil.h"

enum {
	DAY = 86400,
	ERA_DAYS = 146097,
	EPOCH_DAYS = 719468
};

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * The year begins in March here, so that the day that comes and goes is its
 * last one; an era is the 400 years after which the calendar repeats.
 */
int64_t civil_days(int64_t year, int64_t month, int64_t day)
{
	int64_t months = year * 12 + month - 3;
	int64_t years = floor_divide(months, 12);
	int64_t era = floor_divide(years, 400), of_era = years - era * 400;
	int64_t of_year = ((months - years * 12) * 153 + 2) / 5;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year + day - 1 - EPOCH_DAYS;
}

bool civil_is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int civil_month_days(int64_t year, int month)
{
	return (int)(civil_days(year, month + 1, 1) -
		     civil_days(year, month, 1));
}

int civil_weekday(int64_t days)
{
	int64_t of_week = (days + 4) % 7;

	return (int)(of_week < 0 ? of_week + 7 : of_week);
}

struct civil civil_of(int64_t seconds)
{
	int64_t days = floor_divide(seconds, DAY);
	int64_t shifted = days + EPOCH_DAYS;
	int64_t era = floor_divide(shifted, ERA_DAYS);
	int64_t of_era = shifted - era * ERA_DAYS;
	int64_t year = (of_era - of_era / 1460 - of_era / 36524 -
			of_era / (ERA_DAYS - 1)) /
		       365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	int second = (int)(seconds - days * DAY);
	struct civil civil;

	civil.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	civil.month = (int)(month < 10 ? month + 3 : month - 9);
	civil.year = year + era * 400 + (civil.month <= 2);
	civil.hour = second / 3600;
	civil.minute = second / 60 % 60;
	civil.second = second % 60;
	civil.weekday = civil_weekday(days);
	civil.year_day = (int)(days - civil_days(civil.year, 1, 1)) + 1;
	return civil;
}
