/*
 * Where nodes stand in what go-yaml v3 prints: with indents of two, lists that
 * are not indented, and keys sorted.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/yaml_order.h"
#include "model/yaml_scalar.h"
#include "model/yaml_text.h"
#include "overlays/json_view.h"
#include "overlays/node.h"
#include "overlays/node_place.h"
#include "overlays/node_places.h"
#include "overlays/resource.h"
#include "overlays/run.h"

enum {
	INDENT = 2
};

struct layout {
	struct overlay_run *run;
	struct node_places *places;
	uint32_t line;
	uint32_t column;
};

static void lay_node(struct layout *layout, struct value *node, size_t indent,
		     bool member);

/* The style in which a string is printed, and in which it is read again. */
static enum value_style printed_style(const struct yaml_text *text)
{
	enum value_style style = json_view_style(text->at, text->len);
	bool multiline;

	if (text->key && style == VALUE_STYLE_LITERAL)
		style = VALUE_STYLE_DOUBLE;
	return yaml_text_style(text, style, &multiline);
}

static uint32_t lines_in(const char *text, size_t len)
{
	uint32_t count = 0;
	size_t i;

	for (i = 0; i < len; i++)
		count += text[i] == '\n';
	return count + (len && text[len - 1] != '\n');
}

static void lay_scalar(struct layout *layout, struct value *node,
		       struct node_place *place)
{
	struct yaml_text text = { .v3 = true };
	struct value probe = { .kind = VALUE_NULL };

	text.at = node_text(layout->run->arena, node);
	text.len = value_is_string(node) ? node->len : strlen(text.at);
	place->spot = (struct spot){ layout->line, layout->column };
	place->style = VALUE_STYLE_PLAIN;
	place->tag = VALUE_TAG_STR;
	if (value_is_string(node))
		place->style = printed_style(&text);
	if (place->style == VALUE_STYLE_PLAIN) {
		yaml_resolve(YAML_KUSTOMIZE, text.at, text.len, &probe);
		place->tag = (enum value_tag)probe.tag;
	}
	if (place->style == VALUE_STYLE_LITERAL)
		layout->line += lines_in(text.at, text.len);
	layout->line++;
}

/* Leaves the layout where the value begins. */
static void lay_key(struct layout *layout, const struct value_entry *entry,
		    size_t indent, struct node_place *place)
{
	struct arena *arena = layout->run->arena;
	struct place_key *key = arena_zalloc(arena, sizeof(*key));
	const struct yaml_text text = {
		.at = entry->key, .len = entry->len, .key = true, .v3 = true
	};
	struct str shown;

	str_init(&shown, arena);
	key->content = entry->key;
	key->style = printed_style(&text);
	yaml_text_put(&shown, &text, key->style);
	key->spot.line = layout->line;
	key->spot.column = (uint32_t)indent + 1;
	layout->column = key->spot.column + 2 +
			 (uint32_t)utf8_count(str_text(&shown), shown.len);
	table_put(&place->keys, entry->key, entry->len, key);
}

/* The first line is begun: "- " or nothing stands before the first key. */
static void lay_map(struct layout *layout, const struct value *map,
		    size_t indent, struct node_place *place)
{
	struct value_entry **sorted =
		yaml_sort_keys(layout->run->arena, map, true);
	size_t count = value_count(map), i;

	table_init(&place->keys, layout->run->arena);
	for (i = 0; i < count; i++) {
		lay_key(layout, sorted[i], indent, place);
		lay_node(layout, sorted[i]->value, indent, true);
	}
}

static void lay_list(struct layout *layout, const struct value *list,
		     size_t indent)
{
	struct value *item;

	list_foreach (item, list) {
		layout->column = (uint32_t)indent + INDENT + 1;
		lay_node(layout, item, indent + INDENT, false);
	}
}

static void lay_collection(struct layout *layout, struct value *node,
			   size_t indent, bool member, struct node_place *place)
{
	bool map = node->kind == VALUE_MAP;

	place->tag = map ? VALUE_TAG_MAP : VALUE_TAG_SEQ;
	place->style = VALUE_STYLE_FLOW;
	place->spot = (struct spot){ layout->line, layout->column };
	if (!value_count(node)) {
		layout->line++;
		return;
	}
	place->style = VALUE_STYLE_BLOCK;
	if (member) {
		layout->line++;
		indent += map ? INDENT : 0;
	}
	place->spot = (struct spot){ layout->line, (uint32_t)indent + 1 };
	if (map)
		lay_map(layout, node, indent, place);
	else
		lay_list(layout, node, indent);
}

/* Behind a key (`member`), or where the line has come to the indent. */
static void lay_node(struct layout *layout, struct value *node, size_t indent,
		     bool member)
{
	struct node_place *place;

	node_place_own(layout->run->arena, node);
	place = node_place_new(layout->run, layout->places, node);
	place->printed = true;
	if (node_is_scalar(node))
		lay_scalar(layout, node, place);
	else
		lay_collection(layout, node, indent, member, place);
}

void node_places_printed(struct overlay_run *run, struct object *object)
{
	struct layout layout = { .run = run, .line = 1, .column = 1 };
	struct value *metadata = value_get(object->root, "metadata");
	struct value_entry *own = value_entry(metadata, "annotations", 11);
	struct value *kept = own ? own->value : NULL;

	if (!resource_of(object)->needs_hash)
		return;
	layout.places = node_places_of(run, object);
	table_init(&layout.places->nodes, run->arena);
	if (own)
		own->value = resource_annotations(run, object);
	lay_node(&layout, object->root, 0, false);
	if (own)
		own->value = kept;
}
