#include "compiler/report_read.h"

#include <string.h>

#include "base/arena.h"
#include "compiler/report.h"
#include "model/value.h"

/* NULL: it is null, or not there. */
static const char *text_at(const struct value *map, const char *key)
{
	return value_string(value_get(map, key));
}

static const char *text_or(const struct value *map, const char *key)
{
	return value_string_or(value_get(map, key), "");
}

static size_t number_at(const struct value *map, const char *key)
{
	const struct value *value = value_get(map, key);

	return value && value->kind == VALUE_INT && value->integer > 0
		       ? (size_t)value->integer
		       : 0;
}

static enum diag_severity severity_of(const struct value *row)
{
	const char *name = text_or(row, "severity");

	if (strcmp(name, "error") == 0)
		return DIAG_ERROR;
	return strcmp(name, "warning") == 0 ? DIAG_WARNING : DIAG_INFO;
}

static struct finding_place place_of(const struct value *row)
{
	const struct finding_place place = {
		.file = text_or(row, "file"),
		.line = (uint32_t)number_at(row, "line"),
		.column = (uint32_t)number_at(row, "column"),
		.end_line = (uint32_t)number_at(row, "endLine"),
		.end_column = (uint32_t)number_at(row, "endColumn"),
		.chars = { (uint32_t)number_at(row, "column"),
			   (uint32_t)number_at(row, "endColumn") },
		.role = text_at(row, "role"),
		.name = text_at(row, "object"),
	};

	return place;
}

static void read_places(struct arena *arena, struct finding *finding,
			const struct value *row)
{
	struct finding_places *places = arena_zalloc(arena, sizeof(*places));
	struct finding_notes *notes = arena_zalloc(arena, sizeof(*notes));
	const struct value *item;

	list_foreach (item, value_get(row, "locations"))
		vec_push(arena, places, place_of(item));
	list_foreach (item, value_get(row, "notes")) {
		const struct value *place = value_get(item, "location");
		struct finding_note note = {
			.text = text_or(item, "text"),
			.has_place = value_is_map(place),
		};

		if (note.has_place)
			note.place = place_of(place);
		vec_push(arena, notes, note);
	}
	finding->places = places;
	finding->notes = notes;
}

/* The lists do not say which target was in which environment. */
static void read_where(struct arena *arena, struct finding *finding,
		       const struct value *row)
{
	const struct value *targets = value_get(row, "targets");
	const struct value *environments = value_get(row, "environments");
	size_t i, count = value_count(targets), most = count;

	finding->where = arena_zalloc(arena, sizeof(*finding->where));

	if (value_count(environments) > most)
		most = value_count(environments);
	for (i = 0; i < most; i++) {
		size_t last = value_count(environments);
		struct finding_where where = { "", "" };

		if (count)
			where.target = value_string_or(
				value_item(targets, i < count ? i : count - 1),
				"");
		if (last)
			where.environment = value_string_or(
				value_item(environments,
					   i < last ? i : last - 1),
				"");
		vec_push(arena, finding->where, where);
	}
}

static struct finding *read_finding(struct arena *arena,
				    const struct value *row)
{
	struct finding *finding = arena_zalloc(arena, sizeof(*finding));
	const struct value *object = value_get(row, "object");
	const struct value *ignored = value_get(row, "ignored");
	struct diag *diag = arena_zalloc(arena, sizeof(*diag));
	struct diag_object *about = arena_alloc(arena, sizeof(*about));

	diag->severity = severity_of(row);
	diag->rule = text_at(row, "rule");
	diag->code = text_at(row, "code");
	diag->help = text_at(row, "help");
	diag->path = text_or(row, "path");
	about->api_version = text_or(object, "apiVersion");
	about->kind = text_or(object, "kind");
	about->name_space = text_or(object, "namespace");
	about->name = text_or(object, "name");
	diag->object = about;
	if (value_is_map(ignored)) {
		diag->ignored_by = text_or(ignored, "by");
		diag->ignored_reason = text_at(ignored, "reason");
	}
	finding->diag = diag;
	finding->message = text_or(row, "message");
	finding->fingerprint = text_or(row, "fingerprint");
	finding->count = (uint32_t)number_at(row, "count");
	read_places(arena, finding, row);
	read_where(arena, finding, row);
	return finding;
}

void report_read_finding(struct report *report, const struct value *row)
{
	struct finding *finding = read_finding(report->arena, row);

	if (!finding->diag->rule) {
		vec_push(report->arena, &report->errors, finding);
		return;
	}
	vec_push(report->arena, &report->findings, finding);
	if (finding->diag->ignored_by)
		report->ignored++;
	else
		report->counts[finding->diag->severity]++;
}

void report_read_unchecked(struct report *report, const struct value *row)
{
	size_t count = number_at(row, "count");

	for (; count; count--)
		report_unchecked(report, text_or(row, "apiVersion"),
				 text_or(row, "kind"));
}

void report_read_skipped(struct report *report, const struct value *map)
{
#define SKIP(field, json, human) report->skipped.field = number_at(map, json);
	REPORT_SKIPS(SKIP)
#undef SKIP
	report->skipped.files = number_at(map, "files");
}
