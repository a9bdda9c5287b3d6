/*
 * Arithmetic.  The plain names count in int64 and wrap around, those with an
 * f in decimals; conversions are Sprig's (templates/func.h).
 */
#include <math.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/real.h"
#include "base/source.h"
#include "templates/decimal.h"
#include "templates/func.h"
#include "templates/funcs/items.h"

static int64_t int_at(struct call *call, size_t index)
{
	return call_to_int64(call_arg(call, index));
}

static double float_at(struct call *call, size_t index)
{
	return call_to_float(call_arg(call, index));
}

/* A number that was only given another type is where it was. */
static void keep_place(struct call *call)
{
	const struct value *value = call_arg(call, 0);

	if (value && origin_source(&value->origin))
		call->origin = value->origin;
}

/* What is made of one number that somebody chose is where he chose it. */
static void keep_only_place(struct call *call)
{
	const struct value *chosen = NULL;
	size_t i;

	for (i = 0; i < call->count; i++) {
		const struct value *value = call_arg(call, i);
		const struct source *source =
			value ? origin_source(&value->origin) : NULL;

		if (!source || source->role == SOURCE_TEMPLATE)
			continue;
		if (chosen)
			return;
		chosen = value;
	}
	if (chosen)
		call->origin = chosen->origin;
}

static const struct value *fn_add(struct call *call)
{
	uint64_t sum = 0;
	size_t i;

	keep_only_place(call);
	for (i = 0; i < call->count; i++)
		sum += (uint64_t)int_at(call, i);
	return call_give_int64(call, (int64_t)sum);
}

static const struct value *fn_add1(struct call *call)
{
	keep_place(call);
	return call_give_int64(call, (int64_t)((uint64_t)int_at(call, 0) + 1));
}

static const struct value *fn_sub(struct call *call)
{
	keep_only_place(call);
	return call_give_int64(call, (int64_t)((uint64_t)int_at(call, 0) -
					       (uint64_t)int_at(call, 1)));
}

static const struct value *fn_mul(struct call *call)
{
	uint64_t product = (uint64_t)int_at(call, 0);
	size_t i;

	keep_only_place(call);
	for (i = 1; i < call->count; i++)
		product *= (uint64_t)int_at(call, i);
	return call_give_int64(call, (int64_t)product);
}

static const struct value *division_by_zero(struct call *call)
{
	return call_fail(call, "runtime error: integer divide by zero");
}

static const struct value *fn_div(struct call *call)
{
	int64_t a = int_at(call, 0), b = int_at(call, 1);

	if (!b)
		return division_by_zero(call);
	/* In Go the lowest number divided by -1 is itself. */
	if (b == -1)
		return call_give_int64(call, (int64_t)(0 - (uint64_t)a));
	return call_give_int64(call, a / b);
}

static const struct value *fn_mod(struct call *call)
{
	int64_t a = int_at(call, 0), b = int_at(call, 1);

	if (!b)
		return division_by_zero(call);
	return call_give_int64(call, b == -1 ? 0 : a % b);
}

static const struct value *fn_max(struct call *call)
{
	int64_t most = int_at(call, 0);
	size_t i;

	for (i = 1; i < call->count; i++) {
		int64_t next = int_at(call, i);

		most = next > most ? next : most;
	}
	return call_give_int64(call, most);
}

static const struct value *fn_min(struct call *call)
{
	int64_t least = int_at(call, 0);
	size_t i;

	for (i = 1; i < call->count; i++) {
		int64_t next = int_at(call, i);

		least = next < least ? next : least;
	}
	return call_give_int64(call, least);
}

/* In Go a NaN wins against every number but an infinity of its side. */
static double choose(double a, double b, bool greater)
{
	double end = greater ? (double)INFINITY : -(double)INFINITY;

	if (a == end || b == end)
		return end;
	if (isnan(a) || isnan(b))
		return (double)NAN;
	return (greater ? a > b : a < b) ? a : b;
}

static const struct value *extreme(struct call *call, bool greater)
{
	double result = float_at(call, 0);
	size_t i;

	for (i = 1; i < call->count; i++)
		result = choose(result, float_at(call, i), greater);
	return call_give_float(call, result);
}

static const struct value *fn_maxf(struct call *call)
{
	return extreme(call, true);
}

static const struct value *fn_minf(struct call *call)
{
	return extreme(call, false);
}

typedef struct decimal decimal_step(struct arena *arena,
				    const struct decimal *a,
				    const struct decimal *b);

/* Digits above which the time of a multiplication would be felt. */
enum {
	DIGITS_MAX = 100000
};

static bool decimal_at(struct call *call, double real, struct decimal *result)
{
	char text[NUMBER_ROOM];

	if (isfinite(real)) {
		*result = decimal_of(call->arena, real);
		return true;
	}
	number_format_float(text, real, 'g', -1);
	call_fail(call, "Cannot create a Decimal from %s", text);
	return false;
}

/* `first`, combined with the arguments from `index` on. */
static const struct value *decimals(struct call *call, double first,
				    size_t index, decimal_step *step)
{
	struct decimal result, next;

	if (!decimal_at(call, first, &result))
		return NULL;
	for (; index < call->count; index++) {
		if (!decimal_at(call, float_at(call, index), &next))
			return NULL;
		if (step == decimal_divide && !next.count)
			return call_fail(call, "decimal division by 0");
		if (result.count > DIGITS_MAX)
			return call_fail(call,
					 "the result has more than %d "
					 "digits",
					 DIGITS_MAX);
		result = step(call->arena, &result, &next);
	}
	return call_give_float(call, decimal_float(call->arena, &result));
}

static const struct value *fn_addf(struct call *call)
{
	return decimals(call, 0, 0, decimal_add);
}

/* The same as addf, with a one to begin with. */
static const struct value *fn_add1f(struct call *call)
{
	return decimals(call, 1, 0, decimal_add);
}

static const struct value *fn_subf(struct call *call)
{
	return decimals(call, float_at(call, 0), 1, decimal_subtract);
}

static const struct value *fn_mulf(struct call *call)
{
	return decimals(call, float_at(call, 0), 1, decimal_multiply);
}

static const struct value *fn_divf(struct call *call)
{
	return decimals(call, float_at(call, 0), 1, decimal_divide);
}

static const struct value *fn_ceil(struct call *call)
{
	return call_give_float(call, ceil(float_at(call, 0)));
}

static const struct value *fn_floor(struct call *call)
{
	return call_give_float(call, floor(float_at(call, 0)));
}

/*
 * The fraction is compared with its sign, so that below zero every one is less
 * than ON and is rounded down.
 */
static const struct value *fn_round(struct call *call)
{
	double real = float_at(call, 0), whole, fraction;
	double power = real_power_of_ten(call_int(call, 1));
	double on = call->count > 2 ? call_float(call, 2) : 0.5;
	double digits = power * real;

	fraction = modf(digits, &whole);
	/* Go's Modf of an infinity has a NaN behind the point. */
	if (isinf(digits))
		fraction = (double)NAN;
	whole = fraction >= on ? ceil(digits) : floor(digits);
	return call_give_float(call, whole / power);
}

static const struct value *fn_int(struct call *call)
{
	keep_place(call);
	return call_give_int(call, int_at(call, 0));
}

static const struct value *fn_int64(struct call *call)
{
	keep_place(call);
	return call_give_int64(call, int_at(call, 0));
}

static const struct value *fn_float64(struct call *call)
{
	keep_place(call);
	return call_give_float(call, float_at(call, 0));
}

/* Out of range it is the nearest number, anything else is 0. */
static const struct value *fn_atoi(struct call *call)
{
	struct text text = call_text(call, 0);
	int64_t result = 0;

	keep_place(call);
	if (number_parse_int(text.at, text.len, 10, &result) == NUMBER_SYNTAX)
		result = 0;
	return call_give_int(call, result);
}

static const struct value *fn_to_decimal(struct call *call)
{
	struct text text = call_print(call, call_arg(call, 0));
	int64_t result = 0;

	if (number_parse_int(text.at, text.len, 8, &result) != NUMBER_OK)
		result = 0;
	return call_give_int64(call, result);
}

/* How many numbers lie from `start` on before `stop`; 0 the wrong way. */
static uint64_t steps(int64_t start, int64_t stop, int64_t step)
{
	uint64_t way, size;

	if (start == stop || !step || (stop < start) != (step < 0))
		return 0;
	way = stop > start ? (uint64_t)stop - (uint64_t)start
			   : (uint64_t)start - (uint64_t)stop;
	size = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
	return (way - 1) / size + 1;
}

static const struct value *range(struct call *call, int64_t start, int64_t stop,
				 int64_t step)
{
	uint64_t count = steps(start, stop, step), i;
	struct value *list;

	if (!call_fits(call, count, sizeof(struct value)))
		return NULL;
	list = call_new_list(call);
	list->type = VALUE_TYPE_INTS;
	for (i = 0; i < count; i++) {
		value_append(call->arena, list,
			     value_shared(call_give_int(call, start)));
		start = (int64_t)((uint64_t)start + (uint64_t)step);
	}
	return list;
}

static const struct value *fn_until(struct call *call)
{
	int64_t count = call_int(call, 0);

	return range(call, 0, count, count < 0 ? -1 : 1);
}

static const struct value *fn_until_step(struct call *call)
{
	return range(call, call_int(call, 0), call_int(call, 1),
		     call_int(call, 2));
}

static const struct value *fn_seq(struct call *call)
{
	int64_t start = 1, stop, step, toward;
	uint64_t count, i;
	struct str out;

	if (call->count < 1 || call->count > 3)
		return call_give_opaque(call, "", 0);
	if (call->count > 1)
		start = call_int(call, 0);
	stop = call_int(call, call->count - 1);
	toward = stop < start ? -1 : 1;
	step = call->count > 2 ? call_int(call, 1) : toward;
	/* A count down wants a step below zero; stop itself is included. */
	if (toward < 0 && step > 0)
		return call_give_opaque(call, "", 0);
	count = steps(start, stop + toward, step);
	if (!call_fits(call, count, 20))
		return NULL;
	call_str(call, &out);
	for (i = 0; i < count; i++) {
		str_printf(&out, i ? " %lld" : "%lld", (long long)start);
		start = (int64_t)((uint64_t)start + (uint64_t)step);
	}
	return call_give_str(call, &out);
}

const struct func template_funcs_math[] = {
	{ .name = "add",
	  .rest = ARG_ANY,
	  .run = fn_add,
	  .usage = "add NUMBER ...",
	  .help = "The sum of whole numbers." },
	{ .name = "add1",
	  .takes = { ARG_ANY },
	  .run = fn_add1,
	  .usage = "add1 NUMBER",
	  .help = "NUMBER and 1." },
	{ .name = "add1f",
	  .takes = { ARG_ANY },
	  .run = fn_add1f,
	  .usage = "add1f NUMBER",
	  .help = "NUMBER and 1, in decimals." },
	{ .name = "addf",
	  .rest = ARG_ANY,
	  .run = fn_addf,
	  .usage = "addf NUMBER ...",
	  .help = "The sum of the numbers, in decimals." },
	{ .name = "atoi",
	  .takes = { ARG_STRING },
	  .run = fn_atoi,
	  .usage = "atoi TEXT",
	  .help = "TEXT read as a decimal whole number; 0 if it is none." },
	{ .name = "biggest",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_max,
	  .usage = "biggest NUMBER ...",
	  .help = "The same as max." },
	{ .name = "ceil",
	  .takes = { ARG_ANY },
	  .run = fn_ceil,
	  .usage = "ceil NUMBER",
	  .help = "The least whole number that is not below NUMBER." },
	{ .name = "div",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_div,
	  .usage = "div A B",
	  .help = "A divided by B as whole numbers, cut towards zero." },
	{ .name = "divf",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_divf,
	  .usage = "divf A B ...",
	  .help = "A divided by all others, with 16 decimals." },
	{ .name = "float64",
	  .takes = { ARG_ANY },
	  .run = fn_float64,
	  .usage = "float64 VALUE",
	  .help = "VALUE as a float; 0 if it is no number." },
	{ .name = "floor",
	  .takes = { ARG_ANY },
	  .run = fn_floor,
	  .usage = "floor NUMBER",
	  .help = "The greatest whole number that is not above NUMBER." },
	{ .name = "int",
	  .takes = { ARG_ANY },
	  .run = fn_int,
	  .usage = "int VALUE",
	  .help = "VALUE as a whole number; 0 if it is none." },
	{ .name = "int64",
	  .takes = { ARG_ANY },
	  .run = fn_int64,
	  .usage = "int64 VALUE",
	  .help = "VALUE as a whole number of type int64; 0 if it is none." },
	{ .name = "max",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_max,
	  .usage = "max NUMBER ...",
	  .help = "The greatest of whole numbers." },
	{ .name = "maxf",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_maxf,
	  .usage = "maxf NUMBER ...",
	  .help = "The greatest of the numbers." },
	{ .name = "min",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_min,
	  .usage = "min NUMBER ...",
	  .help = "The least of whole numbers." },
	{ .name = "minf",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_minf,
	  .usage = "minf NUMBER ...",
	  .help = "The least of the numbers." },
	{ .name = "mod",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_mod,
	  .usage = "mod A B",
	  .help = "What remains of A divided by B; it has the sign of A." },
	{ .name = "mul",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_mul,
	  .usage = "mul NUMBER ...",
	  .help = "The product of whole numbers." },
	{ .name = "mulf",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_mulf,
	  .usage = "mulf NUMBER ...",
	  .help = "The product of the numbers, in decimals." },
	{ .name = "round",
	  .takes = { ARG_ANY, ARG_INT },
	  .rest = ARG_FLOAT,
	  .run = fn_round,
	  .usage = "round NUMBER PLACES ON",
	  .help = "NUMBER with PLACES decimals, rounded up from a fraction of "
		  "ON, which is 0.5 if left out." },
	{ .name = "seq",
	  .rest = ARG_INT,
	  .run = fn_seq,
	  .usage = "seq START STEP END",
	  .help = "The whole numbers from START to END as a text, as the "
		  "program seq prints them; START and STEP may be left out." },
	{ .name = "sub",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_sub,
	  .usage = "sub A B",
	  .help = "A less B as whole numbers." },
	{ .name = "subf",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_subf,
	  .usage = "subf A B ...",
	  .help = "A less all others, in decimals." },
	{ .name = "toDecimal",
	  .takes = { ARG_ANY },
	  .run = fn_to_decimal,
	  .usage = "toDecimal VALUE",
	  .help = "The digits of VALUE read as an octal number." },
	{ .name = "until",
	  .takes = { ARG_INT },
	  .run = fn_until,
	  .usage = "until COUNT",
	  .help = "A list of the numbers from 0 up to COUNT, without it." },
	{ .name = "untilStep",
	  .takes = { ARG_INT, ARG_INT, ARG_INT },
	  .run = fn_until_step,
	  .usage = "untilStep START END STEP",
	  .help = "A list of the numbers from START up to END, without it, by "
		  "STEP." },
	{ .name = NULL }
};
