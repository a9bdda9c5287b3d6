/*
 * The nodes of an object as encoding/json writes those of go-yaml.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/json.h"
#include "model/yaml_scalar.h"
#include "overlays/node.h"
#include "overlays/node_place.h"
#include "overlays/node_places.h"
#include "overlays/resource.h"
#include "overlays/run.h"

struct writer {
	struct overlay_run *run;
	const struct node_places *places;
	const struct object *object;
	struct str *out;
};

struct node {
	int kind;
	int style;
	const char *tag;
	const char *text;
	size_t len;
	struct spot spot;
};

enum {
	KIND_LIST = 2,
	KIND_MAP = 4,
	KIND_SCALAR = 8,
};

static int style_of(enum value_style style)
{
	static const int styles[] = {
		[VALUE_STYLE_DOUBLE] = 2,  [VALUE_STYLE_SINGLE] = 4,
		[VALUE_STYLE_LITERAL] = 8, [VALUE_STYLE_FOLDED] = 16,
		[VALUE_STYLE_FLOW] = 32,
	};

	return styles[style];
}

static void begin_node(struct writer *writer, const struct node *node)
{
	str_printf(writer->out, "{\"Kind\":%d,\"Style\":%d,\"Tag\":\"%s\",",
		   node->kind, node->style, node->tag ? node->tag : "");
	str_puts(writer->out, "\"Value\":");
	json_write_string(writer->out, node->text, node->len, false);
	str_puts(writer->out, ",\"Anchor\":\"\",\"Alias\":null,\"Content\":");
}

static void end_node(struct writer *writer, const struct spot *spot)
{
	str_printf(writer->out,
		   ",\"HeadComment\":\"\",\"LineComment\":\"\","
		   "\"FootComment\":\"\",\"Line\":%u,\"Column\":%u}",
		   spot->line, spot->column);
}

static void put_node(struct writer *writer, const struct value *value);

static const char *tag_name(enum value_tag tag)
{
	return tag == VALUE_TAG_NONE ? "" : yaml_tag_name(tag);
}

/* Of a node that was read, and of a boolean that a generator made. */
static enum value_tag read_tag(const struct value *value,
			       const struct node *node)
{
	struct value probe = { .kind = VALUE_NULL };

	if (value->style > VALUE_STYLE_PLAIN)
		return VALUE_TAG_STR;
	yaml_resolve(YAML_KUSTOMIZE, node->text, node->len, &probe);
	return (enum value_tag)probe.tag;
}

static void put_scalar(struct writer *writer, const struct value *value,
		       const struct node_place *place)
{
	const char *text = node_text(writer->run->arena, value);
	struct node node = {
		.kind = KIND_SCALAR,
		.style = style_of((enum value_style)value->style),
		.tag = tag_name((enum value_tag)value->tag),
		.text = text,
		.len = value_is_string(value) ? value->len : strlen(text),
	};

	if (value->flags & VALUE_FLAG_EXPLICIT_TAG)
		node.style |= 1;
	if (value->tag == VALUE_TAG_NONE && (place || !value_is_string(value)))
		node.tag = tag_name(read_tag(value, &node));
	if (place)
		node.spot = place->spot;
	/* A quoted text has made it a string, but not changed its tag. */
	if (place && value_is_string(value) && place->tag)
		node.tag = tag_name(place->tag);
	if (place && place->printed) {
		node.style = style_of(place->style);
		node.tag = tag_name(place->tag);
	}
	begin_node(writer, &node);
	str_puts(writer->out, "null");
	end_node(writer, &node.spot);
}

/* `stays`: in the map that it was read in. */
static void put_key(struct writer *writer, const char *text, size_t len,
		    const struct place_key *key, bool stays)
{
	struct node node = { .kind = KIND_SCALAR, .text = text, .len = len };

	if (key)
		node.style = style_of(key->style);
	if (stays) {
		node.tag = "!!str";
		node.spot = key->spot;
	}
	begin_node(writer, &node);
	str_puts(writer->out, "null");
	end_node(writer, &node.spot);
	str_putc(writer->out, ',');
}

static void put_annotations(struct writer *writer)
{
	const struct value *all =
		resource_annotations(writer->run, writer->object);
	const struct table *order = &writer->places->annotations;
	const struct node node = { .kind = KIND_MAP };
	const struct noted *noted;
	const struct value *value;
	struct value shown;
	bool first = true;
	size_t i;

	put_key(writer, "annotations", 11, NULL, false);
	begin_node(writer, &node);
	for (i = 0; i < order->count; i++) {
		noted = order->entries[i].value;
		value = value_getn(all, order->entries[i].key,
				   order->entries[i].len);
		if (!value)
			continue;
		str_putc(writer->out, first ? '[' : ',');
		first = false;
		put_key(writer, order->entries[i].key, order->entries[i].len,
			noted->key, false);
		shown = *value;
		shown.style = noted->style & 15;
		put_node(writer, &shown);
	}
	str_puts(writer->out, first ? "null" : "]");
	end_node(writer, &node.spot);
}

/* The entries in kustomize's order; the annotations of an object apart. */
static size_t order_of(struct writer *writer, const struct value *map,
		       const struct node_place *place,
		       const struct value_entry **order)
{
	const struct table *keys =
		place && place->printed ? &place->keys : NULL;
	bool metadata = map == value_get(writer->object->root, "metadata");
	const struct value_entry *entry;
	size_t count = 0, i;

	for (i = 0; keys && i < keys->count; i++) {
		entry = value_entry(map, keys->entries[i].key,
				    keys->entries[i].len);
		if (entry)
			order[count++] = entry;
	}
	value_foreach (entry, map)
		if (!keys || !table_find(keys, entry->key, entry->len))
			order[count++] = entry;
	for (i = 0; metadata && i < count; i++)
		if (strcmp(order[i]->key, "annotations") == 0) {
			count--;
			memmove(order + i, order + i + 1,
				(count - i) * sizeof(*order));
		}
	return count;
}

static void put_entry_key(struct writer *writer,
			  const struct value_entry *entry,
			  const struct node_place *place)
{
	const struct place_key *key =
		place ? table_get(&place->keys, entry->key, entry->len) : NULL;

	/* It was taken out, and another one has come. */
	if (key && key->content && key->content != entry->key)
		key = NULL;
	put_key(writer, entry->key, entry->len,
		key ? key : node_place_lent(writer->places, entry),
		key != NULL);
}

/* What was taken out of a map leaves an empty slice, which is not nil. */
static bool was_emptied(const struct value *map, const struct node_place *place)
{
	return !value_count(map) && map->map->room &&
	       (!place || !place->printed || place->keys.count);
}

static void put_map(struct writer *writer, const struct value *map,
		    const struct node_place *place)
{
	const struct value_entry **order = arena_alloc(
		writer->run->arena, (value_count(map) + 1) * sizeof(*order));
	size_t count = order_of(writer, map, place, order), before = SIZE_MAX;
	size_t i;

	if (map == value_get(writer->object->root, "metadata"))
		before = writer->places->before < count ? writer->places->before
							: count;
	for (i = 0; i < count || i == before; i++) {
		str_putc(writer->out, i ? ',' : '[');
		if (i == before) {
			put_annotations(writer);
			before = SIZE_MAX;
			if (i == count)
				break;
			str_putc(writer->out, ',');
		}
		put_entry_key(writer, order[i], place);
		put_node(writer, order[i]->value);
	}
	if (!i && was_emptied(map, place))
		str_puts(writer->out, "[]");
	else
		str_puts(writer->out, i ? "]" : "null");
}

static void put_list(struct writer *writer, const struct value *list)
{
	const struct value *item;

	list_foreach (item, list) {
		str_putc(writer->out, item_at ? ',' : '[');
		put_node(writer, item);
	}
	str_puts(writer->out, value_count(list) ? "]" : "null");
}

static void put_node(struct writer *writer, const struct value *value)
{
	const struct node_place *place = node_place_find(writer->places, value);
	bool map = value->kind == VALUE_MAP;
	struct node node = {
		.kind = map ? KIND_MAP : KIND_LIST,
		.style = style_of((enum value_style)value->style),
	};

	if (node_is_scalar(value)) {
		put_scalar(writer, value, place);
		return;
	}
	if (place) {
		node.spot = place->spot;
		node.tag = map ? "!!map" : "!!seq";
	} else if (!map && value->tag == VALUE_TAG_NONE) {
		node.style = 0;
	}
	if (place && place->printed)
		node.style = style_of(place->style);
	if (value->flags & VALUE_FLAG_EXPLICIT_TAG) {
		node.style |= 1;
		node.tag = tag_name((enum value_tag)value->tag);
	}
	begin_node(writer, &node);
	if (map)
		put_map(writer, value, place);
	else
		put_list(writer, value);
	end_node(writer, &node.spot);
}

void node_places_write(struct overlay_run *run, const struct object *object,
		       struct str *out)
{
	struct writer writer = { run, node_places_of(run, object), object,
				 out };

	node_places_noted(run, object);
	put_node(&writer, object->root);
}
