#include "templates/duration.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/quote.h"
#include "templates/chart_verbs.h"

static const struct {
	const char *name;
	uint64_t size;
} units[] = {
	{ "ns", 1 },
	{ "us", 1000 },
	{ "\xc2\xb5s", 1000 },
	{ "\xce\xbcs", 1000 },
	{ "ms", 1000000 },
	{ "s", UINT64_C(1000000000) },
	{ "m", UINT64_C(60000000000) },
	{ "h", UINT64_C(3600000000000) },
};

static uint64_t unit_size(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strlen(units[i].name) == len &&
		    memcmp(units[i].name, name, len) == 0)
			return units[i].size;
	}
	return 0;
}

static bool fail(struct arena *arena, const char **problem, const char *words,
		 struct text unit, struct text whole)
{
	struct str out;

	str_init(&out, arena);
	str_puts(&out, words);
	if (unit.at) {
		quote_put_ascii(&out, unit.at, unit.len);
		str_puts(&out, " in duration ");
	}
	quote_put_ascii(&out, whole.at, whole.len);
	*problem = str_text(&out);
	return false;
}

/* A number with an optional fraction, of which digits too many are dropped. */
struct amount {
	uint64_t whole;
	uint64_t fraction;
	double scale;
	bool any;
	bool over;
};

static const uint64_t MOST = UINT64_C(1) << 63;

static const char *take_amount(const char *at, struct amount *amount)
{
	bool full = false;

	memset(amount, 0, sizeof(*amount));
	amount->scale = 1;
	for (; *at >= '0' && *at <= '9'; at++) {
		unsigned digit = (unsigned)(*at - '0');

		amount->any = true;
		if (amount->whole > MOST / 10 ||
		    amount->whole * 10 + digit > MOST)
			amount->over = true;
		else
			amount->whole = amount->whole * 10 + digit;
	}
	if (*at != '.')
		return at;
	for (at++; *at >= '0' && *at <= '9'; at++) {
		unsigned digit = (unsigned)(*at - '0');

		amount->any = true;
		full = full || amount->fraction > (MOST - 1) / 10 ||
		       amount->fraction * 10 + digit > MOST;
		if (full)
			continue;
		amount->fraction = amount->fraction * 10 + digit;
		amount->scale *= 10;
	}
	return at;
}

/* duration = [ "+" | "-" ] ( "0" | { number unit } ) */
bool duration_parse(struct arena *arena, const char *text, size_t len,
		    int64_t *duration, const char **problem)
{
	const char *at = arena_strndup(arena, text, len);
	struct text whole = text_of(text, len), none = { NULL, 0, NULL };
	bool negative = *at == '-';
	uint64_t sum = 0, unit, part;

	*duration = 0;
	at += *at == '-' || *at == '+';
	if (strcmp(at, "0") == 0)
		return true;
	if (!*at)
		return fail(arena, problem, "time: invalid duration ", none,
			    whole);
	while (*at) {
		struct amount amount;
		const char *name = at = take_amount(at, &amount);

		if (!amount.any || amount.over)
			break;
		at += strcspn(at, ".0123456789");
		if (at == name)
			return fail(arena, problem,
				    "time: missing unit in duration ", none,
				    whole);
		unit = unit_size(name, (size_t)(at - name));
		if (!unit)
			return fail(arena, problem, "time: unknown unit ",
				    text_of(name, (size_t)(at - name)), whole);
		if (amount.whole > MOST / unit)
			return fail(arena, problem, "time: invalid duration ",
				    none, whole);
		part = amount.whole * unit +
		       (uint64_t)((double)amount.fraction *
				  ((double)unit / amount.scale));
		sum += part;
		if (part > MOST || sum > MOST)
			return fail(arena, problem, "time: invalid duration ",
				    none, whole);
	}
	if (*at || (sum == MOST && !negative))
		return fail(arena, problem, "time: invalid duration ", none,
			    whole);
	*duration = negative ? (int64_t)(0 - sum) : (int64_t)sum;
	return true;
}

/* A whole number and what remains of it as a fraction without zeros. */
static void put_fraction(struct str *out, uint64_t number, uint64_t unit)
{
	uint64_t rest = number % unit;

	str_printf(out, "%llu", (unsigned long long)(number / unit));
	if (!rest)
		return;
	str_putc(out, '.');
	while (rest) {
		unit /= 10;
		str_putc(out, (char)('0' + rest / unit));
		rest %= unit;
	}
}

void duration_put(struct str *out, int64_t duration)
{
	uint64_t size =
		duration < 0 ? 0 - (uint64_t)duration : (uint64_t)duration;
	uint64_t minutes = size / UINT64_C(60000000000);

	if (!size) {
		str_puts(out, "0s");
		return;
	}
	if (duration < 0)
		str_putc(out, '-');
	if (size < 1000) {
		str_printf(out, "%lluns", (unsigned long long)size);
	} else if (size < 1000000) {
		put_fraction(out, size, 1000);
		str_puts(out, "\xc2\xb5s");
	} else if (size < (uint64_t)DURATION_SECOND) {
		put_fraction(out, size, 1000000);
		str_puts(out, "ms");
	} else {
		if (minutes >= 60)
			str_printf(out, "%lluh",
				   (unsigned long long)(minutes / 60));
		if (minutes)
			str_printf(out, "%llum",
				   (unsigned long long)(minutes % 60));
		put_fraction(out, size % UINT64_C(60000000000),
			     (uint64_t)DURATION_SECOND);
		str_putc(out, 's');
	}
}

int64_t duration_round(int64_t duration, int64_t unit)
{
	int64_t rest;

	if (unit <= 0)
		return duration;
	rest = duration % unit;
	if (duration < 0) {
		if (-rest < unit - -rest)
			return duration - rest;
		return duration < INT64_MIN + unit - -rest
			       ? INT64_MIN
			       : duration - rest - unit;
	}
	if (rest < unit - rest)
		return duration - rest;
	return duration > INT64_MAX - (unit - rest) ? INT64_MAX
						    : duration - rest + unit;
}

bool chart_check_duration(struct arena *arena, const char *text,
			  const char **problem)
{
	int64_t duration;

	return duration_parse(arena, text, strlen(text), &duration, problem);
}
