/*
 * Dates of the Gregorian calendar as numbers, for all years.
 */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

struct civil {
	int64_t year;
	int month; /* 1 .. 12 */
	int day;   /* 1 .. 31 */
	int hour;
	int minute;
	int second;
	int weekday;  /* 0 is Sunday */
	int year_day; /* 1 .. 366 */
};

/* Days from 1970-01-01; month and day may be out of range and carry over. */
int64_t civil_days(int64_t year, int64_t month, int64_t day);

/* What clocks of UTC show; seconds from 1970. */
struct civil civil_of(int64_t seconds);

/* 0 is Sunday; days from 1970-01-01. */
int civil_weekday(int64_t days);

bool civil_is_leap(int64_t year);
int civil_month_days(int64_t year, int month);

#endif
