/*
 * The words of a layout, which stand for parts of a time.
 */
#ifndef TEMPLATES_TIME_LAYOUT_H
#define TEMPLATES_TIME_LAYOUT_H

#include <stddef.h>

enum layout_part {
	LAYOUT_END, /* nothing more */
	LAYOUT_LONG_MONTH,
	LAYOUT_MONTH,
	LAYOUT_NUM_MONTH,
	LAYOUT_ZERO_MONTH,
	LAYOUT_LONG_WEEKDAY,
	LAYOUT_WEEKDAY,
	LAYOUT_DAY,
	LAYOUT_SPACE_DAY,
	LAYOUT_ZERO_DAY,
	LAYOUT_SPACE_YEAR_DAY,
	LAYOUT_ZERO_YEAR_DAY,
	LAYOUT_HOUR,
	LAYOUT_HOUR12,
	LAYOUT_ZERO_HOUR12,
	LAYOUT_MINUTE,
	LAYOUT_ZERO_MINUTE,
	LAYOUT_SECOND,
	LAYOUT_ZERO_SECOND,
	LAYOUT_LONG_YEAR,
	LAYOUT_YEAR,
	LAYOUT_PM,
	LAYOUT_SMALL_PM,
	LAYOUT_ZONE,
	LAYOUT_OFFSET,           /* -0700 and its like, Z0700 too: see `text` */
	LAYOUT_FRACTION,         /* .000 */
	LAYOUT_TRIMMED_FRACTION, /* .999 */
};

struct layout_word {
	enum layout_part part;
	const char *text; /* in the layout */
	size_t len;
};

/*
 * The first word of the layout; what stands before it is literal.  At the end
 * `part` is LAYOUT_END and `text` the end.
 */
struct layout_word layout_next(const char *layout, size_t len);

extern const char *const month_names[12];
extern const char *const weekday_names[7];

#endif
