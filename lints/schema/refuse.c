#include "lints/schema/refuse.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/value.h"

static const struct {
	const char *definition;
	schema_check *check;
} checks[] = {
#define REFUSE(definition, check) { definition, check },
#include "lints/schema/refuse.def"
#undef REFUSE
};

void schema_refusals(struct schema_walk *walk, const struct schema_at *at)
{
	const char *name = schema_name(at->def->name);
	size_t low = 0, high = ARRAY_COUNT(checks);

	if (!schema_yields(walk, LINT_RULE_api_rejected))
		return;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, checks[middle].definition);

		if (!order) {
			checks[middle].check(walk, at);
			return;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
}

struct schema_at schema_child(struct schema_walk *walk,
			      const struct schema_at *at, const char *field)
{
	struct schema_at child = {
		.up = at,
		.entry = value_entry(at->value, field, strlen(field)),
		.depth = at->depth + 1,
	};
	struct value_entry *absent;

	if (child.entry && !value_is_null(child.entry->value)) {
		child.value = child.entry->value;
		return child;
	}
	absent = arena_zalloc(walk->run->arena, sizeof(*absent));
	absent->key = field;
	child.entry = absent;
	child.part = SCHEMA_PART_ABSENT;
	return child;
}

struct schema_at schema_item(const struct schema_at *at, size_t index)
{
	struct schema_at item = {
		.up = at,
		.value = value_item(at->value, index),
		.index = index,
		.depth = at->depth + 1,
	};

	return item;
}

bool schema_has(const struct schema_at *at, const char *field)
{
	return !value_is_null(value_get(at->value, field));
}

const char *schema_text(const struct schema_at *at, const char *field)
{
	return value_string_or(value_get(at->value, field), "");
}

int64_t schema_int(const struct schema_at *at, const char *field,
		   int64_t otherwise)
{
	int64_t number;

	return value_as_int(value_get(at->value, field), &number) ? number
								  : otherwise;
}

bool schema_since(const struct schema_walk *walk, unsigned minor)
{
	return walk->run->kubernetes.newest >= minor;
}

bool schema_is_open(const char *text)
{
	return strstr(text, "${") || strstr(text, "$(");
}

/*
 * What is absent below something absent is reported at what there is.  Of a
 * custom resource the server knows the fields only: what is not there an
 * operator may fill in, and what is there is refused when he passes it on.
 */
static void put(struct schema_walk *walk, struct schema_at at,
		const char *reason)
{
	const char *path = schema_path(walk, &at);
	bool soft = walk->soft;

	if (walk->custom && at.part == SCHEMA_PART_ABSENT)
		return;
	while (at.part == SCHEMA_PART_ABSENT && at.up && !at.up->value)
		at = *at.up;
	if (at.part == SCHEMA_PART_ABSENT)
		at.value = at.up->value;
	walk->soft = soft || walk->custom;
	schema_report(walk, LINT_RULE_api_rejected, &at, "%s%s%s", path,
		      *path ? ": " : "", reason);
	walk->soft = soft;
}

void schema_refuse(struct schema_walk *walk, const struct schema_at *at,
		   const char *format, ...)
{
	va_list args;
	const char *reason;

	va_start(args, format);
	reason = arena_vprintf(walk->run->arena, format, args);
	va_end(args);
	put(walk, *at, reason);
}

void schema_refuse_field(struct schema_walk *walk, const struct schema_at *at,
			 const char *field, const char *format, ...)
{
	va_list args;
	const char *reason;

	va_start(args, format);
	reason = arena_vprintf(walk->run->arena, format, args);
	va_end(args);
	put(walk, schema_child(walk, at, field), reason);
}

void schema_refuse_empty(struct schema_walk *walk, const struct schema_at *at,
			 const char *field)
{
	const struct value *value = value_get(at->value, field);

	if (value_is_null(value) || value_equals_string(value, ""))
		schema_refuse_field(walk, at, field, "is required");
}

void schema_refuse_name(struct schema_walk *walk, const struct schema_at *at,
			const char *field, enum lint_name_syntax syntax)
{
	const char *text = schema_text(at, field);
	const char *reason;

	if (!*text || schema_is_open(text))
		return;
	reason = lint_name_refused(walk->run->arena, syntax, text);
	if (reason)
		schema_refuse_field(walk, at, field, "'%s': %s", text, reason);
}

void schema_refuse_range(struct schema_walk *walk, const struct schema_at *at,
			 const char *field, int64_t least, int64_t most)
{
	int64_t number;

	if (!value_as_int(value_get(at->value, field), &number))
		return;
	if (number < least)
		schema_refuse_field(walk, at, field, "%lld is less than %lld",
				    (long long)number, (long long)least);
	else if (number > most)
		schema_refuse_field(walk, at, field, "%lld is more than %lld",
				    (long long)number, (long long)most);
}

size_t schema_refuse_union(struct schema_walk *walk, const struct schema_at *at,
			   const char *const *fields, enum schema_union how,
			   const char *noun)
{
	const char *const *field;
	struct str all;
	size_t count = 0;

	str_init(&all, walk->run->arena);
	for (field = fields; *field; field++) {
		str_printf(&all, "%s%s", field > fields ? ", " : "", *field);
		if (schema_has(at, *field) && ++count == 2)
			schema_refuse_field(walk, at, *field,
					    "may not specify more than one %s",
					    noun);
	}
	if (!count && how == SCHEMA_EXACTLY_ONE && !walk->custom)
		schema_refuse(walk, at, "must specify one of: %s",
			      str_text(&all));
	return count;
}

void schema_refuse_there(struct schema_walk *walk, const struct schema_at *at,
			 const char *const *fields, const char *reason)
{
	for (; *fields; fields++)
		if (schema_has(at, *fields))
			schema_refuse_field(walk, at, *fields,
					    "may not be set %s", reason);
}

/* ".." as a whole part, as the server splits at slashes. */
static bool goes_up(const char *path)
{
	while (*path) {
		size_t len = strcspn(path, "/");

		if (len == 2 && memcmp(path, "..", 2) == 0)
			return true;
		path += len + (path[len] == '/');
	}
	return false;
}

void schema_refuse_path(struct schema_walk *walk, const struct schema_at *at,
			const char *field)
{
	const char *path = schema_text(at, field);

	if (*path == '/')
		schema_refuse_field(walk, at, field, "must be a relative path");
	else if (goes_up(path))
		schema_refuse_field(walk, at, field, "must not contain '..'");
}
