/*
 * A reader of TOML 1.0 with the complaints of the library that Helm uses.
 */
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/value.h"
#include "templates/funcs/capacity.h"
#include "templates/toml.h"
#include "templates/toml/scalar.h"

enum {
	DEPTH_MAX = 1000,
	PATH_MAX_KEYS = 64,
};

/* How a table came to be, which decides what may be added to it. */
enum table_state {
	TABLE_IMPLIED = 1, /* by a longer name */
	TABLE_DOTTED,      /* by a dotted key */
	TABLE_DEFINED,     /* by [name] */
	TABLE_CLOSED,      /* inline */
};

struct key_path {
	struct word_of_key {
		const char *at;
		size_t len;
		struct origin origin;
	} keys[PATH_MAX_KEYS];
	size_t count;
};

static bool read_value(struct toml_reader *r, struct value **value);

static void skip_blanks(struct toml_reader *r)
{
	while (r->at < r->len &&
	       (r->text[r->at] == ' ' || r->text[r->at] == '\t'))
		r->at++;
}

static void skip_comment(struct toml_reader *r)
{
	if (toml_peek(r) == '#')
		while (r->at < r->len && r->text[r->at] != '\n')
			r->at++;
}

/* Blanks, comments and ends of lines. */
static void skip_lines(struct toml_reader *r)
{
	for (;;) {
		skip_blanks(r);
		skip_comment(r);
		if (toml_peek(r) == '\r' && r->at + 1 < r->len &&
		    r->text[r->at + 1] == '\n')
			r->at++;
		if (toml_peek(r) != '\n')
			return;
		r->at++;
	}
}

/* Keys. */

static bool is_bare(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

static bool read_simple_key(struct toml_reader *r, struct word_of_key *key)
{
	size_t begin = r->at;
	struct text text;

	if (toml_peek(r) == '"' || toml_peek(r) == '\'') {
		if (!toml_string(r, &text))
			return false;
		key->at = text.at;
		key->len = text.len;
	} else {
		while (r->at < r->len && is_bare(r->text[r->at]))
			r->at++;
		key->at =
			arena_strndup(r->arena, r->text + begin, r->at - begin);
		key->len = r->at - begin;
	}
	key->origin = origin_at(r->source, begin, r->at);
	return true;
}

/* key = simple { "." simple } */
static bool read_key(struct toml_reader *r, struct key_path *path)
{
	path->count = 0;
	do {
		if (path->count)
			r->at++;
		skip_blanks(r);
		if (toml_peek(r) == '=' || toml_peek(r) == '.' ||
		    toml_peek(r) == ']')
			return toml_fail(r,
					 "unexpected '%c': key name appears "
					 "blank",
					 toml_peek(r));
		if (path->count == PATH_MAX_KEYS)
			return toml_fail(r, "key has too many parts");
		if (!read_simple_key(r, &path->keys[path->count++]))
			return false;
		skip_blanks(r);
	} while (toml_peek(r) == '.');
	return true;
}

static const char *joined(struct toml_reader *r, const struct key_path *path,
			  size_t count)
{
	struct str out;
	size_t i;

	str_init(&out, r->arena);
	for (i = 0; i < count; i++) {
		if (i)
			str_putc(&out, '.');
		str_put(&out, path->keys[i].at, path->keys[i].len);
	}
	return str_text(&out);
}

static bool fail_defined(struct toml_reader *r, const struct key_path *path,
			 size_t count)
{
	return toml_fail(r, "Key '%s' has already been defined.",
			 joined(r, path, count));
}

/* Tables.  `style` of a map holds its state while the text is read. */

static struct value *new_table(struct toml_reader *r,
			       const struct origin *origin,
			       enum table_state state)
{
	struct value *map = value_new_map(r->arena, origin);

	map->style = (uint8_t)state & 0xf;
	return map;
}

static void put_entry(struct toml_reader *r, struct value *map,
		      const struct word_of_key *key, struct value *value)
{
	value_setn(r->arena, map, key->at, key->len, &key->origin, value);
}

/* The table that a key leads through; the last one of a list of tables. */
static struct value *enter(struct toml_reader *r, struct value *map,
			   const struct word_of_key *key,
			   enum table_state state)
{
	struct value *next = value_getn(map, key->at, key->len);

	if (!next) {
		next = new_table(r, &key->origin, state);
		put_entry(r, map, key, next);
	}
	if (value_is_list(next) && next->style == TABLE_DEFINED)
		next = value_item(next, value_count(next) - 1);
	return value_is_map(next) && next->style != TABLE_CLOSED ? next : NULL;
}

static bool assign(struct toml_reader *r, struct value *table,
		   const struct key_path *path, struct value *value)
{
	const struct word_of_key *last = &path->keys[path->count - 1];
	size_t i;

	for (i = 0; i + 1 < path->count; i++) {
		table = enter(r, table, &path->keys[i], TABLE_DOTTED);
		if (!table)
			return fail_defined(r, path, i + 1);
	}
	if (value_getn(table, last->at, last->len))
		return fail_defined(r, path, path->count);
	put_entry(r, table, last, value);
	return true;
}

/* pair = key "=" value */
static bool read_pair(struct toml_reader *r, struct value *table)
{
	const char *outer = r->table_key;
	struct key_path path;
	struct value *value;

	if (!read_key(r, &path))
		return false;
	if (r->at >= r->len)
		return toml_fail(r, "unexpected EOF; expected key separator "
				    "'='");
	if (toml_peek(r) != '=')
		return toml_fail(r, "expected '.' or '=', but got %s instead",
				 toml_shown(r));
	r->at++;
	r->last_key = joined(r, &path, path.count);
	if (outer)
		r->last_key =
			arena_printf(r->arena, "%s.%s", outer, r->last_key);
	skip_blanks(r);
	if (!read_value(r, &value) || !assign(r, table, &path, value))
		return false;
	/* Inside an inline table errors go on to name the last key. */
	if (!outer)
		r->last_key = NULL;
	return true;
}

static bool read_table_list(struct toml_reader *r, struct value *parent,
			    const struct key_path *path, struct value **table)
{
	const struct word_of_key *last = &path->keys[path->count - 1];
	struct value *list = value_getn(parent, last->at, last->len);

	if (!list) {
		list = value_new_list(r->arena, &last->origin);
		list->style = TABLE_DEFINED;
		put_entry(r, parent, last, list);
	}
	if (!value_is_list(list) || list->style != TABLE_DEFINED)
		return fail_defined(r, path, path->count);
	*table = new_table(r, &last->origin, TABLE_DEFINED);
	value_append(r->arena, list, *table);
	return true;
}

static bool define_table(struct toml_reader *r, struct value *parent,
			 const struct key_path *path, struct value **table)
{
	const struct word_of_key *last = &path->keys[path->count - 1];
	struct value *map = value_getn(parent, last->at, last->len);

	if (!map) {
		map = new_table(r, &last->origin, TABLE_DEFINED);
		put_entry(r, parent, last, map);
	} else if (!value_is_map(map) || map->style == TABLE_DEFINED ||
		   map->style == TABLE_CLOSED) {
		return fail_defined(r, path, path->count);
	}
	map->style = TABLE_DEFINED;
	*table = map;
	return true;
}

/* header = "[" key "]" | "[[" key "]]" */
static bool read_header(struct toml_reader *r, struct value *root,
			struct value **table)
{
	struct value *parent = root;
	struct key_path path;
	bool list;
	size_t i;

	r->at++;
	list = toml_peek(r) == '[';
	r->at += list;
	if (toml_peek(r) == ']')
		return toml_fail(r, "unexpected end of table name (table names "
				    "cannot be empty)");
	if (!read_key(r, &path))
		return false;
	if (toml_peek(r) != ']')
		return toml_fail(r,
				 "expected '.' or ']' to end table name, but "
				 "got %s instead",
				 toml_shown(r));
	r->at++;
	if (list && toml_peek(r) != ']')
		return toml_fail(r,
				 "expected end of table array name delimiter "
				 "']', but got %s instead",
				 toml_shown(r));
	r->at += list;
	for (i = 0; i + 1 < path.count; i++) {
		parent = enter(r, parent, &path.keys[i], TABLE_IMPLIED);
		if (!parent)
			return fail_defined(r, &path, i + 1);
	}
	return list ? read_table_list(r, parent, &path, table)
		    : define_table(r, parent, &path, table);
}

/* Values. */

static bool read_array(struct toml_reader *r, struct value **value)
{
	struct value *list = value_new_list(r->arena, NULL), *item;

	list->origin = origin_at(r->source, r->at, r->at + 1);
	r->at++;
	for (;;) {
		skip_lines(r);
		if (toml_peek(r) == ']')
			break;
		if (r->at >= r->len)
			return toml_fail(r, "unexpected EOF; expected value");
		if (!read_value(r, &item))
			return false;
		value_append(r->arena, list, item);
		skip_lines(r);
		if (toml_peek(r) == ',') {
			r->at++;
			continue;
		}
		if (toml_peek(r) == ']')
			break;
		return toml_fail(r,
				 "expected a comma (',') or array terminator "
				 "(']'), but got %s",
				 r->at >= r->len ? "end of file"
						 : toml_shown(r));
	}
	r->at++;
	capacity_grown(list, 2);
	*value = list;
	return true;
}

/* Dotted keys made tables inside; nothing may be added to any of them. */
static void close_table(struct value *map)
{
	const struct value_entry *entry;

	if (!value_is_map(map) || map->style == TABLE_CLOSED)
		return;
	map->style = TABLE_CLOSED;
	value_foreach (entry, map)
		close_table(entry->value);
}

static bool read_inline(struct toml_reader *r, struct value **value)
{
	struct origin origin = origin_at(r->source, r->at, r->at + 1);
	struct value *map = new_table(r, &origin, TABLE_DOTTED);
	const char *outer = r->table_key;

	r->table_key = r->last_key;
	r->at++;
	skip_blanks(r);
	while (toml_peek(r) != '}') {
		if (!read_pair(r, map))
			return false;
		skip_blanks(r);
		if (toml_peek(r) == ',') {
			r->at++;
			skip_blanks(r);
			continue;
		}
		if (toml_peek(r) != '}')
			return toml_fail(r,
					 "expected a comma or an inline table "
					 "terminator '}', but got %s instead",
					 r->at >= r->len ? "end of file"
							 : toml_shown(r));
	}
	r->at++;
	r->table_key = outer;
	close_table(map);
	*value = map;
	return true;
}

static bool read_value(struct toml_reader *r, struct value **value)
{
	size_t begin = r->at;
	struct text text;
	bool good;

	if (r->at >= r->len || toml_peek(r) == '\n')
		return toml_fail(r, r->at >= r->len
					    ? "unexpected EOF; expected value"
					    : "expected value but found '\\n' "
					      "instead");
	if (r->depth >= DEPTH_MAX)
		return toml_fail(r, "nested too deeply");
	r->depth++;
	switch (toml_peek(r)) {
	case '[':
		good = read_array(r, value);
		break;
	case '{':
		good = read_inline(r, value);
		break;
	case '"':
	case '\'':
		good = toml_string(r, &text);
		if (good) {
			*value = value_new_text(r->arena, NULL, &text);
			(*value)->origin = origin_at(r->source, begin, r->at);
		}
		break;
	default:
		good = toml_scalar(r, value);
	}
	r->depth--;
	return good;
}

static bool end_line(struct toml_reader *r)
{
	skip_blanks(r);
	skip_comment(r);
	if (toml_peek(r) == '\r' && r->at + 1 < r->len &&
	    r->text[r->at + 1] == '\n')
		r->at++;
	if (r->at >= r->len || toml_peek(r) == '\n')
		return true;
	return toml_fail(r,
			 "expected a top-level item to end with a newline, "
			 "comment, or EOF, but got %s instead",
			 toml_shown(r));
}

/* What the reader kept in `style` is no style. */
static void forget_states(struct value *value)
{
	const struct value_entry *entry;
	const struct value *item;

	if (!value_is_map(value) && !value_is_list(value))
		return;
	value->style = VALUE_STYLE_NONE;
	value_foreach (entry, value)
		forget_states(entry->value);
	list_foreach (item, value)
		forget_states((struct value *)item);
}

/* That of UTF-8, and even those of UTF-16. */
static void skip_mark(struct toml_reader *r)
{
	if (r->len >= 2 && (memcmp(r->text, "\xFF\xFE", 2) == 0 ||
			    memcmp(r->text, "\xFE\xFF", 2) == 0))
		r->at = 2;
	else if (r->len >= 3 && memcmp(r->text, "\xEF\xBB\xBF", 3) == 0)
		r->at = 3;
}

struct value *toml_read(struct arena *arena, const struct source *source,
			const struct toml_times *times, const char **error)
{
	struct toml_reader r = { .arena = arena,
				 .source = source,
				 .text = source->text,
				 .len = source->len,
				 .times = times };
	struct origin origin = origin_at(source, 0, source->len);
	struct value *root = new_table(&r, &origin, TABLE_DEFINED);
	struct value *table = root;

	skip_mark(&r);
	if (memchr(r.text + r.at, '\0', r.len - r.at < 6 ? r.len - r.at : 6)) {
		toml_fail(&r, "files cannot contain NULL bytes; probably using "
			      "UTF-16; TOML files must be UTF-8");
		*error = r.error;
		return NULL;
	}
	toml_end_early(&r);
	for (skip_lines(&r); r.at < r.len; skip_lines(&r)) {
		bool good = toml_peek(&r) == '[' ? read_header(&r, root, &table)
						 : read_pair(&r, table);

		if (!good || !end_line(&r)) {
			*error = r.error;
			return NULL;
		}
	}
	if (r.bad && !toml_fail(&r, "%s", r.bad)) {
		*error = r.error;
		return NULL;
	}
	forget_states(root);
	return root;
}
