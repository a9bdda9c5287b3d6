#include "templates/strvals.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/utf8.h"
#include "model/json.h"
#include "model/quote.h"
#include "model/value.h"
#include "templates/funcs/capacity.h"

/* Helm's own bounds, part of its error texts. */
enum {
	NESTING_MAX = 30,
	INDEX_MAX = 65536
};

struct parser {
	struct arena *arena;
	struct diag_sink *diags;
	const struct source *source;
	size_t at;
	enum strvals_form form;
	const struct chart_setting *setting;
};

/* PARSE_END is Go's io.EOF, which is an answer in some places. */
enum outcome {
	PARSE_OK,
	PARSE_END,
	PARSE_FAILED
};

static const char *const flags[] = { "--set-json", "--set", "--set-string",
				     "--set-file", "--set-literal" };

static enum outcome fail(struct parser *parser, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* --set-json hides its reasons; the others print them. */
static enum outcome fail(struct parser *parser, const char *format, ...)
{
	const struct source *source = parser->source;
	struct origin at = origin_at(source, parser->at, parser->at);
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(parser->arena, format, args);
	va_end(args);
	diag_error(parser->diags, &at, "%s cannot be parsed: %s",
		   flags[parser->form], text);
	if (parser->form == STRVALS_JSON)
		diag_native(parser->diags, "failed parsing --set-json data %s",
			    source->text);
	else if (parser->form == STRVALS_LITERAL)
		diag_native(parser->diags,
			    "failed parsing --set-literal data: %s", text);
	else
		diag_native(parser->diags, "failed parsing %s data: %s",
			    flags[parser->form], text);
	return PARSE_FAILED;
}

static const char *quoted(struct parser *parser, const struct str *key)
{
	const struct text plain = text_of(key->text, key->len);
	struct str out;

	str_init(&out, parser->arena);
	quote_put(&out, &plain);
	return str_text(&out);
}

/* Runes up to one of `stops`, which is consumed; 0 at the end of the text. */
static char runes_until(struct parser *parser, const char *stops,
			struct str *runes)
{
	const struct source *source = parser->source;

	str_init(runes, parser->arena);
	while (parser->at < source->len) {
		const char *from = source->text + parser->at;
		size_t left = source->len - parser->at, size;

		if (strchr(stops, *from) && *from) {
			parser->at++;
			return *from;
		}
		if (*from == '\\' && parser->form != STRVALS_LITERAL) {
			parser->at++;
			if (left == 1)
				break;
			from++;
			left--;
		}
		if (utf8_decode(from, left, &size) == UTF8_REPLACEMENT &&
		    size == 1)
			str_puts(runes, "\xef\xbf\xbd");
		else
			str_put(runes, from, size);
		parser->at += size;
	}
	return 0;
}

static const char *go_type(const struct value *value)
{
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		return "nil";
	case VALUE_BOOL:
		return "bool";
	case VALUE_INT:
	case VALUE_UINT:
		return "int64";
	case VALUE_FLOAT:
		return "float64";
	case VALUE_STRING:
	case VALUE_BYTES:
	case VALUE_OPAQUE:
		return "string";
	case VALUE_LIST:
		return "[]interface {}";
	case VALUE_MAP:
		break;
	}
	return "map[string]interface {}";
}

/* Helm recovers from the panic of a type assertion and prints its text. */
static enum outcome wrong_type(struct parser *parser, const struct value *has,
			       const char *wants)
{
	return fail(parser,
		    "unable to parse key: interface conversion: interface {} "
		    "is %s, not %s",
		    go_type(has), wants);
}

static struct origin origin_from(const struct parser *parser, size_t begin)
{
	return origin_at(parser->source, begin, parser->at);
}

static struct value *typed(struct parser *parser, struct str *runes,
			   const struct origin *at)
{
	const char *text = str_text(runes);
	int64_t integer;

	if (parser->form == STRVALS_SET) {
		if (strcasecmp(text, "true") == 0)
			return value_new_bool(parser->arena, at, true);
		if (strcasecmp(text, "false") == 0)
			return value_new_bool(parser->arena, at, false);
		if (strcasecmp(text, "null") == 0)
			return value_new(parser->arena, VALUE_NULL, at);
		if (strcmp(text, "0") == 0)
			return value_new_int(parser->arena, at, 0);
		if (runes->len && *text != '0' &&
		    number_parse_int(text, runes->len, 10, &integer) ==
			    NUMBER_OK)
			return value_new_int(parser->arena, at, integer);
	}
	return value_new_string(parser->arena, at, text, runes->len);
}

/* The value that the runes stand for; NULL: reported. */
static struct value *make(struct parser *parser, struct str *runes,
			  size_t begin)
{
	struct origin at = origin_from(parser, begin);
	const char *problem;
	struct text text;

	if (parser->form != STRVALS_FILE)
		return typed(parser, runes, &at);
	if (!parser->setting->read(parser->setting->context, str_text(runes),
				   &text, &problem)) {
		fail(parser, "%s", problem);
		return NULL;
	}
	return value_new_string(parser->arena, &at, text.at, text.len);
}

/* "{" item { "," item } "}" [","]; the brace is consumed already. */
static enum outcome parse_braces(struct parser *parser, struct value **result)
{
	struct origin at = origin_from(parser, parser->at - 1);
	struct value *list = value_new_list(parser->arena, &at);

	for (;;) {
		size_t begin = parser->at;
		struct value *item;
		struct str runes;
		char last = runes_until(parser, ",}", &runes);

		if (!last)
			return fail(parser, "list must terminate with '}'");
		if (last == '}' && parser->at < parser->source->len &&
		    parser->source->text[parser->at] == ',')
			parser->at++;
		item = make(parser, &runes, begin);
		if (!item)
			return PARSE_FAILED;
		value_append(parser->arena, list, item);
		if (last == '}')
			break;
	}
	*result = list;
	return PARSE_OK;
}

static void skip_blanks(struct parser *parser)
{
	const struct source *source = parser->source;

	while (parser->at < source->len &&
	       strchr(" \t\n\r", source->text[parser->at]) &&
	       source->text[parser->at])
		parser->at++;
}

/* One JSON text, blanks and a comma behind it; nothing is null. */
static enum outcome parse_json(struct parser *parser, struct value **result)
{
	const struct source *source = parser->source;
	size_t begin = parser->at;
	struct json_problem problem;
	struct origin at;

	skip_blanks(parser);
	if (parser->at == source->len || source->text[parser->at] == ',') {
		if (parser->at < source->len)
			parser->at++;
		at = origin_from(parser, begin);
		*result = value_new(parser->arena, VALUE_NULL, &at);
		return PARSE_OK;
	}
	*result = json_read_prefix(parser->arena, source, parser->at,
				   source->len, &parser->at, &problem);
	if (!*result)
		return fail(parser, "%s", problem.text);
	skip_blanks(parser);
	if (parser->at < source->len && source->text[parser->at] == ',')
		parser->at++;
	return PARSE_OK;
}

/* What stands behind "=". */
static enum outcome parse_value(struct parser *parser, struct value **result)
{
	const struct source *source = parser->source;
	size_t begin = parser->at;
	struct str runes;

	if (parser->form == STRVALS_JSON)
		return parse_json(parser, result);
	if (parser->form == STRVALS_LITERAL) {
		struct origin at;

		runes_until(parser, "", &runes);
		at = origin_from(parser, begin);
		*result = value_new_string(parser->arena, &at, runes.text,
					   runes.len);
		return PARSE_OK;
	}
	if (parser->at == source->len) {
		struct origin at = origin_from(parser, begin);

		*result = value_new_cstring(parser->arena, &at, "");
		return PARSE_OK;
	}
	if (source->text[parser->at] == '{') {
		parser->at++;
		return parse_braces(parser, result);
	}
	runes_until(parser, ",", &runes);
	*result = make(parser, &runes, begin);
	return *result ? PARSE_OK : PARSE_FAILED;
}

/* An empty key is ignored, as in Helm. */
static void assign(struct parser *parser, struct value *map, struct str *key,
		   size_t begin, struct value *value)
{
	struct value *old = value_getn(map, key->text, key->len);
	struct origin at = origin_at(parser->source, begin, begin + key->len);

	if (!key->len)
		return;
	if (old && old != value)
		value = value_replace(parser->arena, old, value);
	value_setn(parser->arena, map,
		   arena_strndup(parser->arena, key->text, key->len), key->len,
		   &at, value);
}

static enum outcome put_item(struct parser *parser, struct value *list,
			     int64_t index, struct value *value)
{
	struct origin at = origin_from(parser, parser->at);

	if (index > INDEX_MAX)
		return fail(parser,
			    "index of %lld is greater than maximum supported "
			    "index of %d",
			    (long long)index, INDEX_MAX);
	if (value_count(list) <= (size_t)index) {
		while (value_count(list) <= (size_t)index)
			value_append(parser->arena, list,
				     value_new(parser->arena, VALUE_NULL, &at));
		capacity_exact(list);
	}
	list->list->items[index] = value;
	return PARSE_OK;
}

/* Digits up to "]". */
static enum outcome parse_index(struct parser *parser, int64_t *index)
{
	struct str runes, quoted;
	const char *what = "invalid syntax";
	enum number_status status;
	struct text shown;

	if (!runes_until(parser, "]", &runes)) {
		/* Helm 4 takes this for the end of the text. */
		if (parser->setting->dialect == CHART_HELM4)
			return PARSE_END;
		return fail(parser, "error parsing index: EOF");
	}
	status = number_parse_int(runes.text, runes.len, 10, index);
	if (status == NUMBER_OK)
		return PARSE_OK;
	if (status == NUMBER_RANGE)
		what = "value out of range";
	shown = text_of(runes.text, runes.len);
	str_init(&quoted, runes.arena);
	quote_put(&quoted, &shown);
	return fail(parser, "error parsing index: strconv.Atoi: parsing %s: %s",
		    str_text(&quoted), what);
}

static enum outcome parse_key(struct parser *parser, struct value *map,
			      int depth);

/* Go prints the rest as a list of quoted runes: ['x' 'y']. */
static enum outcome unexpected(struct parser *parser, const struct str *runes)
{
	struct str list;
	size_t i = 0, size;

	str_init(&list, parser->arena);
	for (; i < runes->len; i += size) {
		utf8_decode(runes->text + i, runes->len - i, &size);
		str_printf(&list, "%s'%s%.*s'", i ? " " : "",
			   strchr("'\\", runes->text[i]) ? "\\" : "", (int)size,
			   runes->text + i);
	}
	return fail(parser, "unexpected data at end of array index: [%s]",
		    str_text(&list));
}

/* `.key` behind `[index]`: anything but a map there is dropped. */
static enum outcome parse_item_key(struct parser *parser, struct value *list,
				   int64_t index, int depth)
{
	struct value *map = value_item(list, (size_t)index);
	struct origin at = origin_from(parser, parser->at);
	enum outcome outcome;

	if (!value_is_map(map))
		map = value_new_map(parser->arena, &at);
	if ((size_t)index < value_count(list))
		list->list->items[index] = map;
	outcome = parse_key(parser, map, depth);
	return outcome ? outcome : put_item(parser, list, index, map);
}

/* What stands behind `[index]`: "=" value, "." key or "[" index "]". */
static enum outcome parse_item(struct parser *parser, struct value *list,
			       int64_t index, int depth)
{
	enum outcome outcome;
	struct value *value;
	struct str runes;
	int64_t next;
	char last;

	if (index < 0)
		return fail(parser, "negative %lld index not allowed",
			    (long long)index);
	last = runes_until(parser, "[.=", &runes);
	if (runes.len)
		return unexpected(parser, &runes);
	if (!last)
		return PARSE_END;
	if (last == '.')
		return parse_item_key(parser, list, index, depth);
	if (last == '=') {
		outcome = parse_value(parser, &value);
		return outcome ? outcome : put_item(parser, list, index, value);
	}
	outcome = parse_index(parser, &next);
	if (outcome)
		return outcome;
	if (depth > NESTING_MAX)
		return fail(parser,
			    "value name nested level is greater than maximum "
			    "supported nested level of %d",
			    NESTING_MAX);
	value = value_item(list, (size_t)index);
	if (value_is_null(value)) {
		struct origin at = origin_from(parser, parser->at);

		value = value_new_list(parser->arena, &at);
	} else if (!value_is_list(value)) {
		return wrong_type(parser, value, "[]interface {}");
	}
	outcome = parse_item(parser, value, next, depth);
	return outcome ? outcome : put_item(parser, list, index, value);
}

static enum outcome parse_list(struct parser *parser, struct value *map,
			       struct str *key, size_t begin, int depth)
{
	struct value *list = value_getn(map, key->text, key->len);
	enum outcome outcome;
	int64_t index;

	outcome = parse_index(parser, &index);
	if (outcome)
		return outcome;
	if (list && !value_is_list(list))
		return wrong_type(parser, list, "[]interface {}");
	if (!list) {
		struct origin at = origin_at(parser->source, begin, parser->at);

		list = value_new_list(parser->arena, &at);
	}
	outcome = parse_item(parser, list, index, depth);
	if (outcome != PARSE_FAILED)
		assign(parser, map, key, begin, list);
	return outcome;
}

static enum outcome parse_inner(struct parser *parser, struct value *map,
				struct str *key, size_t begin, int depth)
{
	struct value *inner = value_getn(map, key->text, key->len);
	enum outcome outcome;

	if (depth > NESTING_MAX)
		return fail(parser,
			    "value name nested level is greater than maximum "
			    "supported nested level of %d",
			    NESTING_MAX);
	if (inner && !value_is_map(inner))
		return wrong_type(parser, inner, "map[string]interface {}");
	if (!inner) {
		struct origin at = origin_at(parser->source, begin, parser->at);

		inner = value_new_map(parser->arena, &at);
	}
	outcome = parse_key(parser, inner, depth);
	if (outcome == PARSE_OK && !value_count(inner))
		return fail(parser, "key map %s has no value",
			    quoted(parser, key));
	if (outcome != PARSE_FAILED && value_count(inner))
		assign(parser, map, key, begin, inner);
	return outcome;
}

/*
 * key ( "=" value | "." key | "[" index "]" ... )
 *
 * A text that ends behind "=" sets an empty string, but is an end all the
 * same: an item of a list that the key stands in is not kept.
 */
static enum outcome parse_key(struct parser *parser, struct value *map,
			      int depth)
{
	bool literal = parser->form == STRVALS_LITERAL, ends;
	size_t begin = parser->at;
	enum outcome outcome;
	struct value *value;
	struct str key;

	switch (runes_until(parser, literal ? "=[." : "=[,.", &key)) {
	case 0:
		if (!key.len)
			return PARSE_END;
		return fail(parser, "key %s has no value",
			    quoted(parser, &key));
	case ',':
		return fail(parser, "key %s has no value (cannot end with ,)",
			    quoted(parser, &key));
	case '[':
		return parse_list(parser, map, &key, begin, depth);
	case '.':
		return parse_inner(parser, map, &key, begin, depth + 1);
	}
	ends = parser->at == parser->source->len &&
	       parser->form != STRVALS_LITERAL && parser->form != STRVALS_JSON;
	outcome = parse_value(parser, &value);
	if (outcome == PARSE_OK)
		assign(parser, map, &key, begin, value);
	return outcome == PARSE_OK && ends ? PARSE_END : outcome;
}

/* helm 4 takes a whole object for --set-json, and merges it. */
static bool parse_object(struct parser *parser, struct value *into)
{
	const struct source *source = parser->source;
	struct json_problem problem;
	struct value *object = json_read(parser->arena, source, 0, source->len,
					 false, &problem);

	if (!value_is_map(object)) {
		fail(parser, "%s", object ? "not an object" : problem.text);
		diag_native(parser->diags,
			    "failed parsing --set-json data JSON: %s",
			    source->text);
		return false;
	}
	chart_values_merge(parser->arena, into, object);
	return true;
}

bool strvals_parse(struct arena *arena, struct diag_sink *diags,
		   struct value *into, const struct source *argument,
		   const struct chart_setting *setting)
{
	struct parser parser = { .arena = arena,
				 .diags = diags,
				 .source = argument,
				 .form = setting->form,
				 .setting = setting };
	enum outcome outcome;

	skip_blanks(&parser);
	if (parser.form == STRVALS_JSON && setting->dialect == CHART_HELM4 &&
	    parser.at < argument->len && argument->text[parser.at] == '{')
		return parse_object(&parser, into);
	parser.at = 0;
	do {
		outcome = parse_key(&parser, into, 0);
	} while (outcome == PARSE_OK);
	return outcome == PARSE_END;
}
