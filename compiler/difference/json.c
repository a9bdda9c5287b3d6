/*
 * json: every change, with a version.
 */
#include <string.h>

#include "base/arena.h"
#include "compiler/difference.h"
#include "model/json.h"
#include "model/object.h"

static const char *const kinds[] = { "added", "removed", "changed" };

static void put_text(struct str *out, const char *name, const char *text)
{
	str_printf(out, "\"%s\": ", name);
	json_write_string(out, text, strlen(text), true);
}

static void put_value(struct str *out, const char *name,
		      const struct value *value, bool secret)
{
	const struct json_options options = { .raw = true, .keep_order = true };
	const char *error;
	struct str text;

	str_printf(out, ", \"%s\": ", name);
	str_init(&text, out->arena);
	value = difference_hidden(out->arena, NULL, value, false);
	if (secret && value)
		str_puts(out, "\"***\"");
	else if (value && json_write(&text, value, &options, NULL, &error))
		str_put(out, text.text, text.len);
	else
		str_puts(out, "null");
}

static void put_where(struct str *out, const struct change_places *where)
{
	size_t i;

	str_puts(out, ", \"where\": [");
	for (i = 0; i < where->count; i++) {
		str_puts(out, i ? ", {" : "{");
		put_text(out, "target", where->items[i].target);
		str_puts(out, ", ");
		put_text(out, "environment", where->items[i].environment);
		str_putc(out, '}');
	}
	str_putc(out, ']');
}

static void put_field(struct str *out, const struct field_change *field)
{
	struct str place;

	str_init(&place, out->arena);
	str_puts(out, "\n    {");
	put_text(out, "kind", kinds[field->kind]);
	str_puts(out, ", ");
	put_text(out, "path", field->path);
	put_value(out, "old", field->old, field->secret);
	put_value(out, "new", field->new, field->secret);
	str_puts(out, ", ");
	put_text(out, "risk", change_risk_name(field->risk));
	str_puts(out, ", ");
	put_text(out, "breach", field->breach ? field->breach : "");
	str_puts(out, ", ");
	put_text(out, "place",
		 difference_put_place(&place, field) ? str_text(&place) : "");
	put_where(out, &field->where);
	str_putc(out, '}');
}

static void put_change(struct str *out, const struct object_change *change)
{
	const struct object *object = change->new ? change->new : change->old;
	size_t i;

	str_puts(out, "\n  {");
	put_text(out, "kind", kinds[change->kind]);
	str_puts(out, ", \"object\": {");
	put_text(out, "apiVersion", object->api_version);
	str_puts(out, ", ");
	put_text(out, "kind", object->kind);
	str_puts(out, ", ");
	put_text(out, "namespace", object->name_space);
	str_puts(out, ", ");
	put_text(out, "name", object->name);
	str_puts(out, "}, ");
	put_text(out, "risk", change_risk_name(change->risk));
	str_puts(out, ", ");
	put_text(out, "breach", change->breach ? change->breach : "");
	put_where(out, &change->where);
	str_puts(out, ", \"fields\": [");
	for (i = 0; i < change->fields.count; i++) {
		str_puts(out, i ? "," : "");
		put_field(out, change->fields.items[i]);
	}
	str_puts(out, "]}");
}

static void write(struct str *out, const struct difference *difference,
		  const struct difference_style *style)
{
	size_t i;

	(void)style;
	str_puts(out, "{\"version\": 1, \"changes\": [");
	for (i = 0; i < difference->changes.count; i++) {
		str_puts(out, i ? "," : "");
		put_change(out, difference->changes.items[i]);
	}
	str_printf(out,
		   "],\n \"summary\": {\"added\": %zu, \"removed\": %zu, "
		   "\"changed\": %zu, \"breaches\": %zu}}\n",
		   difference->counts[CHANGE_ADDED],
		   difference->counts[CHANGE_REMOVED],
		   difference->counts[CHANGE_CHANGED], difference->breaches);
}

const struct difference_format difference_json = { "json", write };
