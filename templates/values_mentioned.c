#include "templates/values_mentioned.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/source.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/value.h"
#include "templates/chart_parts.h"

enum {
	ALIAS_BACK = 80 /* bytes from a variable to what it takes */
};

void mentions_init(struct mentions *mentions, struct arena *arena)
{
	mentions->arena = arena;
	table_init(&mentions->paths, arena);
	table_init(&mentions->quoted, arena);
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* `.image.tag` behind "Values"; where it ends. */
static const char *read_fields(struct str *path, const char *at)
{
	while (*at == '.' && is_name(at[1])) {
		const char *begin = ++at;

		while (is_name(*at))
			at++;
		if (path->len)
			str_putc(path, '.');
		str_put(path, begin, (size_t)(at - begin));
	}
	return at;
}

/* Whether what ends before `at`, ".Values", stands behind "index". */
static bool is_indexed(const char *text, const char *at)
{
	while (at > text && (is_name(at[-1]) || at[-1] == '.' || at[-1] == '$'))
		at--;
	while (at > text && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at - text >= 5 && memcmp(at - 5, "index", 5) == 0;
}

/* `"image" "tag"` behind "index .Values". */
static const char *read_keys(struct str *path, const char *at)
{
	for (;;) {
		size_t blanks = strspn(at, " \t"), len;

		if (!blanks || at[blanks] != '"')
			return at;
		len = strcspn(at + blanks + 1, "\"\n");
		if (at[blanks + 1 + len] != '"')
			return at;
		if (path->len)
			str_putc(path, '.');
		str_put(path, at + blanks + 1, len);
		at += blanks + len + 2;
	}
}

/* Behind the comment that begins here, or here. */
static const char *skip_comment(const char *at)
{
	const char *begin = at + 2, *end;

	begin += strspn(begin, "-");
	begin += strspn(begin, " \t\n");
	if (strncmp(begin, "/*", 2) != 0)
		return at + 2;
	end = strstr(begin + 2, "*/");
	return end ? end + 2 : begin + strlen(begin);
}

/* `$vals := .Values`, also with a function between: the name is an alias. */
static void read_alias(struct table *aliases, const char *text, const char *at)
{
	const char *begin = at, *name;

	while (begin > text && at - begin < ALIAS_BACK && begin[-1] != '{' &&
	       begin[-1] != '\n' && begin[-1] != '(')
		begin--;
	name = memchr(begin, '$', (size_t)(at - begin));
	if (!name)
		return;
	begin = ++name;
	while (is_name(*name))
		name++;
	at = name + strspn(name, " \t");
	if (name > begin && strncmp(at, ":=", 2) == 0)
		table_put(aliases, begin, (size_t)(name - begin), aliases);
}

static void add(struct mentions *mentions, struct str *path)
{
	if (path->len)
		table_put(&mentions->paths, str_text(path), path->len,
			  mentions);
}

/* What stands behind names for all values: $vals.image.tag */
static void read_aliased(struct mentions *mentions, const struct table *aliases,
			 const char *text)
{
	const char *at = aliases->count ? strchr(text, '$') : NULL;
	struct str path;

	while (at) {
		const char *name = ++at;

		while (is_name(*at))
			at++;
		if (*at == '.' &&
		    table_find(aliases, name, (size_t)(at - name))) {
			str_init(&path, mentions->arena);
			at = read_fields(&path, at);
			add(mentions, &path);
		}
		at = strchr(at, '$');
	}
}

/* "auth.password": a path that a helper gets as a text. */
static void read_quoted(struct mentions *mentions, const char *text)
{
	const char *at = strchr(text, '"');

	while (at) {
		const char *begin = ++at, *dot = NULL;

		for (; is_name(*at) || *at == '-' || *at == '.'; at++)
			if (*at == '.')
				dot = at;
		if (*at == '"' && dot > begin)
			table_put(&mentions->quoted, begin,
				  (size_t)(at - begin), mentions);
		at = strchr(at, '"');
	}
}

static void read_text(struct mentions *mentions, const char *text)
{
	struct table aliases;
	const char *at = strstr(text, "Values"), *comment, *begin;
	struct str path;

	table_init(&aliases, mentions->arena);
	comment = at ? strstr(text, "{{") : NULL;
	while (at) {
		while (comment && comment < at) {
			const char *behind = skip_comment(comment);

			if (behind > at)
				at = strstr(behind, "Values");
			if (!at)
				break;
			comment = strstr(behind, "{{");
		}
		if (!at)
			break;
		str_init(&path, mentions->arena);
		begin = at;
		at = read_fields(&path, at + strlen("Values"));
		/* `omit .Values.image "tag"` is about all the others. */
		if (!path.len || is_indexed(text, begin))
			at = read_keys(&path, at);
		if (!path.len)
			read_alias(&aliases, text, begin);
		add(mentions, &path);
		at = strstr(at, "Values");
	}
	read_aliased(mentions, &aliases, text);
}

void mentions_of_templates(struct mentions *mentions, const struct chart *chart)
{
	size_t i;

	for (i = 0; i < chart->templates.count; i++) {
		const struct source *source = chart->templates.items[i]->source;

		if (!source)
			continue;
		read_text(mentions, source->text);
		read_quoted(mentions, source->text);
	}
}

void mentions_of_libraries(struct mentions *mentions, const struct chart *chart)
{
	size_t i;

	for (i = 0; i < chart->children.count; i++) {
		const struct chart *child = chart->children.items[i];

		if (chart_is_library(child))
			mentions_of_templates(mentions, child);
		mentions_of_libraries(mentions, child);
	}
}

void mentions_of_values(struct mentions *mentions, const struct value *values)
{
	const struct value_entry *entry;
	const struct value *item;

	if (value_is_string(values))
		read_text(mentions, values->string);
	value_foreach (entry, values)
		mentions_of_values(mentions, entry->value);
	list_foreach (item, values)
		mentions_of_values(mentions, item);
}

/* `exact`: only what lies at the very end of the path. */
static void mark(struct value *at, const char *path, size_t len, bool exact)
{
	while (len && value_is_map(at)) {
		const char *dot = memchr(path, '.', len);
		size_t part = dot ? (size_t)(dot - path) : len;
		struct value *next = value_getn(at, path, part);

		/* Of an empty map it is what users may set that is read. */
		if (!next && value_count(at))
			return;
		if (!next)
			break;
		at = next;
		len -= part + (dot != NULL);
		path += part + (dot != NULL);
	}
	if (exact && len)
		return;
	/* Constants are marked and cannot be written to. */
	if (!(at->flags & VALUE_FLAG_READ))
		at->flags |= VALUE_FLAG_READ;
}

static void mark_all(const struct table *paths, struct value *values,
		     bool exact)
{
	size_t i;

	for (i = 0; i < paths->count; i++)
		mark(values, paths->entries[i].key, paths->entries[i].len,
		     exact);
}

void mentions_mark(const struct mentions *mentions, struct value *values)
{
	mark_all(&mentions->paths, values, false);
	mark_all(&mentions->quoted, values, true);
}

const char *mentions_near(const struct mentions *mentions,
			  const struct value *map, const char *prefix,
			  const char *key)
{
	struct arena *arena = mentions->arena;
	size_t len = strlen(prefix), i;
	VEC(const char *) names = { 0 };

	for (i = 0; i < mentions->paths.count; i++) {
		const char *path = mentions->paths.entries[i].key;
		size_t part;

		if (strncmp(path, prefix, len) != 0)
			continue;
		part = strcspn(path + len, ".");
		if (part && !value_getn(map, path + len, part))
			vec_push(arena, &names,
				 arena_strndup(arena, path + len, part));
	}
	vec_push(arena, &names, NULL);
	return edit_nearest_of(key, names.items);
}
