/*
 * Functions on dates and durations.
 */
#include "base/arena.h"
#include "base/number.h"
#include "templates/duration.h"
#include "templates/exec.h"
#include "templates/func.h"
#include "templates/funcs/time_object.h"

/* A run may be told what the time is, so that it can be repeated. */
static struct moment now(struct call *call)
{
	const int64_t *told = exec_options(call->run)->now;

	return told ? moment_unix(call->arena, *told) : moment_now(call->arena);
}

/*
 * A time, or an integer of seconds from 1970.  Anything else is the current
 * time, floats included, which is what numbers of a values file are.
 */
static struct moment moment_of(struct call *call, const struct value *value)
{
	const struct moment *moment = value_moment(value);

	if (moment)
		return *moment;
	if (value && value->kind == VALUE_INT)
		return moment_unix(call->arena, value->integer);
	return now(call);
}

/* A zone nobody knows is UTC. */
static const struct value *give_date(struct call *call, struct text layout,
				     const struct value *date, const char *zone)
{
	struct moment moment = moment_of(call, date);
	struct str out;

	moment.zone = zone_load(call->arena, zone);
	if (!moment.zone)
		moment.zone = zone_load(call->arena, "UTC");
	call_str(call, &out);
	moment_format(&out, &moment, layout.at, layout.len);
	return call_give_str(call, &out);
}

static const struct value *fn_now(struct call *call)
{
	struct moment moment = now(call);

	return call_give_time(call, &moment);
}

static const struct value *fn_date(struct call *call)
{
	return give_date(call, value_text(call_arg(call, 0)), call_arg(call, 1),
			 "Local");
}

static const struct value *fn_date_in_zone(struct call *call)
{
	return give_date(call, value_text(call_arg(call, 0)), call_arg(call, 1),
			 call_string(call, 2));
}

static struct text html_layout(void)
{
	static const char layout[] = "2006-01-02";

	return (struct text){ .at = layout, .len = sizeof(layout) - 1 };
}

static const struct value *fn_html_date(struct call *call)
{
	return give_date(call, html_layout(), call_arg(call, 0), "Local");
}

static const struct value *fn_html_date_in_zone(struct call *call)
{
	return give_date(call, html_layout(), call_arg(call, 0),
			 call_string(call, 1));
}

static const struct value *modify(struct call *call, bool must)
{
	struct text text = call_text(call, 0);
	const struct moment *date = value_moment(call_arg(call, 1));
	const char *problem;
	struct moment moment;
	int64_t duration;

	if (!duration_parse(call->arena, text.at, text.len, &duration,
			    &problem)) {
		if (must)
			return call_fail(call, "%s", problem);
		return call_arg(call, 1);
	}
	moment = moment_add(date, duration);
	return call_give_time(call, &moment);
}

static const struct value *fn_date_modify(struct call *call)
{
	return modify(call, false);
}

static const struct value *fn_must_date_modify(struct call *call)
{
	return modify(call, true);
}

static const struct value *fn_to_date(struct call *call)
{
	const char *problem;
	struct moment moment;

	if (!moment_parse(call->arena, call_string(call, 0),
			  call_string(call, 1), &moment, &problem))
		moment = moment_zero(call->arena);
	return call_give_time(call, &moment);
}

static const struct value *fn_must_to_date(struct call *call)
{
	const char *problem;
	struct moment moment;

	if (!moment_parse(call->arena, call_string(call, 0),
			  call_string(call, 1), &moment, &problem))
		return call_fail(call, "%s", problem);
	return call_give_time(call, &moment);
}

static const struct value *fn_unix_epoch(struct call *call)
{
	char text[NUMBER_ROOM];
	size_t len = number_format_int(
		text, value_moment(call_arg(call, 0))->seconds);

	return call_give_opaque(call, text, len);
}

static const struct value *give_duration(struct call *call, int64_t duration)
{
	struct str out;

	call_str(call, &out);
	duration_put(&out, duration);
	return call_give_str(call, &out);
}

static const struct value *fn_ago(struct call *call)
{
	struct moment date = moment_of(call, call_arg(call, 0));
	struct moment present = now(call);

	return give_duration(call, duration_round(moment_since(&present, &date),
						  DURATION_SECOND));
}

static bool is_int64(const struct value *value)
{
	return value && value->kind == VALUE_INT &&
	       value->type == VALUE_TYPE_PLAIN;
}

/* Seconds as a decimal text or an int64; a literal is an int, and so is 0. */
static const struct value *fn_duration(struct call *call)
{
	const struct value *value = call_arg(call, 0);
	struct text text = value_text(value);
	int64_t seconds = 0;

	if (value_is_string(value))
		number_parse_int(text.at, text.len, 10, &seconds);
	else if (is_int64(value))
		seconds = value->integer;
	return give_duration(
		call, (int64_t)((uint64_t)seconds * (uint64_t)DURATION_SECOND));
}

static int64_t duration_of(struct call *call, const struct value *value)
{
	struct text text = value_text(value);
	struct moment date, present;
	int64_t duration = 0;
	const char *problem;

	if (value_is_string(value)) {
		if (!duration_parse(call->arena, text.at, text.len, &duration,
				    &problem))
			return 0;
	} else if (is_int64(value)) {
		duration = value->integer;
	} else if (value_moment(value)) {
		date = *value_moment(value);
		present = now(call);
		duration = moment_since(&present, &date);
	}
	return duration;
}

/* The largest unit that is strictly exceeded; 24h is no day yet. */
static const struct value *fn_duration_round(struct call *call)
{
	static const struct {
		uint64_t seconds;
		const char *name;
	} units[] = {
		{ 365 * 86400, "y" }, { 30 * 86400, "mo" }, { 86400, "d" },
		{ 3600, "h" },        { 60, "m" },          { 1, "s" },
	};
	int64_t duration = duration_of(call, call_arg(call, 0));
	uint64_t size =
		duration < 0 ? 0 - (uint64_t)duration : (uint64_t)duration;
	struct str out;
	size_t i;

	call_str(call, &out);
	for (i = 0; i < sizeof(units) / sizeof(*units); i++) {
		uint64_t unit = units[i].seconds * (uint64_t)DURATION_SECOND;

		if (size <= unit)
			continue;
		str_printf(&out, "%llu%s", (unsigned long long)(size / unit),
			   units[i].name);
		return call_give_str(call, &out);
	}
	str_puts(&out, "0s");
	return call_give_str(call, &out);
}

const struct func template_funcs_dates[] = {
	{ .name = "ago",
	  .takes = { ARG_ANY },
	  .random = FUNC_TIME,
	  .run = fn_ago,
	  .usage = "ago TIME",
	  .help = "How long ago TIME was, to the second." },
	{ .name = "date",
	  .takes = { ARG_STRING, ARG_ANY },
	  .run = fn_date,
	  .usage = "date LAYOUT TIME",
	  .help = "TIME in the zone of the machine, written as LAYOUT shows "
		  "the time 2006-01-02 15:04:05." },
	{ .name = "dateInZone",
	  .takes = { ARG_STRING, ARG_ANY, ARG_STRING },
	  .run = fn_date_in_zone,
	  .usage = "dateInZone LAYOUT TIME ZONE",
	  .help = "TIME in ZONE, written as LAYOUT shows the time "
		  "2006-01-02 15:04:05." },
	{ .name = "dateModify",
	  .takes = { ARG_STRING, ARG_TIME },
	  .run = fn_date_modify,
	  .usage = "dateModify DURATION TIME",
	  .help = "TIME and DURATION, such as -1.5h; TIME itself if DURATION "
		  "is none." },
	{ .name = "date_in_zone",
	  .takes = { ARG_STRING, ARG_ANY, ARG_STRING },
	  .run = fn_date_in_zone,
	  .usage = "date_in_zone LAYOUT TIME ZONE",
	  .help = "The same as dateInZone." },
	{ .name = "date_modify",
	  .takes = { ARG_STRING, ARG_TIME },
	  .run = fn_date_modify,
	  .usage = "date_modify DURATION TIME",
	  .help = "The same as dateModify." },
	{ .name = "duration",
	  .takes = { ARG_ANY },
	  .run = fn_duration,
	  .usage = "duration SECONDS",
	  .help = "SECONDS, a text or an int64, as 1h2m3s." },
	{ .name = "durationRound",
	  .takes = { ARG_ANY },
	  .run = fn_duration_round,
	  .usage = "durationRound DURATION",
	  .help = "DURATION in whole units of its largest, such as 2h." },
	{ .name = "htmlDate",
	  .takes = { ARG_ANY },
	  .run = fn_html_date,
	  .usage = "htmlDate TIME",
	  .help = "TIME as 2006-01-02 in the zone of the machine." },
	{ .name = "htmlDateInZone",
	  .takes = { ARG_ANY, ARG_STRING },
	  .run = fn_html_date_in_zone,
	  .usage = "htmlDateInZone TIME ZONE",
	  .help = "TIME as 2006-01-02 in ZONE." },
	{ .name = "mustDateModify",
	  .takes = { ARG_STRING, ARG_TIME },
	  .run = fn_must_date_modify,
	  .usage = "mustDateModify DURATION TIME",
	  .help = "TIME and DURATION; fails if DURATION is none." },
	{ .name = "mustToDate",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_must_to_date,
	  .usage = "mustToDate LAYOUT TEXT",
	  .help = "The time that TEXT shows; fails if it does not follow "
		  "LAYOUT." },
	{ .name = "must_date_modify",
	  .takes = { ARG_STRING, ARG_TIME },
	  .run = fn_must_date_modify,
	  .usage = "must_date_modify DURATION TIME",
	  .help = "The same as mustDateModify." },
	{ .name = "now",
	  .random = FUNC_TIME,
	  .run = fn_now,
	  .usage = "now",
	  .help = "The current time." },
	{ .name = "toDate",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_to_date,
	  .usage = "toDate LAYOUT TEXT",
	  .help = "The time that TEXT shows; year 1 if it does not follow "
		  "LAYOUT." },
	{ .name = "unixEpoch",
	  .takes = { ARG_TIME },
	  .run = fn_unix_epoch,
	  .usage = "unixEpoch TIME",
	  .help = "The seconds from 1970 to TIME, as a text." },
	{ .name = NULL }
};
