#include "templates/toml.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "model/value.h"
#include "templates/object.h"

enum {
	DEPTH_MAX = 1000
};

/* What a table is made of: a map's keys sorted, a struct's as they stand. */
struct keys {
	struct value_entry **items;
	size_t count;
	size_t *indexes; /* of fields in their struct; NULL: keys of a map */
};

/* The path of a table, from the innermost key outwards. */
struct path {
	const struct path *outer; /* NULL: the top level */
	const char *key;
	size_t len;
	unsigned depth; /* keys from the top to here */
};

struct writer {
	struct str *out;
	bool written; /* something was: blank lines make sense */
	const char *error;
};

static bool put_table(struct writer *w, const struct path *path,
		      const struct value *map);
static bool put_element(struct writer *w, const struct value *value,
			unsigned depth);
static bool is_table(const struct value *value);

static bool is_struct(const struct value *value)
{
	return value && value->kind == VALUE_OPAQUE && value->class->fields &&
	       object_class_of(value)->parts;
}

/* .Files is one below its methods. */
static bool is_map(const struct value *value)
{
	return value_is_map(value) ||
	       (value && value->kind == VALUE_OPAQUE &&
		strcmp(object_class_of(value)->kind, "map") == 0);
}

/* Nothing is written for it. */
static bool is_nil(const struct value *value)
{
	return value_is_null(value) || value->flags & VALUE_FLAG_NIL ||
	       (value->kind == VALUE_OPAQUE && value->class->fields &&
		!is_struct(value));
}

/*
 * What is embedded has its fields at the place of the others, all with the
 * index of the struct that they are in.
 */
static size_t put_fields(struct arena *arena, const struct value *object,
			 struct keys *to, size_t count)
{
	const char *embedded = object_class_of(object)->embedded;
	const struct object_part *parts = object_parts(arena, object);
	struct value *fields = object->class->fields(arena, object);

	for (size_t i = 0; parts[i].name; i++) {
		struct value_entry *entry = value_entry(fields, parts[i].name,
							strlen(parts[i].name));
		size_t from = count;

		if (!entry)
			continue;
		if (embedded && strcmp(parts[i].name, embedded) == 0) {
			count = put_fields(arena, entry->value, to, count);
		} else {
			if (to->items)
				to->items[count] = entry;
			count++;
		}
		while (to->items && from < count)
			to->indexes[from++] = i;
	}
	return count;
}

static struct keys keys_of(struct writer *w, const struct value *table)
{
	struct arena *arena = w->out->arena;
	struct keys keys = { 0 };

	if (!is_struct(table)) {
		table = object_under(arena, table);
		keys.items = value_sorted(arena, table);
		keys.count = value_count(table);
		return keys;
	}
	keys.count = put_fields(arena, table, &keys, 0);
	keys.indexes = arena_alloc(arena, keys.count * sizeof(*keys.indexes));
	keys.items = arena_alloc(arena, keys.count * sizeof(*keys.items));
	put_fields(arena, table, &keys, 0);
	return keys;
}

static bool fail(struct writer *w, const char *error)
{
	w->error = error;
	return false;
}

static void put(struct writer *w, const char *text)
{
	str_puts(w->out, text);
	w->written = true;
}

static void new_line(struct writer *w)
{
	if (w->written)
		str_putc(w->out, '\n');
}

static void put_quoted(struct writer *w, const char *text, size_t len)
{
	static const char codes[] = "\b\t\n\f\r\"\\";
	static const char letters[] = "btnfr\"\\";
	size_t i;

	str_putc(w->out, '"');
	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];
		const char *known = byte ? strchr(codes, byte) : NULL;

		if (known)
			str_printf(w->out, "\\%c", letters[known - codes]);
		else if (byte < 0x20 || byte == 0x7f)
			str_printf(w->out, "\\u%04x", byte);
		else
			str_putc(w->out, (char)byte);
	}
	str_putc(w->out, '"');
	w->written = true;
}

static bool is_bare(const char *key, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		char byte = key[i];

		if (!(byte >= 'a' && byte <= 'z') &&
		    !(byte >= 'A' && byte <= 'Z') &&
		    !(byte >= '0' && byte <= '9') && byte != '_' && byte != '-')
			return false;
	}
	return len > 0;
}

static void put_key(struct writer *w, const char *key, size_t len)
{
	if (is_bare(key, len))
		str_put(w->out, key, len);
	else
		put_quoted(w, key, len);
	w->written = true;
}

static void put_path(struct writer *w, const struct path *path)
{
	if (!path->outer)
		return;
	put_path(w, path->outer);
	if (path->depth > 1)
		put(w, ".");
	put_key(w, path->key, path->len);
}

static void indent(struct writer *w, unsigned depth)
{
	if (depth > 1)
		str_fill(w->out, ' ', ((size_t)depth - 1) * 2);
}

/* Whole floats keep a point, so that they are read back as floats. */
static void put_float(struct writer *w, double real)
{
	char buf[NUMBER_ROOM];
	size_t len;

	if (isnan(real)) {
		put(w, "nan");
	} else if (isinf(real)) {
		put(w, real < 0 ? "-inf" : "inf");
	} else {
		len = number_format_float(buf, real, 'g', -1);
		str_put(w->out, buf, len);
		if (!memchr(buf, '.', len) && !memchr(buf, 'e', len))
			str_puts(w->out, ".0");
		w->written = true;
	}
}

static bool put_array(struct writer *w, const struct value *list,
		      unsigned depth)
{
	const struct value *item;

	put(w, "[");
	list_foreach (item, list) {
		if (value_is_null(item))
			return fail(w, "toml: cannot encode array with nil "
				       "element");
		if (item_at)
			put(w, ", ");
		if (!put_element(w, item, depth + 1))
			return false;
	}
	put(w, "]");
	return true;
}

/* The keys of an inline table that hold tables, or those that do not. */
static bool put_inline_keys(struct writer *w, const struct keys *keys,
			    bool tables, size_t *passed, unsigned depth)
{
	for (size_t i = 0; i < keys->count; i++) {
		const struct value_entry *entry = keys->items[i];

		if (is_table(entry->value) != tables)
			continue;
		++*passed;
		if (is_nil(entry->value))
			continue;
		put_key(w, entry->key, entry->len);
		put(w, " = ");
		if (!put_element(w, entry->value, depth + 1))
			return false;
		if (keys->indexes ? keys->indexes[i] + 1 != keys->count
				  : *passed < keys->count)
			put(w, ", ");
	}
	return true;
}

/*
 * {b = 1, a = {}}: tables come last, as outside.  The encoder of Helm's puts a
 * comma behind a key if others follow, be they null and left out; of structs
 * it takes the index in the struct for the place among what is written.
 */
static bool put_inline(struct writer *w, const struct value *map,
		       unsigned depth)
{
	struct keys keys = keys_of(w, map);
	size_t passed = 0;

	put(w, "{");
	if (!put_inline_keys(w, &keys, false, &passed, depth) ||
	    !put_inline_keys(w, &keys, true, &passed, depth))
		return false;
	put(w, "}");
	return true;
}

static void put_bytes(struct writer *w, const struct value *bytes)
{
	uint32_t i;

	put(w, "[");
	for (i = 0; i < bytes->len; i++)
		str_printf(w->out, "%s%u", i ? ", " : "",
			   (unsigned)(unsigned char)bytes->string[i]);
	put(w, "]");
}

/* As in JSON; a time stands without the quotes. */
static bool put_object(struct writer *w, const struct value *value,
		       unsigned depth)
{
	const struct object_class *class = object_class_of(value);
	const char *error = NULL;
	struct str json;

	if (is_struct(value))
		return put_inline(w, value, depth);
	if (class->under)
		return put_element(w, class->under(w->out->arena, value),
				   depth + 1);
	str_init(&json, w->out->arena);
	if (!class->model.json || !class->model.json(&json, value, &error))
		return fail(w, "toml: unsupported type");
	if (json.len >= 2 && json.text[0] == '"' &&
	    strcmp(class->model.go_type, "time.Time") == 0)
		str_put(w->out, json.text + 1, json.len - 2);
	else
		str_put(w->out, json.text, json.len);
	w->written = true;
	return true;
}

static bool put_element(struct writer *w, const struct value *value,
			unsigned depth)
{
	char buf[NUMBER_ROOM];

	if (depth > DEPTH_MAX)
		return fail(w, "toml: nested too deeply");
	switch ((enum value_kind)value->kind) {
	case VALUE_BOOL:
		put(w, value->boolean ? "true" : "false");
		return true;
	case VALUE_INT:
		str_put(w->out, buf, number_format_int(buf, value->integer));
		break;
	case VALUE_UINT:
		str_put(w->out, buf, number_format_uint(buf, value->natural));
		break;
	case VALUE_FLOAT:
		put_float(w, value->real);
		break;
	case VALUE_STRING:
		put_quoted(w, value->string, value->len);
		break;
	case VALUE_BYTES:
		put_bytes(w, value);
		break;
	case VALUE_LIST:
		return put_array(w, value, depth);
	case VALUE_MAP:
		return put_inline(w, value, depth);
	case VALUE_OPAQUE:
		return put_object(w, value, depth);
	case VALUE_NULL:
		break;
	}
	w->written = true;
	return true;
}

/* Tables.  A list of maps only, and of at least one, becomes [[tables]]. */

static bool is_table_list(const struct value *value)
{
	const struct value *item;

	if (!value_count(value))
		return false;
	list_foreach (item, value)
		if (!is_map(item) && !is_struct(item))
			return false;
	return value_is_list(value);
}

static bool is_table(const struct value *value)
{
	return is_map(value) || is_struct(value) || is_table_list(value);
}

static bool put_table_list(struct writer *w, const struct path *path,
			   const struct value *list)
{
	const struct value *item;

	if (!path->outer)
		return fail(w, "toml: top-level values must be Go maps or "
			       "structs");
	list_foreach (item, list) {
		new_line(w);
		indent(w, path->depth);
		put(w, "[[");
		put_path(w, path);
		put(w, "]]");
		new_line(w);
		if (!put_table(w, path, item))
			return false;
	}
	return true;
}

static bool put_named_table(struct writer *w, const struct path *path,
			    const struct value *value)
{
	if (value_is_list(value))
		return put_table_list(w, path, value);
	if (path->depth == 1)
		new_line(w);
	indent(w, path->depth);
	put(w, "[");
	put_path(w, path);
	put(w, "]");
	new_line(w);
	return put_table(w, path, value);
}

static bool put_plain_keys(struct writer *w, const struct path *path,
			   struct value_entry **sorted, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct value *value = sorted[i]->value;

		if (is_nil(value) || is_table(value))
			continue;
		indent(w, path->depth + 1);
		put_key(w, sorted[i]->key, sorted[i]->len);
		put(w, " = ");
		if (!put_element(w, value, path->depth))
			return false;
		new_line(w);
	}
	return true;
}

static bool put_table(struct writer *w, const struct path *path,
		      const struct value *map)
{
	struct keys keys = keys_of(w, map);
	struct value_entry **sorted = keys.items;
	size_t count = keys.count, i;

	if (path->depth > DEPTH_MAX)
		return fail(w, "toml: nested too deeply");
	if (!put_plain_keys(w, path, sorted, count))
		return false;
	for (i = 0; i < count; i++) {
		struct path inner = { path, sorted[i]->key, sorted[i]->len,
				      path->depth + 1 };

		if (!is_nil(sorted[i]->value) && is_table(sorted[i]->value) &&
		    !put_named_table(w, &inner, sorted[i]->value))
			return false;
	}
	return true;
}

bool toml_write(struct str *out, const struct value *value, const char **error)
{
	struct writer w = { .out = out };
	struct path top = { NULL, NULL, 0, 0 };
	bool good;

	value = object_under(out->arena, value);
	if (value_is_map(value) || is_struct(value))
		good = put_table(&w, &top, value);
	else if (is_table_list(value))
		good = put_table_list(&w, &top, value);
	else
		good = put_element(&w, value, 0);
	*error = w.error;
	return good;
}
