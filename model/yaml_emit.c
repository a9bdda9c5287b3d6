#include "model/yaml_emit.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/number.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_key.h"
#include "model/yaml_order.h"
#include "model/yaml_scalar.h"
#include "model/yaml_text.h"
#include "model/yaml_time.h"

/*
 * Readers bound the depth of what they read, but a template can put a map
 * into itself.
 */
enum {
	DEPTH_MAX = 2500,
	INDENT = 2,
	SIMPLE_KEY_MAX = 128
};

/* libyaml's names for where a node stands. */
enum spot {
	SPOT_ROOT,
	SPOT_ITEM,  /* behind "- ", "? ", or ": " at a line's beginning */
	SPOT_VALUE, /* behind "key:" */
};

struct emitter {
	struct str *out;
	enum yaml_form form;
	const struct mark_context *marks;
	const char *error;
	size_t depth;
	bool line_ended;                /* by the last line of a literal */
	const struct value_map *fields; /* of a struct: not sorted */
};

static bool emit_node(struct emitter *emitter, const struct value *value,
		      int indent, enum spot spot);

static bool fail(struct emitter *emitter, const char *error)
{
	emitter->error = error;
	return false;
}

static void mark(const struct emitter *emitter, const struct origin *origin)
{
	if (emitter->marks)
		str_mark(emitter->out, emitter->marks->frame,
			 emitter->marks->call, origin);
}

static void put_line(struct emitter *emitter, int indent)
{
	if (!emitter->line_ended)
		str_putc(emitter->out, '\n');
	emitter->line_ended = false;
	str_fill(emitter->out, ' ', (size_t)indent);
}

static bool hops(const struct emitter *emitter)
{
	return emitter->form == YAML_FORM_HELM ||
	       emitter->form == YAML_FORM_KUSTOMIZE;
}

/* U+2028 and U+2029, which go-yaml prints in ways it does not read back. */
static bool holds_separator(const char *text, size_t len)
{
	const char *end = text + len;

	while ((text = memchr(text, '\xE2', (size_t)(end - text)))) {
		if (end - text >= 3 && text[1] == '\x80' &&
		    (text[2] == '\xA8' || text[2] == '\xA9'))
			return true;
		text++;
	}
	return false;
}

/* Begins with a letter, is no word of YAML's, and needs no quotes anywhere. */
static bool is_ordinary(const char *text, size_t len)
{
	unsigned char first = len ? (unsigned char)text[0] | 0x20 : 0;

	return first >= 'a' && first <= 'z' && yaml_text_is_simple(text, len) &&
	       !yaml_may_be_word(text, len);
}

static enum value_style wanted_style(const struct emitter *emitter,
				     const char *text, size_t len)
{
	struct value value;

	if (emitter->form == YAML_FORM_RAW && holds_separator(text, len))
		return VALUE_STYLE_DOUBLE;
	if (memchr(text, '\n', len))
		return VALUE_STYLE_LITERAL;
	if (!yaml_reads_as_string(text, len) || yaml_is_sexagesimal(text, len))
		return VALUE_STYLE_DOUBLE;
	if (emitter->form != YAML_FORM_RAW)
		return VALUE_STYLE_PLAIN;
	/* Ours is read by both programs: 0o-7 is a number to one of them. */
	yaml_resolve(YAML_KUSTOMIZE, text, len, &value);
	return value.kind == VALUE_STRING && value.tag != VALUE_TAG_MERGE
		       ? VALUE_STYLE_PLAIN
		       : VALUE_STYLE_DOUBLE;
}

static struct yaml_text text_at(const struct emitter *emitter, const char *text,
				size_t len, int indent)
{
	return (struct yaml_text){
		.at = text,
		.len = len,
		.indent = (size_t)(indent < 0 ? INDENT : indent + INDENT),
		.folds = hops(emitter),
		.v3 = emitter->form == YAML_FORM_PRETTY,
	};
}

static bool emit_string(struct emitter *emitter, const char *text, size_t len,
			int indent)
{
	struct yaml_text put;
	enum value_style style;
	bool multiline;

	if (is_ordinary(text, len)) {
		str_put(emitter->out, text, len);
		return true;
	}
	if (hops(emitter) &&
	    !yaml_text_hop(emitter->out->arena, &text, &len, &emitter->error))
		return false;
	put = text_at(emitter, text, len, indent);
	style = yaml_text_style(&put, wanted_style(emitter, text, len),
				&multiline);
	yaml_text_put(emitter->out, &put, style);
	emitter->line_ended = yaml_text_ends_line(&put, style);
	return true;
}

/*
 * A number passes through JSON: what has neither point nor exponent there is
 * read back as an integer if 64 bits hold it.
 */
static bool emit_float(struct emitter *emitter, double real)
{
	static const char *const errors[] = { "json: unsupported value: NaN",
					      "json: unsupported value: +Inf",
					      "json: unsupported value: -Inf" };
	char buf[NUMBER_ROOM];
	size_t len;

	if (!isfinite(real)) {
		if (hops(emitter))
			return fail(emitter, errors[isnan(real) ? 0
						    : real > 0  ? 1
								: 2]);
		str_puts(emitter->out, isnan(real) ? ".nan"
				       : real > 0  ? ".inf"
						   : "-.inf");
		return true;
	}
	if (emitter->form != YAML_FORM_PRETTY && real == floor(real) &&
	    real >= -9223372036854775808.0 && real < 18446744073709551616.0) {
		struct value value;

		/* Minus zero is 0; above 2^53 JSON's digits are the rounded. */
		len = number_format_json(buf, real == 0 ? 0.0 : real);
		yaml_resolve(YAML_HELM, buf, len, &value);
		if (value.kind != VALUE_FLOAT) {
			str_put(emitter->out, buf, len);
			return true;
		}
	}
	len = number_format_float(buf, real, 'g', -1);
	str_put(emitter->out, buf, len);
	return true;
}

static bool emit_bytes(struct emitter *emitter, const struct value *value,
		       int indent)
{
	struct str text;

	str_init(&text, emitter->out->arena);
	base64_encode(&text, value->string, value->len);
	return emit_string(emitter, text.text ? text.text : "", text.len,
			   indent);
}

/* go-yaml v3 writes the fields of a struct in small letters. */
static struct value *lower_keys(struct arena *arena, const struct value *fields)
{
	struct value *map = value_new_map(arena, &fields->origin);
	const struct value_entry *entry;

	value_foreach (entry, fields) {
		char *key = arena_strndup(arena, entry->key, entry->len);

		for (char *at = key; *at; at++)
			if (*at >= 'A' && *at <= 'Z')
				*at = (char)(*at - 'A' + 'a');
		value_setn(arena, map, key, entry->len, &entry->origin,
			   entry->value);
	}
	return map;
}

/* An engine's value goes through its JSON form. */
static bool emit_opaque(struct emitter *emitter, const struct value *value,
			int indent, enum spot spot)
{
	struct json_problem problem;
	const struct source *source;
	struct value *plain;
	struct str text;

	str_init(&text, emitter->out->arena);
	if (value->class->fields && emitter->form == YAML_FORM_PRETTY) {
		plain = value->class->fields(text.arena, value);
		if (value_is_map(plain)) {
			plain = lower_keys(text.arena, plain);
			emitter->fields = plain->map;
		}
		plain->origin = value->origin;
		return emit_node(emitter, plain, indent, spot);
	}
	if (!json_write(&text, value, NULL, NULL, &emitter->error))
		return false;
	if (value->class->timestamp && emitter->form == YAML_FORM_PRETTY) {
		if (spot != SPOT_ROOT)
			str_putc(emitter->out, ' ');
		mark(emitter, &value->origin);
		str_put(emitter->out, text.text + 1, text.len - 2);
		return true;
	}
	source = source_new(text.arena, value->class->go_type, SOURCE_RENDERED,
			    str_text(&text), text.len);
	plain = json_read(text.arena, source, 0, source->len, true, &problem);
	if (!plain)
		return fail(emitter, problem.text);
	plain->origin = value->origin;
	return emit_node(emitter, plain, indent, spot);
}

/* Kustomize prints folded texts and reads them again on the way. */
static bool emit_folded(struct emitter *emitter, const struct value *value,
			int indent)
{
	struct str again;

	str_init(&again, emitter->out->arena);
	yaml_text_refold(&again, value->string, value->len);
	return emit_string(emitter, str_text(&again), again.len, indent);
}

/* Bytes, decoded; what is no base64 fails as it does in Kustomize. */
static bool emit_binary(struct emitter *emitter, const struct value *value,
			int indent)
{
	struct str bytes;
	size_t at;

	str_init(&bytes, emitter->out->arena);
	if (!base64_decode(&bytes, value->string, value->len, &at))
		return fail(
			emitter,
			"yaml: !!binary value contains invalid base64 data");
	return emit_string(emitter, str_text(&bytes), bytes.len, indent);
}

static bool emit_scalar(struct emitter *emitter, const struct value *value,
			int indent);

/*
 * Kustomize decides types only now: dates become the text that Go's JSON
 * gives them, and plain texts that a transformer wrote get the type they read
 * as.
 */
static bool emit_late(struct emitter *emitter, const struct value *value,
		      int indent)
{
	struct value late = *value;
	char buf[YAML_TIME_ROOM];

	if (!yaml_tag_is_borne_out(value))
		return fail(emitter,
			    yaml_tag_fault(emitter->out->arena, value));
	if (value->tag != VALUE_TAG_BINARY &&
	    is_ordinary(value->string, value->len)) {
		str_put(emitter->out, value->string, value->len);
		return true;
	}
	if (value->tag == VALUE_TAG_TIMESTAMP &&
	    yaml_time_parse(value->string, value->len, buf))
		return emit_string(emitter, buf, strlen(buf), indent);
	if (value->tag == VALUE_TAG_BINARY)
		return emit_binary(emitter, value, indent);
	if (yaml_text_is_lost(value->string, value->len,
			      (enum value_style)value->style))
		return fail(emitter, "yaml: a block begins with a tab");
	if (value->style == VALUE_STYLE_FOLDED)
		return emit_folded(emitter, value, indent);
	if (value->tag != VALUE_TAG_NONE || value->style != VALUE_STYLE_PLAIN)
		return emit_string(emitter, value->string, value->len, indent);
	late.segments = NULL;
	yaml_resolve(YAML_KUSTOMIZE, value->string, value->len, &late);
	if (late.kind != VALUE_STRING)
		return emit_scalar(emitter, &late, indent);
	late.string = value->string;
	if (late.tag == VALUE_TAG_TIMESTAMP)
		return emit_late(emitter, &late, indent);
	return emit_string(emitter, value->string, value->len, indent);
}

static bool emit_scalar(struct emitter *emitter, const struct value *value,
			int indent)
{
	char buf[NUMBER_ROOM];

	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		/* See the reader: an absent value in a flow collection. */
		if (emitter->form == YAML_FORM_KUSTOMIZE &&
		    value->style == VALUE_STYLE_FLOW)
			str_puts(emitter->out, "\"\"");
		else
			str_puts(emitter->out, "null");
		return true;
	case VALUE_BOOL:
		str_puts(emitter->out, value->boolean ? "true" : "false");
		return true;
	case VALUE_INT:
		str_put(emitter->out, buf,
			number_format_int(buf, value->integer));
		return true;
	case VALUE_UINT:
		str_put(emitter->out, buf,
			number_format_uint(buf, value->natural));
		return true;
	case VALUE_FLOAT:
		return emit_float(emitter, value->real);
	case VALUE_STRING:
		if (emitter->form == YAML_FORM_KUSTOMIZE)
			return emit_late(emitter, value, indent);
		return emit_string(emitter, value->string, value->len, indent);
	case VALUE_BYTES:
		return emit_bytes(emitter, value, indent);
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		break;
	}
	BUG("a collection is no scalar");
}

/*
 * A list under a key: go-yaml v2 keeps it at the key's column, v3 indents it.
 */
static int list_indent(const struct emitter *emitter, int indent,
		       enum spot spot)
{
	if (indent < 0)
		return 0;
	if (spot == SPOT_VALUE && emitter->form != YAML_FORM_PRETTY)
		return indent;
	return indent + INDENT;
}

static bool emit_list(struct emitter *emitter, const struct value *list,
		      int indent, enum spot spot)
{
	int own = list_indent(emitter, indent, spot);
	const struct value *item;

	list_foreach (item, list) {
		if (item_at || spot == SPOT_VALUE)
			put_line(emitter, own);
		str_puts(emitter->out, "-");
		if (!emit_node(emitter, item, own, SPOT_ITEM))
			return false;
	}
	return true;
}

/* "key:", or "? key" and ":" on the next line where it cannot be simple. */
static bool emit_key(struct emitter *emitter, const struct value_entry *entry,
		     int indent, enum spot *spot)
{
	const char *key = entry->key;
	size_t len = entry->len;
	struct yaml_text text;
	enum value_style style;
	bool multiline;

	*spot = SPOT_VALUE;
	if (len <= SIMPLE_KEY_MAX && is_ordinary(key, len)) {
		mark(emitter, &entry->origin);
		str_put(emitter->out, key, len);
		str_putc(emitter->out, ':');
		return true;
	}
	if (hops(emitter) &&
	    !yaml_key_hop(emitter->out->arena, &key, &len, &emitter->error))
		return false;
	mark(emitter, &entry->origin);
	text = text_at(emitter, key, len, indent);
	style = yaml_text_style(&text, wanted_style(emitter, key, len),
				&multiline);
	if (multiline || len > SIMPLE_KEY_MAX) {
		*spot = SPOT_ITEM;
		str_puts(emitter->out, "? ");
	} else {
		text.key = true;
		style = yaml_text_style(&text, wanted_style(emitter, key, len),
					&multiline);
	}
	yaml_text_put(emitter->out, &text, style);
	emitter->line_ended = yaml_text_ends_line(&text, style);
	if (*spot == SPOT_ITEM)
		put_line(emitter, indent);
	str_putc(emitter->out, ':');
	return true;
}

/*
 * Kustomize's way through JSON takes keys that are no strings at the top; the
 * kind of a map is that of a merge key.
 */
static bool key_is_fit(struct emitter *emitter, const struct value_entry *entry)
{
	if (emitter->form != YAML_FORM_KUSTOMIZE || entry->kind == VALUE_STRING)
		return true;
	if (entry->kind == VALUE_MAP)
		return fail(emitter, "yaml: map merge requires map or sequence "
				     "of maps as the value");
	/* See the reader: a key that is a map or a list is its complaint. */
	if (entry->kind == VALUE_LIST)
		return fail(emitter, arena_join(emitter->out->arena,
						"yaml: ", entry->key));
	if (emitter->depth <= 1 && entry->kind != VALUE_NULL)
		return true;
	return fail(emitter, "json: unsupported type: "
			     "map[interface {}]interface {}");
}

/* Kustomize keeps both of two equal keys, and finds out when it prints. */
static bool has_twins(struct value_entry *const *sorted, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (sorted[i]->len == sorted[i - 1]->len &&
		    memcmp(sorted[i]->key, sorted[i - 1]->key,
			   sorted[i]->len) == 0)
			return true;
	return false;
}

static bool emit_map(struct emitter *emitter, const struct value *map,
		     int indent, enum spot spot)
{
	int own = indent < 0 ? 0 : indent + INDENT;
	size_t count = value_count(map);
	struct value_entry **sorted = NULL;
	enum spot at;

	if (emitter->form != YAML_FORM_RAW && emitter->fields != map->map)
		sorted = yaml_sort_keys(emitter->out->arena, map,
					emitter->form == YAML_FORM_PRETTY);
	if (map->flags & VALUE_FLAG_DUPLICATE &&
	    emitter->form == YAML_FORM_KUSTOMIZE && has_twins(sorted, count))
		return fail(emitter, "yaml: a key is in this map twice");
	/* They lie apart in memory, and each would be waited for. */
	for (size_t i = 0; sorted && i < count; i++)
		__builtin_prefetch(sorted[i]->value);
	for (size_t i = 0; i < count; i++) {
		const struct value_entry *entry =
			sorted ? sorted[i] : value_entry_at(map, i);

		if (i || spot == SPOT_VALUE)
			put_line(emitter, own);
		if (!key_is_fit(emitter, entry) ||
		    !emit_key(emitter, entry, own, &at) ||
		    !emit_node(emitter, entry->value, own, at))
			return false;
	}
	return true;
}

static bool emit_collection(struct emitter *emitter, const struct value *value,
			    int indent, enum spot spot)
{
	bool fine;

	if (++emitter->depth > DEPTH_MAX)
		return fail(emitter,
			    "json: unsupported value: encountered a cycle via "
			    "map[string]interface {}");
	fine = value->kind == VALUE_LIST
		       ? emit_list(emitter, value, indent, spot)
		       : emit_map(emitter, value, indent, spot);
	emitter->depth--;
	return fine;
}

static bool emit_node(struct emitter *emitter, const struct value *value,
		      int indent, enum spot spot)
{
	bool collection = value->kind == VALUE_LIST || value->kind == VALUE_MAP;

	if (value->kind == VALUE_OPAQUE)
		return emit_opaque(emitter, value, indent, spot);
	if (collection && value_count(value)) {
		if (spot == SPOT_ITEM)
			str_putc(emitter->out, ' ');
		return emit_collection(emitter, value, indent, spot);
	}
	if (spot != SPOT_ROOT)
		str_putc(emitter->out, ' ');
	mark(emitter, &value->origin);
	if (collection) {
		str_puts(emitter->out,
			 value->flags & VALUE_FLAG_NIL &&
					 emitter->form == YAML_FORM_HELM
				 ? "null"
			 : value->kind == VALUE_LIST ? "[]"
						     : "{}");
		return true;
	}
	return emit_scalar(emitter, value, indent);
}

bool yaml_emit(struct str *out, const struct value *value, enum yaml_form form,
	       const struct mark_context *marks, const char **error)
{
	static const struct value null = { .kind = VALUE_NULL };
	struct emitter emitter = { .out = out, .form = form, .marks = marks };

	if (!emit_node(&emitter, value ? value : &null, -1, SPOT_ROOT)) {
		*error = emitter.error;
		return false;
	}
	put_line(&emitter, 0);
	return true;
}
