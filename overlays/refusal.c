#include "overlays/refusal.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_scalar.h"
#include "model/yaml_text.h"
#include "overlays/node.h"
#include "overlays/structured_print.h"

struct search {
	const struct value_entry *first;
	const struct value_entry *second;
	uint32_t lines[2]; /* of both, as the object is printed */
};

static uint32_t line_of(const struct origin *at)
{
	return origin_source(at)
		       ? source_position(origin_source(at), at->begin).line
		       : 1;
}

/* What was put in from elsewhere begins below its key. */
static uint32_t shift_below(const struct value *map,
			    const struct value_entry *entry, uint32_t shift)
{
	const struct value *value = entry->value;

	if (origin_source(&value->origin) == origin_source(&map->origin) &&
	    value->origin.begin > entry->origin.begin)
		return shift;
	return line_of(&entry->origin) + shift + 1 - line_of(&value->origin);
}

/* `shift`: from lines of the source to those of the object. */
static bool find(struct search *search, const struct value *node,
		 uint32_t shift)
{
	const struct value_entry *entry;
	const struct value *item;

	list_foreach (item, node)
		if (find(search, item, shift))
			return true;
	value_foreach (entry, node) {
		if (node->flags & VALUE_FLAG_DUPLICATE)
			search->first =
				value_entry(node, entry->key, entry->len);
		if (search->first && search->first != entry) {
			search->second = entry;
			search->lines[0] = line_of(&search->first->origin);
			search->lines[1] = line_of(&entry->origin);
			search->lines[0] += shift;
			search->lines[1] += shift;
			return true;
		}
		search->first = NULL;
		if (find(search, entry->value, shift_below(node, entry, shift)))
			return true;
	}
	return false;
}

bool refusal_has_twins(const struct value *node)
{
	const struct value_entry *entry;
	const struct value *item;

	if (value_is_map(node) && node->flags & VALUE_FLAG_DUPLICATE)
		return true;
	list_foreach (item, node)
		if (refusal_has_twins(item))
			return true;
	value_foreach (entry, node)
		if (refusal_has_twins(entry->value))
			return true;
	return false;
}

const struct value_entry *refusal_duplicate(struct arena *arena,
					    const struct value *root,
					    const char **native)
{
	struct search search = { .first = NULL };

	if (!refusal_has_twins(root) ||
	    !find(&search, root, 1 - line_of(&root->origin)))
		return NULL;
	*native = arena_printf(arena,
			       "map[string]interface {}(nil): yaml: unmarshal "
			       "errors:\n  line %u: mapping key \"%s\" already "
			       "defined at line %u",
			       (unsigned)search.lines[1], search.second->key,
			       (unsigned)search.lines[0]);
	return search.second;
}

static const struct value *find_lost(const struct value *node)
{
	const struct value *item, *found = NULL;
	const struct value_entry *entry;

	if (value_is_string(node))
		return yaml_text_is_lost(node->string, node->len,
					 (enum value_style)node->style)
			       ? node
			       : NULL;
	list_foreach (item, node)
		if ((found = find_lost(item)))
			return found;
	value_foreach (entry, node)
		if ((found = find_lost(entry->value)))
			return found;
	return NULL;
}

/* The line in front of the first that has a tab behind its indentation. */
static unsigned line_before_tab(const char *text)
{
	unsigned line = 1;

	for (; (text = strchr(text, '\n')); line++) {
		text++;
		if (text[strspn(text, " ")] == '\t')
			break;
	}
	return line;
}

const struct value *refusal_lost(struct arena *arena, const struct value *root,
				 const char **native)
{
	const struct value *lost = find_lost(root);
	unsigned line;

	if (!lost)
		return NULL;
	line = line_before_tab(structured_text(arena, root));
	/* Where the block begins; in the first line, where the tab is. */
	*native = arena_printf(arena,
			       "yaml: line %u: found a tab character where an "
			       "indentation space is expected",
			       line == 1 ? 2 : line);
	return lost;
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
		 const struct value *value, bool top);

/* Go sorts keys of several types by the type first. */
static size_t type_rank(const struct value_entry *entry)
{
	if (entry->kind == VALUE_NULL)
		return 0;
	if (entry->kind == VALUE_STRING)
		return 1;
	return entry->kind == VALUE_BOOL ? 3 : 2;
}

static void dump_map(struct arena *arena, struct str *out,
		     const struct value *map, bool top)
{
	struct value_entry **sorted = value_sorted(arena, map);
	bool odd = !top && has_odd_key(map), string;
	size_t i, count = value_count(map), done = 0;

	str_printf(out, "map[%s]interface {}{",
		   odd ? "interface {}" : "string");
	for (i = 0; i < (odd ? 4 : 1) * count; i++) {
		const struct value_entry *entry = sorted[i % count];

		string = entry->kind == VALUE_STRING;
		if (odd && type_rank(entry) != i / count)
			continue;
		if (done++)
			str_puts(out, ", ");
		if (entry->kind == VALUE_NULL && odd)
			str_puts(out, "interface {}(nil)");
		else if (odd && !string)
			str_puts(out, entry->key);
		else
			put_quoted(out, entry->key);
		str_putc(out, ':');
		dump(arena, out, entry->value, false);
	}
	str_putc(out, '}');
}

static void dump(struct arena *arena, struct str *out,
		 const struct value *value, bool top)
{
	const struct value *item;

	switch ((enum value_kind)value->kind) {
	case VALUE_MAP:
		dump_map(arena, out, value, top);
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
