#include "model/yaml_read.h"

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/fact.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/source.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"
#include "model/yaml_events.h"
#include "model/yaml_key.h"
#include "model/yaml_utf16.h"

enum {
	CACHED = 512,
	CACHED_MAX = 40,
	FIRST_BLOCK = 1024,
	LARGEST_BLOCK = 8192,
	ROOMS = 12, /* levels of nesting that have a room to grow in */
	ROOM = 8,
	ENTRY_KEY_MAX = (1 << 24) - 1
};

/* Keys repeat, and so do many scalars: a small cache spares their copies. */
struct yaml_texts {
	struct arena *arena;
	char *room; /* for short texts */
	size_t left;
	size_t block;
	const char *cached[CACHED];
	uint8_t lens[CACHED];
};

struct anchor {
	const struct value *value; /* NULL while it is being read */
	uint64_t nodes;
};

struct reader {
	struct arena *arena;
	const struct source *source;
	const struct yaml_options *options;
	struct limits limits;
	struct yaml_problem *problem;
	struct yaml_events *events;
	struct yaml_event event;
	struct table anchors;
	uint64_t depth;
	uint64_t flow;
	uint64_t nodes;   /* decoded, aliases expanded */
	uint64_t aliased; /* of these, the expanded ones */
	/*
	 * A fault of the content, not of the syntax.  go-yaml decodes after
	 * parsing, so that a later fault of syntax is reported instead.
	 */
	bool content_fault;
	struct yaml_texts *texts;
	/* Where maps grow: few have more, and those have room of their own. */
	struct value_entry (*rooms)[ROOM];
};

static struct value *read_node(struct reader *reader);

/* Sticks to the first fault of content; syntax overrides it. */
static void content_fault(struct reader *reader, uint32_t at, const char *text)
{
	if (reader->content_fault)
		return;
	reader->content_fault = true;
	*reader->problem = (struct yaml_problem){ .offset = at, .text = text };
}

static bool stop(struct reader *reader, uint32_t at, const char *text)
{
	*reader->problem = (struct yaml_problem){ .offset = at, .text = text };
	return false;
}

static bool stop_at_limit(struct reader *reader, uint32_t at, const char *text)
{
	stop(reader, at, text);
	reader->problem->limit = true;
	return false;
}

static bool next_event(struct reader *reader)
{
	return yaml_events_next(reader->events, &reader->event,
				reader->problem);
}

struct yaml_texts *yaml_texts_new(struct arena *arena)
{
	struct yaml_texts *texts = arena_zalloc(arena, sizeof(*texts));

	texts->arena = arena;
	texts->block = FIRST_BLOCK;
	return texts;
}

/* Texts need no alignment, so they share blocks. */
static const char *keep_text(struct yaml_texts *texts, const char *text,
			     size_t len)
{
	char *kept;

	if (len >= texts->block / 4)
		return arena_strndup(texts->arena, text, len);
	if (texts->left <= len) {
		texts->left = texts->block;
		texts->room = arena_alloc(texts->arena, texts->left);
		if (texts->block < LARGEST_BLOCK)
			texts->block *= 2;
	}
	kept = texts->room;
	memcpy(kept, text, len);
	kept[len] = '\0';
	texts->room += len + 1;
	texts->left -= len + 1;
	return kept;
}

static const char *keep_once(struct yaml_texts *texts, const char *text,
			     size_t len)
{
	uint32_t slot;

	if (len == 0 || len > CACHED_MAX)
		return keep_text(texts, text, len);
	slot = ((uint32_t)len * 131 + (uint8_t)text[0] * 31 +
		(uint8_t)text[len / 2] * 7 + (uint8_t)text[len - 1]) %
	       CACHED;
	if (texts->lens[slot] == len &&
	    memcmp(texts->cached[slot], text, len) == 0)
		return texts->cached[slot];
	texts->cached[slot] = keep_text(texts, text, len);
	texts->lens[slot] = (uint8_t)len;
	return texts->cached[slot];
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Behind anchor and tag: libyaml's mark stands before them. */
static uint32_t skip_properties(const struct reader *reader, uint32_t at,
				uint32_t end)
{
	const char *text = reader->source->text;

	for (;;) {
		while (at < end && is_blank(text[at]))
			at++;
		if (at < end && text[at] == '#') {
			while (at < end && text[at] != '\n')
				at++;
			continue;
		}
		if (at >= end || (text[at] != '&' && text[at] != '!'))
			return at;
		while (at < end && !is_blank(text[at]))
			at++;
	}
}

/*
 * As origin_at(), into a node that is all zeros.  To hand over a struct whose
 * parts were just written stops a processor longer than anything else here.
 */
static void put_origin(const struct reader *reader, struct origin *origin,
		       uint32_t begin, uint32_t end)
{
	uint32_t length = end > begin ? end - begin : 0;

	origin->from = reader->source;
	origin->begin = begin;
	origin->length =
		length < ORIGIN_LENGTH_MAX ? length : ORIGIN_LENGTH_MAX;
}

/* The lines of a block scalar, without header, blank lines and line end. */
static void put_block_origin(const struct reader *reader, struct origin *origin,
			     uint32_t begin, uint32_t end)
{
	const char *text = reader->source->text;
	uint32_t at = begin;

	while (at < end && text[at] != '\n')
		at++;
	while (at < end && is_blank(text[at]))
		at++;
	if (at == end) {
		put_origin(reader, origin, begin, begin + 1);
		return;
	}
	while (end > at && is_blank(text[end - 1]))
		end--;
	put_origin(reader, origin, at, end);
}

static void put_scalar_origin(const struct reader *reader,
			      struct origin *origin)
{
	const struct yaml_event *event = &reader->event;
	uint32_t begin = event->begin;

	if (event->anchor || event->tag || reader->source->text[begin] == '!')
		begin = skip_properties(reader, begin, event->end);
	if (event->style == VALUE_STYLE_LITERAL ||
	    event->style == VALUE_STYLE_FOLDED)
		put_block_origin(reader, origin, begin, event->end);
	else
		put_origin(reader, origin, begin, event->end);
}

static enum value_tag tag_of(const char *tag)
{
	static const struct {
		const char *name;
		enum value_tag tag;
	} tags[] = {
		{ "null", VALUE_TAG_NULL },
		{ "bool", VALUE_TAG_BOOL },
		{ "int", VALUE_TAG_INT },
		{ "float", VALUE_TAG_FLOAT },
		{ "str", VALUE_TAG_STR },
		{ "binary", VALUE_TAG_BINARY },
		{ "merge", VALUE_TAG_MERGE },
		{ "seq", VALUE_TAG_SEQ },
		{ "map", VALUE_TAG_MAP },
		{ "timestamp", VALUE_TAG_TIMESTAMP },
	};
	static const char prefix[] = "tag:yaml.org,2002:";
	const char *name = tag;

	if (strncmp(name, prefix, sizeof(prefix) - 1) != 0)
		return VALUE_TAG_CUSTOM;
	name += sizeof(prefix) - 1;
	for (size_t i = 0; i < ARRAY_COUNT(tags); i++)
		if (strcmp(name, tags[i].name) == 0)
			return tags[i].tag;
	return VALUE_TAG_CUSTOM;
}

/*
 * A whole number written with !!float.  To Kustomize one above those with a
 * sign is none.
 */
static void widen(const struct reader *reader, struct value *value)
{
	if (value->kind == VALUE_INT)
		value->real = (double)value->integer;
	else if (reader->options->dialect == YAML_KUSTOMIZE)
		return;
	else
		value->real = (double)value->natural;
	value->kind = VALUE_FLOAT;
	value->tag = VALUE_TAG_FLOAT;
}

static void resolve_binary(struct reader *reader, struct value *value,
			   const char *text, size_t len)
{
	struct str bytes;
	size_t at;

	str_init(&bytes, reader->arena);
	value->kind = VALUE_STRING;
	value->tag = VALUE_TAG_BINARY;
	if (!base64_decode(&bytes, text, len, &at))
		content_fault(reader, value->origin.begin,
			      "!!binary value contains invalid base64 data");
	value->len = (uint32_t)bytes.len;
	value->string = str_text(&bytes);
}

/*
 * A scalar with a tag written out.  go-yaml resolves the text as if it were
 * plain, whatever its style, and demands that this gives the tag.
 */
static void resolve_tagged(struct reader *reader, struct value *value,
			   const char *text, size_t len)
{
	enum value_tag tag = tag_of(reader->event.tag);

	value->flags |= VALUE_FLAG_EXPLICIT_TAG;
	value->kind = VALUE_STRING;
	switch (tag) {
	case VALUE_TAG_BINARY:
		/* Kustomize keeps the text and decodes it when it prints. */
		if (reader->options->dialect != YAML_KUSTOMIZE) {
			resolve_binary(reader, value, text, len);
			return;
		}
		break;
	case VALUE_TAG_NULL:
	case VALUE_TAG_BOOL:
	case VALUE_TAG_INT:
	case VALUE_TAG_FLOAT:
	case VALUE_TAG_TIMESTAMP:
		yaml_resolve(reader->options->dialect, text, len, value);
		if (tag == VALUE_TAG_FLOAT && value->tag == VALUE_TAG_INT)
			widen(reader, value);
		if (value->tag == tag)
			return;
		/*
		 * Version 2 has no merge tag of its own, and looks for dates
		 * only where no other tag is.
		 */
		if (value->tag == VALUE_TAG_MERGE ||
		    value->tag == VALUE_TAG_TIMESTAMP)
			value->tag = VALUE_TAG_STR;
		/* Kustomize finds out when it prints. */
		if (reader->options->dialect != YAML_KUSTOMIZE)
			content_fault(reader, value->origin.begin,
				      arena_printf(reader->arena,
						   "cannot decode %s `%s` as "
						   "a %s",
						   yaml_tag_name(value->tag),
						   text, yaml_tag_name(tag)));
		break;
	case VALUE_TAG_NONE:
	case VALUE_TAG_STR:
	case VALUE_TAG_MERGE:
	case VALUE_TAG_SEQ:
	case VALUE_TAG_MAP:
	case VALUE_TAG_CUSTOM:
		break;
	}
	/* What was resolved to something else left its number behind. */
	value->string = NULL;
	value->kind = VALUE_STRING;
	value->tag = tag;
}

/*
 * Kustomize prints flow collections to text and reads them again on the way,
 * with two visible effects: an absent value becomes "" there (the style says
 * so, its printer does it), and a time of day keeps its text.
 */
static void resolve_plain(struct reader *reader, struct value *value,
			  const char *text, size_t len)
{
	yaml_resolve(reader->options->dialect, text, len, value);
	if (!reader->flow || reader->options->dialect != YAML_KUSTOMIZE)
		return;
	if (len == 0)
		value->style = VALUE_STYLE_FLOW;
	else if (value->tag == VALUE_TAG_TIMESTAMP && memchr(text, ':', len)) {
		value->tag = VALUE_TAG_STR;
		value->flags |= VALUE_FLAG_TAG_OF_TEXT;
	}
}

/* Fill in what a scalar event means; the text is not kept yet. */
static void resolve_scalar(struct reader *reader, struct value *value)
{
	const struct yaml_event *event = &reader->event;

	put_scalar_origin(reader, &value->origin);
	value->style = event->style & 15;
	if (event->tag)
		resolve_tagged(reader, value, event->text, event->len);
	else if (event->plain || (event->style == VALUE_STYLE_PLAIN &&
				  reader->options->dialect == YAML_KUSTOMIZE))
		/* "! 12" is a string in Helm, a number in Kustomize. */
		resolve_plain(reader, value, event->text, event->len);
	else {
		value->kind = VALUE_STRING;
		value->tag = VALUE_TAG_STR;
	}
}

static struct value *read_scalar(struct reader *reader)
{
	const struct yaml_event *event = &reader->event;
	struct value *value = arena_zalloc(reader->arena, sizeof(*value));
	const char *text;

	resolve_scalar(reader, value);
	if (value->kind == VALUE_STRING && value->string)
		return value;
	text = keep_once(reader->texts, event->text, event->len);
	value->len = (uint32_t)event->len;
	if (value->kind == VALUE_STRING)
		value->string = text;
	else
		value->text = text;
	return value;
}

static bool enter(struct reader *reader, bool flow)
{
	reader->flow += flow;
	if (++reader->depth <= reader->limits.tree_depth)
		return true;
	return stop_at_limit(
		reader, reader->event.begin,
		arena_printf(reader->arena,
			     "the document is nested more than %llu deep "
			     "(--limit tree-depth)",
			     (unsigned long long)reader->limits.tree_depth));
}

static void leave(struct reader *reader, bool flow)
{
	reader->flow -= flow;
	reader->depth--;
}

static void name_anchor(struct reader *reader, const char *name,
			struct anchor **anchor)
{
	if (!name)
		return;
	*anchor = arena_zalloc(reader->arena, sizeof(**anchor));
	(*anchor)->nodes = reader->nodes;
	table_put(&reader->anchors, name, strlen(name), *anchor);
}

static void finish_anchor(const struct reader *reader, struct anchor *anchor,
			  const struct value *value)
{
	if (!anchor)
		return;
	anchor->value = value;
	anchor->nodes = reader->nodes - anchor->nodes;
}

static const char *anchor_name(struct reader *reader)
{
	const char *name = reader->event.anchor;

	return name ? arena_strdup(reader->arena, name) : NULL;
}

/*
 * The ratio of go-yaml: the more nodes there are, the fewer of them may come
 * from aliases.  Its verdict is visible, so the same numbers are used until
 * somebody raises the limit of aliases.
 */
static bool too_many_aliases(const struct reader *reader)
{
	const double low = 400000, high = 4000000;
	double nodes = (double)reader->nodes;
	double allowed = 0.99;

	if (reader->aliased <= 100 || reader->nodes <= 1000 ||
	    reader->limits.aliases > limits_default().aliases)
		return false;
	if (nodes >= high)
		allowed = 0.10;
	else if (nodes > low)
		allowed = 0.99 - 0.89 * (nodes - low) / (high - low);
	return (double)reader->aliased / nodes > allowed;
}

static struct value *read_alias(struct reader *reader)
{
	const char *name = reader->event.text;
	uint32_t begin = reader->event.begin;
	struct origin at = origin_at(reader->source, begin, reader->event.end);
	const struct anchor *anchor =
		table_get(&reader->anchors, name, reader->event.len);
	struct value *copy;

	if (!anchor) {
		const char *text = arena_printf(
			reader->arena, "unknown anchor '%s' referenced", name);

		if (yaml_events_confirm(reader->events, reader->problem))
			stop(reader, begin, text);
		return NULL;
	}
	if (!anchor->value && reader->options->nodes)
		return value_new(reader->arena, VALUE_NULL, &at);
	if (!anchor->value) {
		content_fault(reader, begin,
			      arena_printf(reader->arena,
					   "anchor '%s' value contains itself",
					   name));
		return value_new(reader->arena, VALUE_NULL, &at);
	}
	reader->nodes += anchor->nodes;
	reader->aliased += anchor->nodes;
	if (too_many_aliases(reader)) {
		content_fault(reader, begin,
			      "document contains excessive aliasing");
		return value_new(reader->arena, VALUE_NULL, &at);
	}
	if (reader->aliased > reader->limits.aliases) {
		stop_at_limit(
			reader, begin,
			arena_printf(
				reader->arena,
				"aliases stand for more than %llu nodes "
				"(--limit aliases)",
				(unsigned long long)reader->limits.aliases));
		return NULL;
	}
	copy = value_copy_deep(reader->arena, anchor->value);
	copy->origin = origin_after(reader->arena, &at, ORIGIN_TOOK,
				    &anchor->value->origin);
	return copy;
}

static struct value *new_collection(struct reader *reader, enum value_kind kind)
{
	const struct yaml_event *event = &reader->event;
	bool flow = event->style == VALUE_STYLE_FLOW;
	uint32_t begin = event->begin;
	struct value *value;

	if (event->tag || event->anchor)
		begin = skip_properties(reader, begin, reader->source->len);
	value = value_new(reader->arena, kind, NULL);
	put_origin(reader, &value->origin, begin, begin);
	if (kind == VALUE_LIST) {
		value->list = arena_zalloc(reader->arena, sizeof(*value->list));
		value->tag = VALUE_TAG_SEQ;
	} else {
		value->map = arena_zalloc(reader->arena, sizeof(*value->map));
		value->tag = VALUE_TAG_MAP;
	}
	value->style = flow ? VALUE_STYLE_FLOW : VALUE_STYLE_BLOCK;
	if (event->tag) {
		value->tag = tag_of(event->tag) & 15;
		value->flags |= VALUE_FLAG_EXPLICIT_TAG;
	}
	return value;
}

/* The end of a block collection is that of its last child. */
static void set_end(struct reader *reader, struct value *value,
		    uint32_t child_end)
{
	uint32_t end = child_end;
	uint32_t length;

	if (value->style == VALUE_STYLE_FLOW)
		end = reader->event.end;
	if (end < value->origin.begin)
		return;
	length = end - value->origin.begin;
	value->origin.length =
		length < ORIGIN_LENGTH_MAX ? length : ORIGIN_LENGTH_MAX;
}

/* Where a child ends in the text that is read, not where it was taken from. */
static uint32_t end_of(const struct value *value)
{
	return value->origin.begin + value->origin.length;
}

static struct value *read_list(struct reader *reader)
{
	bool flow = reader->event.style == VALUE_STYLE_FLOW;
	const char *name = anchor_name(reader);
	struct value *list = new_collection(reader, VALUE_LIST);
	uint32_t end = list->origin.begin;
	struct anchor *anchor = NULL;

	if (!enter(reader, flow))
		return NULL;
	name_anchor(reader, name, &anchor);
	reader->nodes++;
	for (;;) {
		struct value *item;

		if (!next_event(reader))
			return NULL;
		if (reader->event.kind == YAML_EVENT_CLOSE)
			break;
		item = read_node(reader);
		if (!item)
			return NULL;
		end = end_of(item);
		value_append(reader->arena, list, item);
	}
	set_end(reader, list, end);
	finish_anchor(reader, anchor, list);
	leave(reader, flow);
	return list;
}

struct key {
	const char *text;
	size_t len;
	enum value_kind kind;
	bool merge;
	struct origin origin;
};

/* What a key of a map stands for, as text; see yaml_key_text(). */
static void name_key(struct reader *reader, struct key *key,
		     const struct value *value, const char *text, size_t len)
{
	char room[YAML_KEY_ROOM];

	key->kind = value->kind;
	/* To kustomize a date is no string, and so no key below the top. */
	if (value->tag == VALUE_TAG_TIMESTAMP &&
	    reader->options->dialect == YAML_KUSTOMIZE)
		key->kind = VALUE_OPAQUE;
	key->origin = value->origin;
	if (value->kind != VALUE_STRING &&
	    reader->options->dialect == YAML_HELM) {
		len = yaml_key_text(value, room);
		text = room;
	} else if (value->tag == VALUE_TAG_BINARY &&
		   reader->options->json_numbers) {
		struct text json = yaml_json_text(reader->arena, text, len);

		text = json.at;
		len = json.len;
	}
	key->text = keep_once(reader->texts, text, len);
	key->len = len;
}

static bool read_scalar_key(struct reader *reader, struct key *key)
{
	const struct yaml_event *event = &reader->event;
	const char *text = event->text;
	size_t len = event->len;
	struct value value = { .kind = VALUE_NULL };

	if (len > ENTRY_KEY_MAX)
		return stop_at_limit(reader, event->begin,
				     "a key is longer than 16 MiB");
	if (event->anchor) {
		struct anchor *anchor = NULL;
		struct value *kept;

		name_anchor(reader, anchor_name(reader), &anchor);
		reader->nodes++;
		kept = read_scalar(reader);
		finish_anchor(reader, anchor, kept);
		value = *kept;
	} else {
		reader->nodes++;
		resolve_scalar(reader, &value);
	}
	key->merge = value.tag == VALUE_TAG_MERGE && !reader->options->nodes;
	/* Only decoded bytes have a text of their own here. */
	if (value.kind == VALUE_STRING && value.string) {
		text = value.string;
		len = value.len;
	}
	name_key(reader, key, &value, text, len);
	return true;
}

static bool read_key(struct reader *reader, struct key *key)
{
	struct value *value;

	*key = (struct key){ .kind = VALUE_STRING };
	if (reader->event.kind == YAML_EVENT_SCALAR)
		return read_scalar_key(reader, key);
	value = read_node(reader);
	if (!value)
		return false;
	if (value->kind == VALUE_LIST || value->kind == VALUE_MAP) {
		key->text = yaml_key_fault(reader->arena, value);
		key->origin = value->origin;
		if (reader->options->dialect != YAML_KUSTOMIZE) {
			content_fault(reader, value->origin.begin, key->text);
			key->text = "";
			return true;
		}
		/* Kustomize finds out when it prints. */
		key->kind = VALUE_LIST;
		key->len = strlen(key->text);
		return true;
	}
	if (value->kind == VALUE_STRING)
		name_key(reader, key, value, value->string, value->len);
	else
		name_key(reader, key, value, value->text ? value->text : "",
			 value->text ? value->len : 0);
	return true;
}

static void add_twice(struct reader *reader, struct value *map,
		      const struct key *key, const char *wins)
{
	map->flags |= VALUE_FLAG_DUPLICATE;
	fact_add(reader->options->facts, FACT_DUPLICATE_KEY, &key->origin,
		 "key '%.*s' occurs twice in this mapping; the %s one wins",
		 key->len < 60 ? (int)key->len : 60, key->text, wins);
}

/*
 * Kustomize keeps both of two equal keys and finds the first; only what is
 * still there twice at the end cannot be printed.
 */
static void add_entry(struct reader *reader, struct value *map,
		      const struct key *key, struct value *value)
{
	if (value_entry(map, key->text, key->len))
		add_twice(reader, map, key, "first");
	value_add_entry(reader->arena, map, key->text, key->len, &key->origin,
			value)
		->kind = key->kind & 255;
}

static void set_entry(struct reader *reader, struct value *map,
		      const struct key *key, struct value *value)
{
	uint32_t count = map->map->count;
	struct value_entry *entry;
	struct origin before;

	/* A null is no text: '' overwrites nothing, and the null is refused. */
	if (!key->len && key->kind == VALUE_STRING &&
	    reader->options->dialect == YAML_HELM) {
		entry = value_entry(map, key->text, key->len);
		if (entry && entry->kind == VALUE_NULL)
			return;
	}
	entry = value_setn(reader->arena, map, key->text, key->len,
			   &key->origin, value);
	before = entry->origin;
	entry->kind = key->kind & 255;
	if (map->map->count > count)
		return;
	/* A key of a merged map is older than this map, and overridden. */
	entry->origin = key->origin;
	if (before.begin >= map->origin.begin)
		add_twice(reader, map, key, "last");
}

/*
 * One map of a merge key.  In Helm it overwrites what stands before it; in
 * Kustomize it only adds what is not there.
 */
static void merge_map(struct reader *reader, struct value *map,
		      const struct value *from, const struct origin *at)
{
	const struct value_entry *entry;

	value_foreach (entry, from) {
		struct origin place = entry->origin;
		struct value_entry *added;

		if (reader->options->dialect != YAML_HELM &&
		    value_entry(map, entry->key, entry->len))
			continue;
		entry->value->origin = origin_after(
			reader->arena, at, ORIGIN_TOOK, &entry->value->origin);
		added = value_setn(reader->arena, map, entry->key, entry->len,
				   &place, entry->value);
		added->kind = entry->kind;
	}
}

static const char wants_maps[] =
	"map merge requires map or sequence of maps as the value";

static void merge_fault(struct reader *reader, const struct value *at,
			const char *text)
{
	bool first = !reader->content_fault;

	content_fault(reader, at->origin.begin, text);
	if (first)
		reader->problem->merge = true;
}

static void merge(struct reader *reader, struct value *map, struct value *from)
{
	bool kustomize = reader->options->dialect == YAML_KUSTOMIZE;
	size_t count = value_count(from);

	if (from->kind == VALUE_MAP) {
		merge_map(reader, map, from, &from->origin);
		return;
	}
	if (from->kind != VALUE_LIST) {
		merge_fault(reader, from, wants_maps);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		/* The first map of a list wins: in Helm it has to be last. */
		size_t at = reader->options->dialect == YAML_HELM
				    ? count - 1 - i
				    : i;
		const struct value *item = value_item(from, at);

		if (item->kind != VALUE_MAP) {
			merge_fault(reader, item,
				    kustomize && value_is_list(item)
					    ? "invalid map merge: received a "
					      "nested sequence"
					    : wants_maps);
			return;
		}
		merge_map(reader, map, item, &item->origin);
	}
}

static bool read_entry(struct reader *reader, struct value *map,
		       struct value *merges, uint32_t *end)
{
	struct key key;
	struct value *value;
	bool alias;

	if (!read_key(reader, &key) || !next_event(reader))
		return false;
	alias = reader->event.kind == YAML_EVENT_ALIAS;
	value = read_node(reader);
	if (!value)
		return false;
	*end = end_of(value);
	if (!key.merge && reader->options->dialect == YAML_KUSTOMIZE)
		add_entry(reader, map, &key, value);
	else if (!key.merge)
		set_entry(reader, map, &key, value);
	else if (reader->options->dialect == YAML_HELM && alias &&
		 value_is_list(value))
		/* go-yaml takes a list only where it is written out. */
		content_fault(reader, value->origin.begin, wants_maps);
	else if (reader->options->dialect == YAML_HELM)
		merge(reader, map, value);
	else
		value_append(reader->arena, merges, value);
	return true;
}

/*
 * Kustomize takes the merge key out by its text, and so takes out one that is
 * a quoted string and merges nothing.
 */
static void drop_quoted_merge(const struct reader *reader, struct value *map,
			      uint32_t merges)
{
	if (!merges && reader->options->dialect == YAML_KUSTOMIZE &&
	    !reader->options->nodes && value_getn(map, "<<", 2))
		value_remove(map, "<<", 2);
}

static struct value *read_map(struct reader *reader)
{
	bool flow = reader->event.style == VALUE_STYLE_FLOW;
	const char *name = anchor_name(reader);
	struct value *map = new_collection(reader, VALUE_MAP);
	struct value_entry *room =
		reader->depth < ROOMS ? reader->rooms[reader->depth] : NULL;
	struct value_list late = { .items = NULL };
	struct value merges = { .kind = VALUE_LIST, .list = &late };
	uint32_t end = map->origin.begin;
	struct anchor *anchor = NULL;

	if (!enter(reader, flow))
		return NULL;
	name_anchor(reader, name, &anchor);
	reader->nodes++;
	if (room)
		value_map_borrow(map, room, ROOM);
	for (;;) {
		if (!next_event(reader))
			return NULL;
		if (reader->event.kind == YAML_EVENT_CLOSE)
			break;
		if (!read_entry(reader, map, &merges, &end))
			return NULL;
	}
	drop_quoted_merge(reader, map, late.count);
	if (late.count > 1 && reader->options->dialect == YAML_KUSTOMIZE)
		merge_fault(reader, late.items[1], "duplicate merge key");
	for (uint32_t i = 0; i < late.count; i++)
		merge(reader, map, late.items[i]);
	if (room)
		value_map_settle(reader->arena, map, room);
	set_end(reader, map, end);
	finish_anchor(reader, anchor, map);
	leave(reader, flow);
	return map;
}

static struct value *read_anchored_scalar(struct reader *reader)
{
	struct anchor *anchor = NULL;
	struct value *value;

	name_anchor(reader, anchor_name(reader), &anchor);
	reader->nodes++;
	value = read_scalar(reader);
	finish_anchor(reader, anchor, value);
	return value;
}

static struct value *read_node(struct reader *reader)
{
	switch (reader->event.kind) {
	case YAML_EVENT_SCALAR:
		if (reader->event.anchor)
			return read_anchored_scalar(reader);
		reader->nodes++;
		return read_scalar(reader);
	case YAML_EVENT_ALIAS:
		reader->nodes++;
		return read_alias(reader);
	case YAML_EVENT_LIST:
		return read_list(reader);
	case YAML_EVENT_MAP:
		return read_map(reader);
	case YAML_EVENT_END:
	case YAML_EVENT_DOCUMENT:
	case YAML_EVENT_DOCUMENT_END:
	case YAML_EVENT_CLOSE:
		break;
	}
	/* "[{a: b}c: d]": the events of a pair end before they begin. */
	(void)stop(reader, reader->event.begin,
		   "did not find expected ',' or ']'");
	return NULL;
}

static struct value *read_document(struct reader *reader)
{
	struct value *value;

	if (!next_event(reader))
		return NULL;
	if (reader->event.kind == YAML_EVENT_END) {
		struct origin at =
			origin_at(reader->source, reader->event.begin,
				  reader->event.begin);

		return value_new(reader->arena, VALUE_NULL, &at);
	}
	if (!next_event(reader))
		return NULL;
	value = read_node(reader);
	/* The end of the document has to be sound as well. */
	if (!value || !next_event(reader))
		return NULL;
	if (reader->options->dialect == YAML_KUSTOMIZE &&
	    !yaml_events_end(reader->events, reader->problem))
		return NULL;
	return value;
}

static struct value *read_text(struct arena *arena, const struct source *source,
			       size_t begin, size_t end,
			       const struct yaml_options *options,
			       struct yaml_problem *problem)
{
	struct value_entry rooms[ROOMS][ROOM];
	struct yaml_texts own = { .arena = arena };
	struct reader reader = { .arena = arena,
				 .source = source,
				 .options = options,
				 .problem = problem,
				 .texts =
					 options->texts ? options->texts : &own,
				 .rooms = rooms };
	const char *error = NULL;
	struct value *value;

	reader.limits = options->limits ? *options->limits : limits_default();
	/* Small documents should not pay for a block that they leave empty. */
	own.block =
		end - begin < 32768 ? (end - begin) / 4 + 64 : LARGEST_BLOCK;
	table_init(&reader.anchors, arena);
	reader.events =
		yaml_events_open(arena, source, begin, end, options->dialect);
	value = read_document(&reader);
	yaml_events_close(reader.events);
	if (!value || reader.content_fault)
		return NULL;
	if (options->json_numbers && !yaml_json_numbers(arena, value, &error)) {
		stop(&reader, value->origin.begin, error);
		problem->json = true;
		return NULL;
	}
	return value;
}

/* Places in what was made of UTF-16 are close to those in the file. */
static struct value *read_utf16(struct arena *arena,
				const struct source *source, size_t begin,
				size_t end, const struct yaml_options *options,
				struct yaml_problem *problem)
{
	const char *error;
	const struct source *text =
		yaml_from_utf16(arena, source, begin, end, &error);
	struct value *value = NULL;

	if (text)
		value = read_text(arena, text, 0, text->len, options, problem);
	else
		*problem = (struct yaml_problem){ .text = error };
	if (!value && problem->offset >= end)
		problem->offset = (uint32_t)end - 1;
	return value;
}

struct value *yaml_read(struct arena *arena, const struct source *source,
			size_t begin, size_t end,
			const struct yaml_options *options,
			struct yaml_problem *problem)
{
	return options->dialect == YAML_HELM &&
			       yaml_is_utf16(source->text + begin, end - begin)
		       ? read_utf16(arena, source, begin, end, options, problem)
		       : read_text(arena, source, begin, end, options, problem);
}
