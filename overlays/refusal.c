#include "overlays/refusal.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_scalar.h"
#include "overlays/node.h"

struct search {
	struct arena *arena;
	const struct value *root;
	const struct value_entry *entry;
	uint32_t first; /* lines of the source */
	uint32_t second;
};

/* The line above where the same key stands at the same indent; 0: none. */
static uint32_t line_above(const struct source *source, uint32_t line,
			   uint32_t from, const char *start, size_t len)
{
	while (line-- > from) {
		size_t own;
		const char *text = source_line(source, line, &own);

		if (text && own > len && memcmp(text, start, len) == 0 &&
		    text[len] == ':')
			return line;
	}
	return 0;
}

static bool is_twice(struct search *search, const struct value *map,
		     const struct value_entry *entry)
{
	const struct source *source = entry->origin.source;
	struct line_column place;
	const char *text;
	size_t len, start;

	if (!source || source->map || !map->origin.source)
		return false;
	place = source_position(source, entry->origin.begin);
	text = source_line(source, place.line, &len);
	start = place.column - 1 + entry->origin.length;
	if (!text || start > len)
		return false;
	search->second = place.line;
	search->first = line_above(
		source, place.line,
		source_position(source, map->origin.begin).line, text, start);
	if (!search->first && map->style == VALUE_STYLE_FLOW)
		search->first = place.line;
	return search->first != 0;
}

static bool find(struct search *search, const struct value *node)
{
	const struct value_entry *entry;
	const struct value *item;

	list_foreach (item, node)
		if (find(search, item))
			return true;
	value_foreach (entry, node) {
		if ((node->flags & VALUE_FLAG_DUPLICATE) &&
		    is_twice(search, node, entry)) {
			search->entry = entry;
			return true;
		}
		if (find(search, entry->value))
			return true;
	}
	/* Written in two ways, so that the lines are not alike. */
	if (node && (node->flags & VALUE_FLAG_DUPLICATE))
		search->entry = value_entry_at(node, 0);
	return search->entry != NULL;
}

const struct value_entry *refusal_duplicate(struct arena *arena,
					    const struct value *root,
					    const char **native)
{
	struct search search = { .arena = arena, .root = root };
	const struct source *source = root->origin.source;
	uint32_t above;

	if (!find(&search, root))
		return NULL;
	above = source ? source_position(source, root->origin.begin).line - 1
		       : 0;
	*native = arena_printf(arena,
			       "map[string]interface {}(nil): yaml: unmarshal "
			       "errors:\n  line %u: mapping key \"%s\" already "
			       "defined at line %u",
			       (unsigned)(search.second - above),
			       search.entry->key,
			       (unsigned)(search.first - above));
	return search.entry;
}

static void put_quoted(struct str *out, const char *text)
{
	str_putc(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			str_putc(out, '\\');
		if (*text == '\n')
			str_puts(out, "\\n");
		else if (*text == '\t')
			str_puts(out, "\\t");
		else
			str_putc(out, *text);
	}
	str_putc(out, '"');
}

static bool has_odd_key(const struct value *map)
{
	const struct value_entry *entry;

	value_foreach (entry, map)
		if (entry->kind != VALUE_STRING)
			return true;
	return false;
}

static void dump(struct arena *arena, struct str *out,
		 const struct value *value, bool top)
{
	struct value_entry **sorted;
	const struct value *item;
	bool odd;
	size_t i;

	switch ((enum value_kind)value->kind) {
	case VALUE_MAP:
		odd = !top && has_odd_key(value);
		sorted = value_sorted(arena, value);
		str_printf(out, "map[%s]interface {}{",
			   odd ? "interface {}" : "string");
		for (i = 0; i < value_count(value); i++) {
			if (i)
				str_puts(out, ", ");
			if (odd && sorted[i]->kind != VALUE_STRING)
				str_puts(out, sorted[i]->key);
			else
				put_quoted(out, sorted[i]->key);
			str_putc(out, ':');
			dump(arena, out, sorted[i]->value, false);
		}
		str_putc(out, '}');
		return;
	case VALUE_LIST:
		str_puts(out, "[]interface {}{");
		list_foreach (item, value) {
			if (item_at)
				str_puts(out, ", ");
			dump(arena, out, item, false);
		}
		str_putc(out, '}');
		return;
	case VALUE_NULL:
		str_puts(out, "interface {}(nil)");
		return;
	case VALUE_STRING:
		put_quoted(out, value->string);
		return;
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
	case VALUE_BYTES:
	case VALUE_OPAQUE:
		break;
	}
	str_puts(out, node_text(arena, value));
}

const char *refusal_dump(struct arena *arena, const struct value *root)
{
	struct str out;

	str_init(&out, arena);
	dump(arena, &out, root, true);
	return str_text(&out);
}

const struct value *refusal_untrue(const struct value *node)
{
	const struct value *item, *found = NULL;
	const struct value_entry *entry;

	if (value_is_string(node))
		return yaml_tag_is_borne_out(node) ? NULL : node;
	list_foreach (item, node)
		if ((found = refusal_untrue(item)))
			return found;
	value_foreach (entry, node)
		if ((found = refusal_untrue(entry->value)))
			return found;
	return NULL;
}
