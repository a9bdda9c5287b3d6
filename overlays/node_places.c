#include "overlays/node_places.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/utf8.h"
#include "overlays/node.h"
#include "overlays/node_place.h"
#include "overlays/patch.h"
#include "overlays/resource.h"
#include "overlays/run.h"

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

void node_place_own(struct arena *arena, struct value *value)
{
	if (value->kind == VALUE_STRING)
		value->string = arena_strndup(arena, value->string, value->len);
	else if (node_is_scalar(value) && value->text)
		value->text = arena_strndup(arena, value->text, value->len);
}

struct node_place *node_place_new(struct overlay_run *run,
				  struct node_places *places,
				  const struct value *value)
{
	struct node_place *place = arena_zalloc(run->arena, sizeof(*place));

	place->content = content_of(value);
	table_put(&places->nodes, (const char *)&place->content,
		  sizeof(place->content), place);
	return place;
}

struct node_place *node_place_find(const struct node_places *places,
				   const struct value *value)
{
	const void *content = content_of(value);
	struct node_place *place = table_get(
		&places->nodes, (const char *)&content, sizeof(content));

	return place && !place->gone ? place : NULL;
}

/*
 * What a generator makes stands nowhere, but for the text it begins with: an
 * empty line, the version and the kind.
 */
static void place_base(struct overlay_run *run, struct node_places *places,
		       const struct value *root)
{
	static const char *const members[] = { "apiVersion", "kind" };
	struct node_place *whole = node_place_new(run, places, root), *place;
	size_t i;

	whole->spot = (struct spot){ 2, 1 };
	table_init(&whole->keys, run->arena);
	for (i = 0; i < ARRAY_COUNT(members); i++) {
		struct place_key *key = arena_zalloc(run->arena, sizeof(*key));
		struct value *member = value_get(root, members[i]);

		key->spot = (struct spot){ (uint32_t)i + 2, 1 };
		table_puts(&whole->keys, members[i], key);
		node_place_own(run->arena, member);
		place = node_place_new(run, places, member);
		place->spot = (struct spot){ (uint32_t)i + 2,
					     (uint32_t)strlen(members[i]) + 3 };
	}
}

struct node_places *node_places_of(struct overlay_run *run,
				   const struct object *object)
{
	struct resource *resource = resource_of(object);

	if (!resource->places) {
		resource->places =
			arena_zalloc(run->arena, sizeof(*resource->places));
		table_init(&resource->places->nodes, run->arena);
		table_init(&resource->places->lent, run->arena);
		table_init(&resource->places->annotations, run->arena);
		place_base(run, resource->places, object->root);
	}
	return resource->places;
}

/* Annotations. */

enum setting {
	SET_ANEW,     /* with all others, quoted where it has to be */
	SET_BESIDE,   /* as the tree has it */
	SET_BY_PATCH, /* the same, with the quotes of the key */
	SET_BY_NOTE,  /* by kustomize itself, and always in quotes */
};

struct place_key *node_place_lent(const struct node_places *places,
				  const struct value_entry *entry)
{
	return table_get(&places->lent, (const char *)&entry->key,
			 sizeof(entry->key));
}

/* The quotes stay when another text is set later. */
static enum value_style annotation_style(struct overlay_run *run,
					 const struct value *value,
					 enum setting setting)
{
	struct value *probe = value_copy(run->arena, value);

	if (!value_is_string(value) || setting == SET_BESIDE ||
	    setting == SET_BY_PATCH)
		return (enum value_style)value->style;
	probe->style = VALUE_STYLE_PLAIN;
	if (setting == SET_BY_NOTE)
		return VALUE_STYLE_SINGLE;
	if (memchr(value->string, '\n', value->len))
		return VALUE_STYLE_LITERAL;
	node_quote(run->arena, probe);
	return (enum value_style)probe->style;
}

/* Those that are not in the order yet. */
static void add_annotations(struct overlay_run *run, const struct value *map,
			    struct node_places *places, enum setting setting)
{
	struct table *order = &places->annotations;
	size_t count = 0, i;
	const struct value_entry **added = arena_alloc(
		run->arena, (value_count(map) + 1) * sizeof(*added));
	const struct value_entry *entry;

	value_foreach (entry, map)
		if (!table_find(order, entry->key, entry->len))
			added[count++] = entry;
	if ((setting == SET_ANEW || setting == SET_BY_PATCH) && count)
		qsort(added, count, sizeof(*added), value_compare_entries);
	for (i = 0; i < count; i++) {
		struct noted *noted = arena_zalloc(run->arena, sizeof(*noted));

		noted->style = annotation_style(run, added[i]->value, setting);
		/* It may come to stand elsewhere, too. */
		if (setting == SET_ANEW)
			added[i]->value->style = noted->style & 15;
		if (setting == SET_BY_PATCH)
			noted->key = node_place_lent(places, added[i]);
		table_put(order, added[i]->key, added[i]->len, noted);
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
	add_annotations(run, resource_annotations(run, object), places,
			SET_ANEW);
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
		places, SET_BESIDE);
	add_annotations(run, resource_annotations(run, object), places,
			SET_BY_NOTE);
}

/* Texts that patches were read from. */

static bool is_blank_line(const char *begin, const char *end)
{
	while (begin < end && strchr(" \t\r", *begin))
		begin++;
	return begin == end;
}

/*
 * A block scalar's place is that of its first line of text; go-yaml's is its
 * header, on the last line before that is not blank.
 */
static const char *header_of(const char *text, const char *at)
{
	const char *end = at, *begin, *mark;

	do {
		while (end > text && end[-1] != '\n')
			end--;
		if (end == text)
			return at;
		end--;
		for (begin = end; begin > text && begin[-1] != '\n';)
			begin--;
	} while (is_blank_line(begin, end));
	for (mark = end; mark > begin; mark--)
		if (mark[-1] == '|' || mark[-1] == '>')
			return mark - 1;
	return at;
}

VEC_TYPE(lines, uint32_t);

/* Where documents begin; the first needs no separator. */
static const struct lines *separators_of(struct overlay_run *run,
					 const struct source *source)
{
	struct lines *lines = table_get(&run->separators, (const char *)&source,
					sizeof(source));
	const char *at = source->text;

	if (lines)
		return lines;
	lines = arena_zalloc(run->arena, sizeof(*lines));
	while ((at = strstr(at, "\n---")))
		vec_push(
			run->arena, lines,
			source_position(source, (uint32_t)(++at - source->text))
				.line);
	table_put(&run->separators, (const char *)&source, sizeof(source),
		  lines);
	return lines;
}

/* Lines count from the separator of the document. */
static uint32_t line_in_document(const struct lines *separators, uint32_t line)
{
	size_t low = 0, high = separators->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (separators->items[middle] < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? line - separators->items[low - 1] : line;
}

/* Where texts have come to, so that a long line is counted once. */
struct reader {
	struct overlay_run *run;
	struct node_places *places;
	const struct source *source;
	const char *at;
	struct spot spot;
};

static uint32_t column_of(const struct reader *reader,
			  const struct source *source, const char *line,
			  const char *at)
{
	if (reader->source == source && reader->at >= line && reader->at <= at)
		return reader->spot.column +
		       (uint32_t)utf8_count(reader->at,
					    (size_t)(at - reader->at));
	return 1 + (uint32_t)utf8_count(line, (size_t)(at - line));
}

/* A tag that is written out stands before what it is of. */
static const char *tag_of(const char *text, const char *at)
{
	const char *tag = at;

	while (tag > text && strchr(" \t\r\n", tag[-1]))
		tag--;
	while (tag > text && !strchr(" \t\n[{,", tag[-1]))
		tag--;
	return *tag == '!' ? tag : at;
}

static struct spot spot_of(struct reader *reader, const struct origin *origin,
			   const struct value *value)
{
	const struct source *source = origin_source(origin);
	struct line_column place;
	const char *at;

	if (!source)
		return (struct spot){ 0 };
	at = source->text + origin->begin;
	if (value && (value->style == VALUE_STYLE_LITERAL ||
		      value->style == VALUE_STYLE_FOLDED))
		at = header_of(source->text, at);
	if (value && value->flags & VALUE_FLAG_EXPLICIT_TAG)
		at = tag_of(source->text, at);
	place = source_position(source, (uint32_t)(at - source->text));
	reader->spot.column =
		column_of(reader, source, at - (place.column - 1), at);
	reader->spot.line = line_in_document(separators_of(reader->run, source),
					     place.line);
	reader->source = source;
	reader->at = at;
	return reader->spot;
}

static enum value_style key_style(const struct origin *origin)
{
	char first = origin_source(origin)
			     ? origin_source(origin)->text[origin->begin]
			     : 0;

	if (first == '"')
		return VALUE_STYLE_DOUBLE;
	return first == '\'' ? VALUE_STYLE_SINGLE : VALUE_STYLE_PLAIN;
}

static struct place_key *lend_key(struct reader *reader,
				  struct value_entry *entry)
{
	struct arena *arena = reader->run->arena;
	struct place_key *key = arena_zalloc(arena, sizeof(*key));

	entry->key = arena_strndup(arena, entry->key, entry->len);
	key->content = entry->key;
	key->spot = spot_of(reader, &entry->origin, NULL);
	key->style = key_style(&entry->origin);
	table_put(&reader->places->lent, (const char *)&key->content,
		  sizeof(key->content), key);
	return key;
}

static void lend(struct reader *reader, struct value *copy,
		 const struct value *patch)
{
	struct arena *arena = reader->run->arena;
	struct value_entry *entry;
	struct node_place *place;
	struct value *item;

	node_place_own(arena, copy);
	place = node_place_new(reader->run, reader->places, copy);
	place->spot = spot_of(reader, &patch->origin, patch);
	if (node_is_scalar(copy) && copy->tag != VALUE_TAG_STR)
		place->tag = (enum value_tag)copy->tag;
	table_init(&place->keys, arena);
	list_foreach (item, copy)
		lend(reader, item, value_item(patch, item_at));
	value_foreach (entry, copy) {
		table_put(&place->keys, entry->key, entry->len,
			  lend_key(reader, entry));
		lend(reader, entry->value,
		     value_entry_at(patch, entry_at)->value);
	}
}

/* What is set anew in the patch itself comes from no text. */
static void take_back(struct node_places *places, const struct value *metadata,
		      const char *field)
{
	struct value_entry *own = value_entry(metadata, field, strlen(field));
	struct node_place *place =
		own ? node_place_find(places, own->value) : NULL;
	const struct value_entry *entry;

	if (!place)
		return;
	place->gone = true;
	own->value->style = VALUE_STYLE_BLOCK;
	node_place_lent(places, own)->style = VALUE_STYLE_PLAIN;
	value_foreach (entry, own->value)
		node_place_lent(places, entry)->style = VALUE_STYLE_PLAIN;
}

void node_places_lent(struct overlay_run *run, const struct object *object,
		      struct value *copy, const struct value *patch,
		      const struct patch_options *options)
{
	const struct value *metadata = value_get(copy, "metadata");
	struct node_places *places = resource_of(object)->places;
	struct reader reader = { .run = run, .places = places };

	if (!places)
		return;
	lend(&reader, copy, patch);
	if (options->strings)
		take_back(places, metadata, "labels");
	if (options->strings || options->name_change || options->kind_change)
		take_back(places, metadata, "annotations");
}

static void set_anew(struct overlay_run *run, struct value *map,
		     const char *key)
{
	struct value *member = value_get(map, key);

	if (!value_is_string(member))
		return;
	node_place_own(run->arena, member);
	member->tag = VALUE_TAG_NONE;
}

void node_places_merged(struct overlay_run *run, const struct object *object,
			const struct patch_options *options)
{
	struct node_places *places = resource_of(object)->places;
	struct value *metadata = value_get(object->root, "metadata");

	if (!places)
		return;
	if (options->strings || !options->kind_change)
		set_anew(run, object->root, "kind");
	if (options->strings || !options->name_change)
		set_anew(run, metadata, "name");
	set_anew(run, metadata, "namespace");
	add_annotations(run, resource_annotations(run, object), places,
			options->strings || options->name_change ||
					options->kind_change
				? SET_ANEW
				: SET_BY_PATCH);
}
