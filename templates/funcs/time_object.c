#include "templates/funcs/time_object.h"

#include <string.h>

#include "base/arena.h"
#include "model/json.h"
#include "model/quote.h"
#include "templates/duration.h"
#include "templates/object.h"
#include "templates/time/layout.h"

static const struct object_class time_class;
static const struct object_class duration_class;

static const struct value *
give(struct call *call, const struct object_class *class, const void *data)
{
	struct value *value = object_wrap(call->arena, class, data);

	value->origin = call->origin;
	return value;
}

const struct value *call_give_time(struct call *call,
				   const struct moment *moment)
{
	struct moment *copy = arena_alloc(call->arena, sizeof(*copy));

	*copy = *moment;
	return give(call, &time_class, copy);
}

static const struct value *give_duration(struct call *call, int64_t duration)
{
	int64_t *copy = arena_alloc(call->arena, sizeof(*copy));

	*copy = duration;
	return give(call, &duration_class, copy);
}

const struct moment *value_moment(const struct value *value)
{
	return object_has_class(value, &time_class) ? value->data : NULL;
}

/* Durations: an int64 with methods. */

static int64_t duration_of(const struct value *value)
{
	return *(const int64_t *)value->data;
}

static void duration_print(struct str *out, const struct value *value)
{
	duration_put(out, duration_of(value));
}

static bool duration_json(struct str *out, const struct value *value,
			  const char **error)
{
	(void)error;
	str_printf(out, "%lld", (long long)duration_of(value));
	return true;
}

static const struct value *duration_under(struct arena *arena,
					  const struct value *object)
{
	return value_new_int(arena, &object->origin, duration_of(object));
}

static const struct value *fn_duration_string(struct call *call)
{
	struct str out;

	call_str(call, &out);
	duration_put(&out, duration_of(call->receiver));
	return call_give_str(call, &out);
}

static const struct value *fn_hours(struct call *call)
{
	return call_give_float(call,
			       (double)duration_of(call->receiver) / 3600e9);
}

static const struct value *fn_minutes(struct call *call)
{
	return call_give_float(call,
			       (double)duration_of(call->receiver) / 60e9);
}

static const struct value *fn_seconds(struct call *call)
{
	return call_give_float(call, (double)duration_of(call->receiver) / 1e9);
}

static const struct value *fn_milliseconds(struct call *call)
{
	return call_give_int64(call, duration_of(call->receiver) / 1000000);
}

static const struct value *fn_microseconds(struct call *call)
{
	return call_give_int64(call, duration_of(call->receiver) / 1000);
}

static const struct value *fn_nanoseconds(struct call *call)
{
	return call_give_int64(call, duration_of(call->receiver));
}

/* A duration, or the number that a literal is. */
static int64_t duration_argument(const struct call *call)
{
	const struct value *value = call_arg(call, 0);

	return object_has_class(value, &duration_class) ? duration_of(value)
							: value->integer;
}

/* Towards 0, to a multiple of the argument. */
static int64_t cut(int64_t duration, int64_t unit)
{
	return unit <= 0 ? duration : duration - duration % unit;
}

/* To the nearest multiple, halves away from 0, within what fits. */
static int64_t rounded(int64_t duration, int64_t unit)
{
	int64_t rest = unit <= 0 ? 0 : duration % unit, other;

	if (unit <= 0)
		return duration;
	if (duration < 0) {
		rest = -rest;
		if ((uint64_t)rest + (uint64_t)rest < (uint64_t)unit)
			return duration + rest;
		if (__builtin_sub_overflow(duration, unit - rest, &other))
			return INT64_MIN;
		return other;
	}
	if ((uint64_t)rest + (uint64_t)rest < (uint64_t)unit)
		return duration - rest;
	if (__builtin_add_overflow(duration, unit - rest, &other))
		return INT64_MAX;
	return other;
}

static const struct value *fn_truncate_duration(struct call *call)
{
	return give_duration(call, cut(duration_of(call->receiver),
				       duration_argument(call)));
}

static const struct value *fn_round_duration(struct call *call)
{
	return give_duration(call, rounded(duration_of(call->receiver),
					   duration_argument(call)));
}

static const struct value *fn_abs(struct call *call)
{
	int64_t duration = duration_of(call->receiver);

	if (duration < 0)
		duration = duration == INT64_MIN ? INT64_MAX : -duration;
	return give_duration(call, duration);
}

static const struct func duration_methods[] = {
	{ .name = "Abs", .run = fn_abs },
	{ .name = "Hours", .run = fn_hours },
	{ .name = "Microseconds", .run = fn_microseconds },
	{ .name = "Milliseconds", .run = fn_milliseconds },
	{ .name = "Minutes", .run = fn_minutes },
	{ .name = "Nanoseconds", .run = fn_nanoseconds },
	{ .name = "Round",
	  .takes = { ARG_DURATION },
	  .run = fn_round_duration },
	{ .name = "Seconds", .run = fn_seconds },
	{ .name = "String", .run = fn_duration_string },
	{ .name = "Truncate",
	  .takes = { ARG_DURATION },
	  .run = fn_truncate_duration },
	{ .name = NULL }
};

static const struct object_class duration_class = {
	.model = { .go_type = "time.Duration",
		   .json = duration_json,
		   .print = duration_print },
	.kind = "int64",
	.methods = duration_methods,
	.under = duration_under,
	.stringer = true,
};

/* Months and weekdays: an int that prints as a name. */

static void month_print(struct str *out, const struct value *value)
{
	str_puts(out, month_names[*(const int *)value->data - 1]);
}

static void weekday_print(struct str *out, const struct value *value)
{
	str_puts(out, weekday_names[*(const int *)value->data]);
}

static bool int_json(struct str *out, const struct value *value,
		     const char **error)
{
	(void)error;
	str_printf(out, "%d", *(const int *)value->data);
	return true;
}

static const struct value *int_under(struct arena *arena,
				     const struct value *object)
{
	struct value *value = value_new_int(arena, &object->origin,
					    *(const int *)object->data);

	value->type = VALUE_TYPE_INT;
	return value;
}

static const struct value *fn_name(struct call *call)
{
	struct str out;

	call_str(call, &out);
	call->receiver->class->print(&out, call->receiver);
	return call_give_str(call, &out);
}

static const struct func name_methods[] = {
	{ .name = "String", .run = fn_name },
	{ .name = NULL },
};

static const struct object_class month_class = {
	.model = { .go_type = "time.Month",
		   .json = int_json,
		   .print = month_print },
	.kind = "int",
	.methods = name_methods,
	.under = int_under,
	.stringer = true,
};

static const struct object_class weekday_class = {
	.model = { .go_type = "time.Weekday",
		   .json = int_json,
		   .print = weekday_print },
	.kind = "int",
	.methods = name_methods,
	.under = int_under,
	.stringer = true,
};

static const struct value *
give_number(struct call *call, const struct object_class *class, int number)
{
	int *copy = arena_alloc(call->arena, sizeof(*copy));

	*copy = number;
	return give(call, class, copy);
}

/* Times. */

static void format(struct str *out, const struct moment *moment,
		   const char *layout)
{
	moment_format(out, moment, layout, strlen(layout));
}

static void time_print(struct str *out, const struct value *value)
{
	format(out, value->data, "2006-01-02 15:04:05.999999999 -0700 MST");
}

static bool time_json(struct str *out, const struct value *value,
		      const char **error)
{
	struct zone_offset offset;
	struct civil civil = moment_civil(out->arena, value->data, &offset);
	struct str text;

	if (civil.year < 0 || civil.year > 9999) {
		*error = "json: error calling MarshalJSON for type time.Time: "
			 "Time.MarshalJSON: year outside of range [0,9999]";
		return false;
	}
	str_init(&text, out->arena);
	format(&text, value->data, "2006-01-02T15:04:05.999999999Z07:00");
	json_write_string(out, text.text, text.len, false);
	return true;
}

/*
 * Where a time was: UTC is a nil pointer, the local zone one thing, and so are
 * offsets of whole hours that have no name.  Tables of offsets are not shown;
 * cacheEnd tells those of one name apart.
 */
static const struct object_part *location_parts(struct arena *arena,
						const struct value *object)
{
	static const char *const names[] = { "name",       "zone",
					     "tx",         "extend",
					     "cacheStart", "cacheEnd",
					     "cacheZone",  NULL };
	const struct zone *zone = object->data;
	struct zone_offset offset = zone_at(arena, zone, 0);
	struct object_part *parts =
		arena_zalloc(arena, ARRAY_COUNT(names) * sizeof(*parts));

	for (size_t i = 0; names[i]; i++)
		parts[i].name = names[i];
	parts[0].value = value_new_cstring(arena, NULL, offset.name);
	parts[1].value = value_new_list(arena, NULL);
	parts[2].value = value_new_list(arena, NULL);
	parts[3].value = value_new_cstring(arena, NULL, "");
	parts[4].value = value_new_int(arena, NULL, 0);
	parts[5].value = value_new_int(arena, NULL, offset.seconds);
	parts[6].type = "*time.zone";
	return parts;
}

static const void *location_identity(const struct value *object)
{
	static const char local, hours[27];
	const struct zone *zone = object->data;
	int hour = zone_fixed_hour(zone);

	if (zone_kind_of(zone) == ZONE_LOCAL)
		return &local;
	return hour >= -12 && hour <= 14 ? &hours[hour + 12] : object->data;
}

static const struct object_class location_class = {
	.model = { .go_type = "*time.Location" },
	.kind = "ptr",
	.parts = location_parts,
	.identity = location_identity,
};

/* As Go keeps one that no clock gave: with its seconds from year 1. */
static const struct object_part *time_parts(struct arena *arena,
					    const struct value *object)
{
	const struct moment *moment = object->data;
	struct moment zero = moment_zero(arena);
	struct object_part *parts = arena_zalloc(arena, 4 * sizeof(*parts));
	struct value *wall = value_new(arena, VALUE_UINT, NULL);

	wall->natural = (uint64_t)moment->nanoseconds;
	parts[0].name = "wall";
	parts[0].value = wall;
	parts[1].name = "ext";
	parts[1].value =
		value_new_int(arena, NULL, moment->seconds - zero.seconds);
	parts[2].name = "loc";
	parts[2].type = "*time.Location";
	if (zone_kind_of(moment->zone) != ZONE_UTC)
		parts[2].value =
			object_wrap(arena, &location_class, moment->zone);
	return parts;
}

/* time.Date(2020, time.February, 29, 1, 0, 0, 0, time.UTC) */
static void time_go_string(struct str *out, const struct value *value)
{
	const struct moment *moment = value->data;
	struct zone_offset offset;
	struct civil civil = moment_civil(out->arena, moment, &offset);

	str_printf(out, "time.Date(%lld, time.%s, %d, %d, %d, %d, %d, ",
		   (long long)civil.year, month_names[civil.month - 1],
		   (int)civil.day, (int)civil.hour, (int)civil.minute,
		   (int)civil.second, (int)moment->nanoseconds);
	if (zone_kind_of(moment->zone) == ZONE_UTC) {
		str_puts(out, "time.UTC)");
	} else if (zone_kind_of(moment->zone) == ZONE_LOCAL) {
		str_puts(out, "time.Local)");
	} else {
		str_puts(out, "time.Location(");
		quote_put(out, &(struct text){ offset.name, strlen(offset.name),
					       NULL });
		str_puts(out, "))");
	}
}

static const struct moment *self(const struct call *call)
{
	return call->receiver->data;
}

static struct civil civil_self(struct call *call)
{
	struct zone_offset offset;

	return moment_civil(call->arena, self(call), &offset);
}

static const struct value *fn_format(struct call *call)
{
	struct text layout = call_text(call, 0);
	struct str out;

	call_str(call, &out);
	moment_format(&out, self(call), layout.at, layout.len);
	return call_give_str(call, &out);
}

static const struct value *fn_string(struct call *call)
{
	struct str out;

	call_str(call, &out);
	time_print(&out, call->receiver);
	return call_give_str(call, &out);
}

static const struct value *fn_year(struct call *call)
{
	return call_give_int(call, civil_self(call).year);
}

static const struct value *fn_month(struct call *call)
{
	return give_number(call, &month_class, civil_self(call).month);
}

static const struct value *fn_day(struct call *call)
{
	return call_give_int(call, civil_self(call).day);
}

static const struct value *fn_hour(struct call *call)
{
	return call_give_int(call, civil_self(call).hour);
}

static const struct value *fn_minute(struct call *call)
{
	return call_give_int(call, civil_self(call).minute);
}

static const struct value *fn_second(struct call *call)
{
	return call_give_int(call, civil_self(call).second);
}

static const struct value *fn_nanosecond(struct call *call)
{
	return call_give_int(call, self(call)->nanoseconds);
}

static const struct value *fn_weekday(struct call *call)
{
	return give_number(call, &weekday_class, civil_self(call).weekday);
}

static const struct value *fn_year_day(struct call *call)
{
	return call_give_int(call, civil_self(call).year_day);
}

static const struct value *fn_unix(struct call *call)
{
	return call_give_int64(call, self(call)->seconds);
}

static const struct value *give_unix(struct call *call, int64_t scale)
{
	uint64_t parts = (uint64_t)self(call)->seconds * (uint64_t)scale;
	int64_t rest = self(call)->nanoseconds / (DURATION_SECOND / scale);

	return call_give_int64(call, (int64_t)(parts + (uint64_t)rest));
}

static const struct value *fn_unix_milli(struct call *call)
{
	return give_unix(call, 1000);
}

static const struct value *fn_unix_micro(struct call *call)
{
	return give_unix(call, 1000000);
}

static const struct value *fn_unix_nano(struct call *call)
{
	return give_unix(call, DURATION_SECOND);
}

static const struct value *in_zone(struct call *call, const char *name)
{
	struct moment moment = *self(call);

	moment.zone = zone_load(call->arena, name);
	return call_give_time(call, &moment);
}

static const struct value *fn_utc(struct call *call)
{
	return in_zone(call, "UTC");
}

static const struct value *fn_local(struct call *call)
{
	return in_zone(call, "Local");
}

/* The clock stays; what is too much for a month or a year carries over. */
static const struct value *fn_add_date(struct call *call)
{
	struct moment moment = *self(call);
	struct civil civil = civil_self(call);
	int64_t days = civil_days(civil.year + call_int(call, 0),
				  civil.month + call_int(call, 1),
				  civil.day + call_int(call, 2));
	int64_t wall = days * 86400 + civil.hour * 3600 + civil.minute * 60 +
		       civil.second;

	moment.seconds = zone_from_wall(call->arena, moment.zone, wall);
	return call_give_time(call, &moment);
}

/* The argument; the executor knows that it is a time. */
static const struct moment *other(struct call *call)
{
	return value_moment(call_arg(call, 0));
}

static const struct value *fn_add(struct call *call)
{
	struct moment moment = moment_add(self(call), duration_argument(call));

	return call_give_time(call, &moment);
}

static const struct value *fn_sub(struct call *call)
{
	return give_duration(call, moment_since(self(call), other(call)));
}

static const struct value *fn_before(struct call *call)
{
	return call_give_bool(call,
			      moment_compare(self(call), other(call)) < 0);
}

static const struct value *fn_after(struct call *call)
{
	return call_give_bool(call,
			      moment_compare(self(call), other(call)) > 0);
}

static const struct value *fn_equal(struct call *call)
{
	return call_give_bool(call,
			      moment_compare(self(call), other(call)) == 0);
}

static const struct value *fn_compare(struct call *call)
{
	return call_give_int(call, moment_compare(self(call), other(call)));
}

static const struct value *fn_is_zero(struct call *call)
{
	struct moment zero = moment_zero(call->arena);

	return call_give_bool(call, moment_compare(self(call), &zero) == 0);
}

static const struct value *fn_go_string(struct call *call)
{
	struct str out;

	call_str(call, &out);
	time_go_string(&out, call->receiver);
	return call_give_str(call, &out);
}

static const struct value *give_bytes(struct call *call, struct text text)
{
	struct value *bytes = value_new_text(call->arena, &call->origin, &text);

	bytes->kind = VALUE_BYTES;
	bytes->segments = NULL;
	return bytes;
}

static const struct value *fn_marshal_json(struct call *call)
{
	const char *error = NULL, *why;
	struct str out;

	str_init(&out, call->arena);
	if (!time_json(&out, call->receiver, &error)) {
		why = strstr(error, "Time.");
		return call_fail(call, "%s", why ? why : error);
	}
	return give_bytes(call, str_finish(&out));
}

static const struct func time_methods[] = {
	{ .name = "Add", .takes = { ARG_DURATION }, .run = fn_add },
	{ .name = "AddDate",
	  .takes = { ARG_INT, ARG_INT, ARG_INT },
	  .run = fn_add_date },
	{ .name = "After", .takes = { ARG_TIME }, .run = fn_after },
	{ .name = "Before", .takes = { ARG_TIME }, .run = fn_before },
	{ .name = "Compare", .takes = { ARG_TIME }, .run = fn_compare },
	{ .name = "Day", .run = fn_day },
	{ .name = "Equal", .takes = { ARG_TIME }, .run = fn_equal },
	{ .name = "Format", .takes = { ARG_STRING }, .run = fn_format },
	{ .name = "GoString", .run = fn_go_string },
	{ .name = "Hour", .run = fn_hour },
	{ .name = "IsZero", .run = fn_is_zero },
	{ .name = "Local", .run = fn_local },
	{ .name = "MarshalJSON", .run = fn_marshal_json },
	{ .name = "Minute", .run = fn_minute },
	{ .name = "Month", .run = fn_month },
	{ .name = "Nanosecond", .run = fn_nanosecond },
	{ .name = "Second", .run = fn_second },
	{ .name = "String", .run = fn_string },
	{ .name = "Sub", .takes = { ARG_TIME }, .run = fn_sub },
	{ .name = "UTC", .run = fn_utc },
	{ .name = "Unix", .run = fn_unix },
	{ .name = "UnixMicro", .run = fn_unix_micro },
	{ .name = "UnixMilli", .run = fn_unix_milli },
	{ .name = "UnixNano", .run = fn_unix_nano },
	{ .name = "Weekday", .run = fn_weekday },
	{ .name = "Year", .run = fn_year },
	{ .name = "YearDay", .run = fn_year_day },
	{ .name = NULL }
};

static const struct object_class time_class = {
	.model = { .go_type = "time.Time",
		   .json = time_json,
		   .print = time_print,
		   .timestamp = true },
	.kind = "struct",
	.methods = time_methods,
	.parts = time_parts,
	.stringer = true,
	.go_string = time_go_string,
};
