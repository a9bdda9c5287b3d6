#include "model/json.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/number.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/value.h"
#include "model/yaml_emit.h"

/* A template can put a map into itself. */
enum {
	DEPTH_MAX = 2500
};

struct writer {
	struct str *out;
	const struct json_options *options;
	const struct mark_context *marks;
	const char *error;
	size_t depth;
};

static bool write_value(struct writer *writer, const struct value *value);

static bool fail(struct writer *writer, const char *error)
{
	writer->error = error;
	return false;
}

static void put_unicode(struct str *out, uint32_t rune)
{
	static const char digits[] = "0123456789abcdef";

	str_puts(out, "\\u");
	for (int shift = 12; shift >= 0; shift -= 4)
		str_putc(out, digits[rune >> shift & 15]);
}

static void put_control(struct str *out, char byte)
{
	static const char names[] = "\bb\ff\nn\rr\tt";

	for (size_t i = 0; i < sizeof(names) - 1; i += 2)
		if (names[i] == byte) {
			str_putc(out, '\\');
			str_putc(out, names[i + 1]);
			return;
		}
	put_unicode(out, (unsigned char)byte);
}

/* What encoding/json copies as it is. */
static bool is_plain(char byte, bool raw)
{
	unsigned char code = (unsigned char)byte;

	if (code < 0x20 || code >= 0x80 || code == '"' || code == '\\')
		return false;
	return raw || (code != '<' && code != '>' && code != '&');
}

void json_write_string(struct str *out, const char *text, size_t len, bool raw)
{
	size_t at = 0;

	str_putc(out, '"');
	while (at < len) {
		size_t size = 0;
		uint32_t rune;

		while (at + size < len && is_plain(text[at + size], raw))
			size++;
		str_put(out, text + at, size);
		at += size;
		if (at == len)
			break;
		rune = utf8_decode(text + at, len - at, &size);
		if (rune == UTF8_REPLACEMENT && size == 1)
			put_unicode(out, rune);
		else if (rune == 0x2028 || rune == 0x2029 || rune == '<' ||
			 rune == '>' || rune == '&')
			put_unicode(out, rune);
		else if (rune >= 0x80)
			str_put(out, text + at, size);
		else if (rune < 0x20)
			put_control(out, text[at]);
		else {
			str_putc(out, '\\');
			str_putc(out, text[at]);
		}
		at += size;
	}
	str_putc(out, '"');
}

static void mark(const struct writer *writer, const struct origin *origin)
{
	if (writer->marks)
		str_mark(writer->out, writer->marks->frame, writer->marks->call,
			 origin);
}

static void put_line(struct writer *writer)
{
	if (!writer->options->indent)
		return;
	str_putc(writer->out, '\n');
	for (size_t i = 0; i < writer->depth; i++)
		str_puts(writer->out, writer->options->indent);
}

static bool write_float(struct writer *writer, double real)
{
	char buf[NUMBER_ROOM];

	if (isnan(real))
		return fail(writer, "json: unsupported value: NaN");
	if (isinf(real))
		return fail(writer, real > 0 ? "json: unsupported value: +Inf"
					     : "json: unsupported value: -Inf");
	str_put(writer->out, buf, number_format_json(buf, real));
	return true;
}

static void write_bytes(struct writer *writer, const struct value *value)
{
	str_putc(writer->out, '"');
	base64_encode(writer->out, value->string, value->len);
	str_putc(writer->out, '"');
}

/* An engine writes compact text; laid out, it has to be read once more. */
static bool write_opaque(struct writer *writer, const struct value *value)
{
	const struct value_class *class = value->class;
	struct json_problem problem;
	struct json_options options = *writer->options;
	const struct value *plain;
	const struct source *source;
	struct str text;

	if (!class || !class->json)
		return fail(writer,
			    arena_join(writer->out->arena,
				       "json: unsupported type: ",
				       class ? class->go_type : "func()"));
	if (!writer->options->indent)
		return class->json(writer->out, value, &writer->error);
	str_init(&text, writer->out->arena);
	if (!class->json(&text, value, &writer->error))
		return false;
	source = source_new(text.arena, class->go_type, SOURCE_RENDERED,
			    str_text(&text), text.len);
	plain = json_read(text.arena, source, 0, source->len, true, &problem);
	if (!plain)
		return fail(writer, problem.text);
	options.keep_order = true;
	writer->options = &options;
	return write_value(writer, plain);
}

static bool write_list(struct writer *writer, const struct value *list)
{
	const struct value *item;

	str_putc(writer->out, '[');
	writer->depth++;
	list_foreach (item, list) {
		if (item_at)
			str_putc(writer->out, ',');
		put_line(writer);
		if (!write_value(writer, item))
			return false;
	}
	writer->depth--;
	put_line(writer);
	str_putc(writer->out, ']');
	return true;
}

static bool write_map(struct writer *writer, const struct value *map)
{
	size_t count = value_count(map);
	struct value_entry **sorted =
		writer->options->keep_order
			? NULL
			: value_sorted(writer->out->arena, map);

	str_putc(writer->out, '{');
	writer->depth++;
	for (size_t i = 0; i < count; i++) {
		const struct value_entry *entry =
			sorted ? sorted[i] : value_entry_at(map, i);

		if (i)
			str_putc(writer->out, ',');
		put_line(writer);
		mark(writer, &entry->origin);
		json_write_string(writer->out, entry->key, entry->len,
				  writer->options->raw);
		str_puts(writer->out, writer->options->indent ? ": " : ":");
		if (!write_value(writer, entry->value))
			return false;
	}
	writer->depth--;
	put_line(writer);
	str_putc(writer->out, '}');
	return true;
}

static bool write_collection(struct writer *writer, const struct value *value)
{
	const struct json_options *options = writer->options;
	bool list = value->kind == VALUE_LIST;
	bool fine;

	if (!value_count(value)) {
		mark(writer, &value->origin);
		str_puts(writer->out, value->flags & VALUE_FLAG_NIL ? "null"
				      : list                        ? "[]"
								    : "{}");
		return true;
	}
	if (writer->depth >= DEPTH_MAX)
		return fail(writer, list ? "json: unsupported value: "
					   "encountered a cycle via "
					   "[]interface {}"
					 : "json: unsupported value: "
					   "encountered a cycle via "
					   "map[string]interface {}");
	fine = list ? write_list(writer, value) : write_map(writer, value);
	writer->options = options;
	return fine;
}

static bool write_value(struct writer *writer, const struct value *value)
{
	char buf[NUMBER_ROOM];
	struct str *out = writer->out;

	if (value->kind == VALUE_LIST || value->kind == VALUE_MAP)
		return write_collection(writer, value);
	mark(writer, &value->origin);
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		str_puts(out, "null");
		return true;
	case VALUE_BOOL:
		str_puts(out, value->boolean ? "true" : "false");
		return true;
	case VALUE_INT:
		str_put(out, buf, number_format_int(buf, value->integer));
		return true;
	case VALUE_UINT:
		str_put(out, buf, number_format_uint(buf, value->natural));
		return true;
	case VALUE_FLOAT:
		return write_float(writer, value->real);
	case VALUE_STRING:
		json_write_string(out, value->string, value->len,
				  writer->options->raw);
		return true;
	case VALUE_BYTES:
		write_bytes(writer, value);
		return true;
	case VALUE_OPAQUE:
		return write_opaque(writer, value);
	case VALUE_LIST:
	case VALUE_MAP:
		break;
	}
	BUG("collections were written above");
}

bool json_write(struct str *out, const struct value *value,
		const struct json_options *options,
		const struct mark_context *marks, const char **error)
{
	static const struct json_options compact = { .indent = NULL };
	static const struct value null = { .kind = VALUE_NULL };
	struct writer writer = { .out = out,
				 .options = options ? options : &compact,
				 .marks = marks };

	if (write_value(&writer, value ? value : &null))
		return true;
	*error = writer.error;
	return false;
}

const char *json_type_name(const struct value *value)
{
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		return "null";
	case VALUE_BOOL:
		return "bool";
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
		return "number";
	case VALUE_LIST:
		return "array";
	case VALUE_MAP:
		return "object";
	case VALUE_STRING:
	case VALUE_BYTES:
	case VALUE_OPAQUE:
		break;
	}
	return "string";
}
