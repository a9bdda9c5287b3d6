/*
 * The parser that the API server uses takes some oddities, such as empty
 * items in lists, a range that begins with '*', and a plus before a number.
 */
#include "lints/schema/cron.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/number.h"
#include "lints/schema/duration.h"

enum {
	FIELDS = 5,
	SPACES = 6
};

static const char spaces[] = " \t\n\v\f\r";

struct field {
	const char *name;
	int64_t least;
	int64_t greatest;
	const char *const *names; /* of numbers from `least` on; or NULL */
};

static const char *const months[] = { "jan", "feb", "mar", "apr", "may",
				      "jun", "jul", "aug", "sep", "oct",
				      "nov", "dec", NULL };
static const char *const days[] = { "sun", "mon", "tue", "wed",
				    "thu", "fri", "sat", NULL };

static const struct field fields[FIELDS] = {
	{ "minute", 0, 59, NULL },       { "hour", 0, 23, NULL },
	{ "day of month", 1, 31, NULL }, { "month", 1, 12, months },
	{ "day of week", 0, 6, days },
};

struct piece {
	const char *at;
	size_t len;
};

/* The piece up to a separator; what follows is left in `rest`. */
static struct piece cut(struct piece *rest, char separator)
{
	const char *end = memchr(rest->at, separator, rest->len);
	struct piece front = { rest->at, rest->len };

	if (!end) {
		*rest = (struct piece){ NULL, 0 };
		return front;
	}
	front.len = (size_t)(end - rest->at);
	rest->at = end + 1;
	rest->len -= front.len + 1;
	return front;
}

static bool number(struct piece piece, const struct field *field, int64_t *n)
{
	const char *const *name = field ? field->names : NULL;

	for (; name && *name; name++)
		if (strlen(*name) == piece.len &&
		    strncasecmp(*name, piece.at, piece.len) == 0) {
			*n = field->least + (name - field->names);
			return true;
		}
	return number_parse_int(piece.at, piece.len, 10, n) == NUMBER_OK &&
	       *n >= 0;
}

static const char *bounds(struct arena *arena, const struct field *field,
			  int64_t first, int64_t last)
{
	if (first < field->least)
		return arena_printf(arena, "%s %d is below %d", field->name,
				    (int)first, (int)field->least);
	if (last > field->greatest)
		return arena_printf(arena, "%s %d is above %d", field->name,
				    last > INT32_MAX ? INT32_MAX : (int)last,
				    (int)field->greatest);
	if (first > last)
		return arena_printf(arena, "the range %d-%d of %s is backwards",
				    (int)first, (int)last, field->name);
	return NULL;
}

static const char *not_understood(struct arena *arena, struct piece piece,
				  const struct field *field)
{
	return arena_printf(arena, "%s '%.*s' is not understood", field->name,
			    (int)piece.len, piece.at);
}

static bool is_all(struct piece piece)
{
	return piece.len == 1 && (*piece.at == '*' || *piece.at == '?');
}

/* What an item of a list means: every `step`th of first to last. */
struct span {
	int64_t first;
	int64_t last;
	int64_t step;
};

/* a, a-b or *, and /n behind it. */
static const char *read_item(struct arena *arena, struct piece item,
			     const struct field *field, struct span *span)
{
	struct piece step = item, low, high;
	struct piece range = cut(&step, '/');

	*span = (struct span){ field->least, field->greatest, 1 };
	high = range;
	low = cut(&high, '-');
	if ((step.at && memchr(step.at, '/', step.len)) ||
	    (high.at && memchr(high.at, '-', high.len)))
		return not_understood(arena, item, field);
	if (!is_all(low)) {
		if (!number(low, field, &span->first))
			return not_understood(arena, low, field);
		span->last = step.at ? field->greatest : span->first;
		if (high.at && !number(high, field, &span->last))
			return not_understood(arena, high, field);
	}
	if (step.at && !number(step, NULL, &span->step))
		return not_understood(arena, step, field);
	if (!span->step)
		return arena_printf(arena, "the step of %s is 0", field->name);
	return bounds(arena, field, span->first, span->last);
}

static const char *check_field(struct arena *arena, struct piece list,
			       const struct field *field)
{
	while (list.at) {
		struct piece item = cut(&list, ',');
		struct span span;
		const char *error =
			item.len ? read_item(arena, item, field, &span) : NULL;

		if (error)
			return error;
	}
	return NULL;
}

static const char *check_descriptor(struct arena *arena, const char *text)
{
	static const char *const names[] = { "@yearly",  "@annually",
					     "@monthly", "@weekly",
					     "@daily",   "@midnight",
					     "@hourly",  NULL };
	static const char every[] = "@every ";
	const char *const *name;
	int64_t nanoseconds;

	for (name = names; *name; name++)
		if (strcmp(*name, text) == 0)
			return NULL;
	if (strncmp(text, every, sizeof(every) - 1) == 0)
		return schema_duration_parse(text + sizeof(every) - 1,
					     &nanoseconds);
	return arena_printf(arena, "'%s' is unknown", text);
}

/* The fields of a schedule; how many there are, up to one too many. */
static size_t split(const char *text, struct piece *pieces)
{
	size_t count = 0;

	text += strspn(text, spaces);
	for (; *text && count < SPACES; count++) {
		pieces[count].at = text;
		pieces[count].len = strcspn(text, spaces);
		text += pieces[count].len;
		text += strspn(text, spaces);
	}
	return count;
}

const char *cron_refused(struct arena *arena, const char *text)
{
	struct piece pieces[SPACES];
	const char *error;
	size_t i, count;

	if (strncmp(text, "TZ=", 3) == 0 || strncmp(text, "CRON_TZ=", 8) == 0) {
		text += strcspn(text, " ");
		if (!*text)
			return "behind the time zone there is nothing";
		text += strspn(text, spaces);
	}
	if (!*text)
		return "it is empty";
	if (*text == '@')
		return check_descriptor(arena, text);
	count = split(text, pieces);
	if (count != FIELDS)
		return arena_printf(arena, "it has %s5 fields",
				    count > FIELDS ? "more than "
						   : "fewer than ");
	for (i = 0; i < FIELDS; i++) {
		error = check_field(arena, pieces[i], &fields[i]);
		if (error)
			return error;
	}
	return NULL;
}

/* A bit for each number that a list means. */
static uint64_t bits_of(struct arena *arena, struct piece list,
			const struct field *field)
{
	uint64_t bits = 0;
	struct span span;
	int64_t n;

	while (list.at) {
		struct piece item = cut(&list, ',');

		if (!item.len || read_item(arena, item, field, &span))
			continue;
		for (n = span.first; n <= span.last && n < 64; n += span.step)
			bits |= (uint64_t)1 << n;
	}
	return bits;
}

bool cron_never(struct arena *arena, const char *text)
{
	static const int lengths[] = { 31, 29, 31, 30, 31, 30,
				       31, 31, 30, 31, 30, 31 };
	struct piece pieces[SPACES];
	uint64_t dates, named;
	size_t i;
	int month;

	if (*text == '@' || split(text, pieces) != FIELDS)
		return false;
	/* The parser takes "," for a list of nothing. */
	for (i = 0; i < FIELDS; i++)
		if (!bits_of(arena, pieces[i], &fields[i]))
			return true;
	/* A day of the week is another way to fire. */
	if (!(*pieces[4].at == '*' || *pieces[4].at == '?'))
		return false;
	dates = bits_of(arena, pieces[2], &fields[2]);
	named = bits_of(arena, pieces[3], &fields[3]);
	for (month = 1; month <= 12; month++)
		if (named >> month & 1 &&
		    dates & (((uint64_t)2 << lengths[month - 1]) - 1))
			return false;
	return true;
}
