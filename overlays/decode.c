#include "overlays/decode.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/edit_distance.h"
#include "base/number.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "overlays/node.h"
#include "overlays/run.h"

struct decoder {
	struct overlay_run *run;
	bool strict;
	bool converts;
	const struct decode_struct *inner; /* named in type errors */
	const char *path;                  /* fields down to here */
};

static struct value *decode_map(struct decoder *decoder,
				const struct decode_struct *shape,
				const struct value *value);

static bool mismatch(const struct decoder *decoder, const struct value *value,
		     const char *type, const char *wants)
{
	struct overlay_run *run = decoder->run;
	const char *native, *given = json_type_name(value);

	/* A number that is none of this kind is shown. */
	if (value->kind == VALUE_FLOAT && strncmp(type, "int", 3) == 0) {
		struct value made = *value;

		made.text = NULL;
		given = overlay_text(run, "%s %s", given,
				     node_text(run->arena, &made));
	}
	if (decoder->inner)
		native = overlay_text(run,
				      "json: cannot unmarshal %s into Go "
				      "struct field %s.%s of type %s",
				      given, decoder->inner->name,
				      decoder->path, type);
	else
		native = overlay_text(run,
				      "json: cannot unmarshal %s into Go "
				      "value of type %s",
				      given, type);
	return overlay_fail(
		run, &value->origin, native, "%s is a %s; a %s is needed",
		*decoder->path ? decoder->path : "the document",
		value_kind_name((enum value_kind)value->kind), wants);
}

static const struct decode_field *field_of(const struct overlay_run *run,
					   const struct decode_struct *shape,
					   const char *key)
{
	enum overlay_compat compat = run->options->compat;
	const struct decode_field *field;
	size_t i;

	for (field = shape->fields; field->name; field++) {
		for (i = 0; key[i] && field->name[i]; i++) {
			unsigned char a = (unsigned char)key[i];
			unsigned char b = (unsigned char)field->name[i];

			if ((a | 0x20) != (b | 0x20) ||
			    (a != b && ((a | 0x20) < 'a' || (a | 0x20) > 'z')))
				break;
		}
		if (!key[i] && !field->name[i] &&
		    (!field->absent || compat < field->absent))
			return field;
	}
	return NULL;
}

static const char *next_field(void *context)
{
	const struct decode_field **field = context;

	return (*field)->name ? (*field)++->name : NULL;
}

static bool unknown(const struct decoder *decoder,
		    const struct decode_struct *shape,
		    const struct value_entry *entry)
{
	struct overlay_run *run = decoder->run;
	const struct decode_field *fields = shape->fields;
	const char *near = edit_nearest(entry->key, next_field, &fields);

	(void)!overlay_fail(
		run, &entry->origin,
		overlay_text(run, "json: unknown field \"%s\"", entry->key),
		"there is no field %s here",
		diag_quote(run->arena, entry->key, entry->len));
	if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
	return false;
}

static struct value *decode_list(struct decoder *decoder,
				 const struct decode_struct *shape,
				 const struct value *value)
{
	struct value *list =
		value_new_list(decoder->run->arena, &value->origin);
	const struct value *item;

	list_foreach (item, value) {
		struct value *decoded;

		if (item->kind != VALUE_MAP && item->kind != VALUE_NULL) {
			(void)!mismatch(decoder, item, shape->type, "map");
			return NULL;
		}
		decoded = decode_map(decoder, shape, item);
		if (!decoded)
			return NULL;
		value_append(decoder->run->arena, list, decoded);
	}
	return list;
}

static bool is_whole(const struct value *value)
{
	return value->kind == VALUE_INT ||
	       (value->kind == VALUE_FLOAT &&
		value->real == (double)(int64_t)value->real);
}

static const char *go_type(struct decoder *decoder,
			   const struct decode_field *field)
{
	switch (field->type) {
	case DECODE_STRING:
		return field->called ? field->called : "string";
	case DECODE_BOOL:
		return "bool";
	case DECODE_INT:
		return field->called ? field->called : "int64";
	case DECODE_STRINGS:
		return overlay_text(decoder->run, "[]%s",
				    field->called ? field->called : "string");
	case DECODE_STRING_MAP:
		return "map[string]string";
	case DECODE_MAP:
		return "map[string]interface {}";
	case DECODE_STRUCT:
		return field->of->type;
	case DECODE_STRUCTS:
		if (field->called)
			return field->called;
		return overlay_text(decoder->run, "[]%s", field->of->type);
	case DECODE_END:
		break;
	}
	return "";
}

/* The words of our own message for what a field takes. */
static const char *plain_type(enum decode_type type)
{
	static const char *const names[] = {
		[DECODE_STRING] = "string",
		[DECODE_BOOL] = "boolean",
		[DECODE_INT] = "whole number",
		[DECODE_STRINGS] = "list of strings",
		[DECODE_STRING_MAP] = "map of strings",
		[DECODE_MAP] = "map",
		[DECODE_STRUCT] = "map",
		[DECODE_STRUCTS] = "list of maps",
	};

	return names[type];
}

/* The fewest digits that read back as the same float32. */
static const char *short_text(struct arena *arena, double real)
{
	char room[NUMBER_ROOM];
	const float wanted = (float)real;
	double read = 0.0;
	int digits;

	for (digits = 1; digits <= 9; digits++) {
		size_t len = number_format_float(room, wanted, 'e', digits - 1);

		if (number_parse_float(room, len, &read) != NUMBER_OK ||
		    (float)read == wanted)
			break;
	}
	(void)number_format_float(room, read, 'g', -1);
	return arena_strdup(arena, room);
}

static struct value *as_text(const struct decoder *decoder,
			     const struct value *value)
{
	struct arena *arena = decoder->run->arena;
	struct value made = *value;

	if (value->kind == VALUE_FLOAT)
		return value_new_cstring(arena, &value->origin,
					 short_text(arena, value->real));

	/* As Go prints it, not as it was written. */
	made.text = NULL;
	return value_new_cstring(arena, &value->origin,
				 node_text(arena, &made));
}

static bool makes_text(const struct value *value)
{
	return value_is_bool(value) || value_is_number(value);
}

/* A null is the empty text. */
static bool decode_text(struct decoder *decoder, const char *type,
			struct value **text)
{
	if (value_is_null(*text))
		*text = value_new_string(decoder->run->arena, &(*text)->origin,
					 "", 0);
	else if (decoder->converts && makes_text(*text))
		*text = as_text(decoder, *text);
	return value_is_string(*text) ||
	       mismatch(decoder, *text, type, "string");
}

/* A list or a map of them. */
static struct value *decode_texts(struct decoder *decoder,
				  const struct decode_field *field,
				  const struct value *value)
{
	const char *type = field->called ? field->called : "string";
	struct value *texts = value_copy_deep(decoder->run->arena, value);
	struct value_entry *entry;
	struct value *item;

	list_foreach (item, texts)
		if (!decode_text(decoder, type, &texts->list->items[item_at]))
			return NULL;
	value_foreach (entry, texts)
		if (!decode_text(decoder, type, &entry->value))
			return NULL;
	return texts;
}

static struct value *decode_field(struct decoder *decoder,
				  const struct decode_field *field,
				  struct value *value)
{
	bool fits = false;

	switch (field->type) {
	case DECODE_STRING:
		if (decoder->converts && makes_text(value))
			return as_text(decoder, value);
		fits = value_is_string(value);
		break;
	case DECODE_BOOL:
		fits = value_is_bool(value);
		break;
	case DECODE_INT:
		fits = is_whole(value);
		break;
	case DECODE_STRINGS:
		if (value_is_list(value))
			return decode_texts(decoder, field, value);
		break;
	case DECODE_STRING_MAP:
		if (value_is_map(value))
			return decode_texts(decoder, field, value);
		break;
	case DECODE_MAP:
		fits = value_is_map(value);
		break;
	case DECODE_STRUCT:
		if (value_is_map(value))
			return decode_map(decoder, field->of, value);
		break;
	case DECODE_STRUCTS:
		if (value_is_list(value))
			return decode_list(decoder, field->of, value);
		break;
	case DECODE_END:
		break;
	}
	if (fits)
		return value;
	(void)!mismatch(decoder, value, go_type(decoder, field),
			plain_type(field->type));
	return NULL;
}

static const char *path_of(const struct decoder *decoder,
			   const struct decode_field *field)
{
	const char *name = field->name;

	if (field->within)
		name = overlay_text(decoder->run, "%s.%s", field->within, name);
	if (*decoder->path)
		name = overlay_text(decoder->run, "%s.%s", decoder->path, name);
	return name;
}

static struct value *decode_map(struct decoder *decoder,
				const struct decode_struct *shape,
				const struct value *value)
{
	struct arena *arena = decoder->run->arena;
	struct value *map = value_new_map(arena, &value->origin);
	struct value_entry **sorted = value_sorted(arena, value);
	const struct decoder outer = *decoder;
	size_t count = value_count(value), i;

	decoder->inner = shape;
	for (i = 0; i < count; i++) {
		const struct decode_field *field =
			field_of(decoder->run, shape, sorted[i]->key);
		struct value *decoded;

		if (!field) {
			if (!decoder->strict)
				continue;
			(void)!unknown(decoder, shape, sorted[i]);
			return NULL;
		}
		if (sorted[i]->value->kind == VALUE_NULL)
			continue;
		decoder->path = path_of(&outer, field);
		decoder->converts = outer.converts && !field->within;
		decoder->inner = shape;
		decoded = decode_field(decoder, field, sorted[i]->value);
		if (!decoded)
			return NULL;
		value_setn(arena, map, field->name, strlen(field->name),
			   &sorted[i]->origin, decoded);
	}
	*decoder = outer;
	return map;
}

struct value *decode_struct(struct overlay_run *run,
			    const struct decode_struct *shape,
			    const struct value *value, enum decode_mode mode)
{
	struct decoder decoder = { run, mode != DECODE_LOOSE,
				   mode != DECODE_KUSTOMIZATION, NULL, "" };

	if (value->kind != VALUE_MAP && value->kind != VALUE_NULL) {
		(void)!mismatch(&decoder, value, shape->type, "map");
		return NULL;
	}
	return decode_map(&decoder, shape, value);
}
