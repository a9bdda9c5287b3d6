#include "overlays/node_places.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_order.h"
#include "model/yaml_scalar.h"
#include "model/yaml_text.h"
#include "overlays/json_view.h"
#include "overlays/node.h"
#include "overlays/resource.h"
#include "overlays/run.h"

enum {
	INDENT = 2
};

struct spot {
	uint32_t line; /* 0: it stands nowhere */
	uint32_t column;
};

struct place_key {
	struct spot spot;
	enum value_style style;
};

/* Of one node, found by what is in it: a transformer puts something new. */
struct node_place {
	const void *content;
	struct spot spot;
	bool printed; /* anew, with this style and tag, and keys sorted */
	enum value_style style;
	enum value_tag tag;
	struct table keys; /* of a map, to struct place_key, in their order */
};

struct node_places {
	struct table nodes;       /* content to struct node_place */
	struct table annotations; /* in the order in which they were set */
	size_t before; /* metadata that was there when all were set */
};

static const void *content_of(const struct value *value)
{
	if (value->kind == VALUE_MAP)
		return value->map;
	if (value->kind == VALUE_LIST)
		return value->list;
	if (value->kind == VALUE_STRING)
		return value->string;
	return value->text ? (const void *)value->text : value;
}

/* Texts may be shared between nodes; after this one is not. */
static void make_own(struct arena *arena, struct value *value)
{
	if (value->kind == VALUE_STRING)
		value->string = arena_strndup(arena, value->string, value->len);
	else if (node_is_scalar(value) && value->text)
		value->text = arena_strndup(arena, value->text, value->len);
}

static struct node_place *new_place(struct overlay_run *run,
				    struct node_places *places,
				    const struct value *value)
{
	struct node_place *place = arena_zalloc(run->arena, sizeof(*place));

	place->content = content_of(value);
	table_put(&places->nodes, (const char *)&place->content,
		  sizeof(place->content), place);
	return place;
}

static const struct node_place *find(const struct node_places *places,
				     const struct value *value)
{
	const void *content = content_of(value);

	return table_get(&places->nodes, (const char *)&content,
			 sizeof(content));
}

static struct node_places *node_places_of(struct overlay_run *run,
					  const struct object *object)
{
	struct resource *resource = resource_of(object);

	if (!resource->places) {
		resource->places =
			arena_zalloc(run->arena, sizeof(*resource->places));
		table_init(&resource->places->nodes, run->arena);
		table_init(&resource->places->annotations, run->arena);
	}
	return resource->places;
}

/* Annotations. */

static int by_key(const void *a, const void *b)
{
	const struct value_entry *const *one = a, *const *two = b;

	return strcmp((*one)->key, (*two)->key);
}

enum setting {
	SET_ANEW,    /* with all others, sorted, quoted where it has to be */
	SET_BESIDE,  /* as the tree has it */
	SET_BY_NOTE, /* by kustomize itself, and always in quotes */
};

/* The quotes stay when another text is set later. */
static enum value_style annotation_style(struct overlay_run *run,
					 const struct value *value,
					 enum setting setting)
{
	struct value *probe = value_copy(run->arena, value);

	if (!value_is_string(value) || value->style > VALUE_STYLE_PLAIN ||
	    setting == SET_BESIDE)
		return (enum value_style)value->style;
	if (setting == SET_BY_NOTE)
		return VALUE_STYLE_SINGLE;
	if (memchr(value->string, '\n', value->len))
		return VALUE_STYLE_LITERAL;
	node_quote(run->arena, probe);
	return (enum value_style)probe->style;
}

/* Those that are not in the order yet. */
static void add_annotations(struct overlay_run *run, const struct value *map,
			    struct table *order, enum setting setting)
{
	size_t count = 0, i;
	const struct value_entry **added = arena_alloc(
		run->arena, (value_count(map) + 1) * sizeof(*added));
	const struct value_entry *entry;

	value_foreach (entry, map)
		if (!table_find(order, entry->key, entry->len))
			added[count++] = entry;
	if (setting == SET_ANEW && count)
		qsort(added, count, sizeof(*added), by_key);
	for (i = 0; i < count; i++) {
		enum value_style *style =
			arena_alloc(run->arena, sizeof(*style));

		*style = annotation_style(run, added[i]->value, setting);
		table_put(order, added[i]->key, added[i]->len, style);
	}
}

void node_places_annotated(struct overlay_run *run, const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");
	struct node_places *places;

	if (!resource_of(object)->needs_hash)
		return;
	places = node_places_of(run, object);
	table_init(&places->annotations, run->arena);
	add_annotations(run, resource_annotations(run, object),
			&places->annotations, SET_ANEW);
	places->before = value_count(metadata);
	if (value_entry(metadata, "annotations", 11))
		places->before--;
}

void node_places_noted(struct overlay_run *run, const struct object *object)
{
	struct node_places *places = resource_of(object)->places;

	if (!places)
		return;
	add_annotations(
		run,
		value_get(value_get(object->root, "metadata"), "annotations"),
		&places->annotations, SET_BESIDE);
	add_annotations(run, resource_annotations(run, object),
			&places->annotations, SET_BY_NOTE);
}

/*
 * The layout of go-yaml v3 with indents of two and lists that are not
 * indented, keys sorted.
 */
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

	make_own(layout->run->arena, node);
	place = new_place(layout->run, layout->places, node);
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

/* The nodes as encoding/json writes them. */
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
	if (place)
		node.spot = place->spot;
	if (place && place->printed) {
		node.style = style_of(place->style);
		node.tag = tag_name(place->tag);
	}
	begin_node(writer, &node);
	str_puts(writer->out, "null");
	end_node(writer, &node.spot);
}

static void put_key(struct writer *writer, const char *text, size_t len,
		    const struct place_key *key)
{
	struct node node = { .kind = KIND_SCALAR, .text = text, .len = len };

	if (key) {
		node.tag = "!!str";
		node.style = style_of(key->style);
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
	const struct value *value;
	struct value shown;
	bool first = true;
	size_t i;

	put_key(writer, "annotations", 11, NULL);
	begin_node(writer, &node);
	for (i = 0; i < order->count; i++) {
		value = value_getn(all, order->entries[i].key,
				   order->entries[i].len);
		if (!value)
			continue;
		str_putc(writer->out, first ? '[' : ',');
		first = false;
		put_key(writer, order->entries[i].key, order->entries[i].len,
			NULL);
		shown = *value;
		shown.style = *(enum value_style *)order->entries[i].value & 15;
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
		put_key(writer, order[i]->key, order[i]->len,
			place ? table_get(&place->keys, order[i]->key,
					  order[i]->len)
			      : NULL);
		put_node(writer, order[i]->value);
	}
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
	const struct node_place *place = find(writer->places, value);
	struct node node = {
		.kind = value->kind == VALUE_MAP ? KIND_MAP : KIND_LIST,
		.style = style_of((enum value_style)value->style),
	};

	if (node_is_scalar(value)) {
		put_scalar(writer, value, place);
		return;
	}
	if (place) {
		node.spot = place->spot;
		node.tag = yaml_tag_name((enum value_tag)value->tag);
	}
	if (place && place->printed) {
		node.style = style_of(place->style);
		node.tag = yaml_tag_name(place->tag);
	}
	begin_node(writer, &node);
	if (value->kind == VALUE_MAP)
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
