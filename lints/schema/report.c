/*
 * Reporting from the schema walk: it knows its path, so that nothing has to
 * be searched for in the object, however many findings there are.
 */
#include "lints/schema/walk.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "lints/run.h"
#include "lints/schema/quantity.h"
#include "model/secret.h"
#include "model/value.h"
#include "model/value_path.h"

static void put_path(struct str *out, const struct schema_at *at)
{
	const char *key;

	if (!at->up)
		return;
	put_path(out, at->up);
	if (!at->entry) {
		str_printf(out, "[%zu]", at->index);
		return;
	}
	key = value_path_key(out->arena, "", at->entry->key);
	if (out->len && *key != '[')
		str_putc(out, '.');
	str_puts(out, key);
}

const char *schema_path(const struct schema_walk *walk,
			const struct schema_at *at)
{
	struct str out;

	str_init(&out, walk->run->arena);
	put_path(&out, at);
	return str_text(&out);
}

static struct lint_spot spot_of(const struct schema_walk *walk,
				const struct schema_at *at)
{
	struct lint_spot spot = {
		.path = schema_path(walk, at),
		.origin = &at->value->origin,
		.soft = walk->soft,
	};

	if (at->part == SCHEMA_PART_ABSENT)
		at = at->up;
	spot.key = at->part != SCHEMA_PART_VALUE || value_is_map(at->value) ||
		   value_is_list(at->value);
	if (spot.key && at->entry)
		spot.origin = &at->entry->origin;
	return spot;
}

bool schema_report(struct schema_walk *walk, enum lint_rule_at rule,
		   const struct schema_at *at, const char *format, ...)
{
	struct lint_spot spot;
	va_list args;

	if (!lint_is_on(walk->run, rule))
		return false;
	spot = spot_of(walk, at);
	lint_run_rule(walk->run, rule);
	va_start(args, format);
	lint_vreport_spot(walk->run, &spot, format, args);
	va_end(args);
	return true;
}

bool schema_yields(const struct schema_walk *walk, enum lint_rule_at rule)
{
	return lint_is_on(walk->run, rule);
}

static bool is_in_secret(const struct schema_walk *walk,
			 const struct schema_at *at)
{
	while (at->up && at->up->up)
		at = at->up;
	return object_is(walk->object, "", "Secret") &&
	       (!at->entry || strcmp(at->entry->key, "data") == 0 ||
		strcmp(at->entry->key, "stringData") == 0);
}

/* By its place, by its flag, or by its key and what it looks like. */
bool schema_hides(const struct schema_walk *walk, const struct schema_at *at)
{
	const struct value *value = at->value;
	const char *text =
		value_is_string(value) ? value_string(value) : value->text;

	if (is_in_secret(walk, at) || value->flags & VALUE_FLAG_SECRET)
		return true;
	return at->entry && secret_key(at->entry->key, at->entry->len) &&
	       text && secret_word(text, strlen(text));
}

const char *schema_shown(const struct schema_walk *walk,
			 const struct schema_at *at)
{
	const struct value *value = at->value;

	enum {
		SHOWN = 40
	};
	struct arena *arena = walk->run->arena;
	const char *text = value_string(value);

	if (value_is_map(value))
		return "a map";
	if (value_is_list(value))
		return "a list";
	if (value_is_null(value))
		return "nothing";
	/* What a Secret holds is never shown. */
	if (schema_hides(walk, at))
		return text ? "a text"
			    : arena_join(arena, "a ",
					 value_kind_name(value->kind));
	if (!text) {
		text = quantity_text(arena, value);
		if (!text)
			text = value->text;
		return text ? text : value_kind_name(value->kind);
	}
	if (value->len > SHOWN)
		text = arena_printf(arena, "%.*s...", SHOWN - 3, text);
	return arena_printf(arena, "'%s'", text);
}
