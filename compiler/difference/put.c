/*
 * What the formats of differences share.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/origin.h"
#include "compiler/difference.h"
#include "compiler/report.h"
#include "model/json.h"
#include "model/object.h"
#include "model/value.h"

/* A string that YAML would read as that string, in one piece, stays bare. */
static bool is_bare(const char *text)
{
	const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX"
			    "YZ0123456789._-/:@+=";
	static const char *const words[] = { "true", "false", "null", "yes",
					     "no",   "on",    "off" };
	size_t i;

	if (!*text || text[strspn(text, plain)] ||
	    !text[strspn(text, "0123456789.+-:eE")])
		return false;
	for (i = 0; i < ARRAY_COUNT(words); i++)
		if (strcmp(text, words[i]) == 0)
			return false;
	return true;
}

/* Not in the middle of a character. */
static size_t cut_at(const char *text, size_t len)
{
	while (len && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

void difference_put_value(struct str *out, const struct value *value,
			  bool secret, size_t most)
{
	const struct json_options options = { .raw = true, .keep_order = true };
	const char *error;
	struct str text;

	if (secret) {
		str_puts(out, "***");
		return;
	}
	str_init(&text, out->arena);
	value = difference_hidden(out->arena, NULL, value, false);
	if (value_is_string(value) && is_bare(value_string(value)))
		str_puts(&text, value_string(value));
	else if (!json_write(&text, value, &options, NULL, &error))
		str_puts(&text, "?");
	if (text.len <= most) {
		str_put(out, text.text, text.len);
		return;
	}
	str_put(out, text.text, cut_at(text.text, most > 3 ? most - 3 : 0));
	str_puts(out, "...");
}

static void put_object(struct str *out, const struct object_change *change)
{
	const struct object *object = change->new ? change->new : change->old;

	str_printf(out, "%s/%s", object->kind, object->name);
}

void difference_put_objects(struct str *out, const struct object_change *change)
{
	size_t i;

	put_object(out, change);
	for (i = 0; i < change->alike.count; i++) {
		str_puts(out, ", ");
		put_object(out, change->alike.items[i]);
	}
}

static void put_place(struct str *out, const struct finding_where *where)
{
	str_puts(out, where->target);
	if (*where->environment)
		str_printf(out, "%s%s", *where->target ? "@" : "",
			   where->environment);
}

void difference_put_where(struct str *out, const struct change_places *where)
{
	size_t i;

	for (i = 0; i < where->count; i++) {
		str_puts(out, i ? ", " : "");
		put_place(out, &where->items[i]);
	}
}

bool difference_put_only(struct str *out, const struct object_change *change,
			 const struct field_change *field)
{
	size_t i;

	if (field->where.count >= change->where.count)
		return false;
	for (i = 0; i < field->where.count; i++) {
		const struct finding_where *where = &field->where.items[i];

		str_puts(out, i ? ", " : "");
		str_puts(out, *where->environment ? where->environment
						  : where->target);
	}
	return true;
}

bool difference_put_place(struct str *out, const struct field_change *field)
{
	const struct value *value = field->new ? field->new : field->old;
	struct line_column at;
	struct place place;

	if (!value || !origin_source(&value->origin) ||
	    !origin_first(&value->origin, &place))
		return false;
	at = source_position(place.source, place.begin);
	str_printf(out, "%s:%u:%u", place.source->name, at.line, at.column);
	return true;
}

void difference_put_summary(struct str *out,
			    const struct difference *difference)
{
	static const char *const verbs[] = { "added", "removed", "changed" };
	static const char *const across[] = { "only in the second",
					      "only in the first",
					      "different" };
	const char *between = "";
	size_t i;

	for (i = 0; i < ARRAY_COUNT(verbs); i++) {
		if (!difference->counts[i])
			continue;
		str_puts(out, between);
		if (*between)
			str_printf(out, "%zu", difference->counts[i]);
		else
			report_put_count(out, difference->counts[i], "object");
		str_printf(out, " %s",
			   difference->across ? across[i] : verbs[i]);
		between = ", ";
	}
	if (!*between) {
		str_puts(out, "no difference in ");
		report_put_count(out, difference->pairs, "bundle");
		return;
	}
	if (difference->breaches) {
		str_puts(out, "; ");
		report_put_count(out, difference->breaches, "broken rule");
	}
	for (i = 0, between = "; look twice: "; i < RISK_COUNT; i++) {
		if (!difference->risks[i])
			continue;
		str_printf(out, "%s%zu %s", between, difference->risks[i],
			   change_risk_name((enum change_risk)i));
		between = ", ";
	}
}
