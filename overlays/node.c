#include "overlays/node.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/source.h"
#include "model/yaml_read.h"
#include "model/yaml_scalar.h"
#include "model/yaml_time.h"
#include "overlays/structured_print.h"

bool node_is_scalar(const struct value *value)
{
	return value && value->kind != VALUE_MAP && value->kind != VALUE_LIST;
}

static const char *made_text(struct arena *arena, const struct value *value)
{
	char room[NUMBER_ROOM];

	switch ((enum value_kind)value->kind) {
	case VALUE_BOOL:
		return value->boolean ? "true" : "false";
	case VALUE_INT:
		number_format_int(room, value->integer);
		break;
	case VALUE_UINT:
		number_format_uint(room, value->natural);
		break;
	case VALUE_FLOAT:
		number_format_float(room, value->real, 'g', -1);
		break;
	case VALUE_NULL:
		return "null";
	case VALUE_STRING:
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		return "";
	}
	return arena_strdup(arena, room);
}

const char *node_text(struct arena *arena, const struct value *value)
{
	if (!node_is_scalar(value))
		return "";
	if (value->kind == VALUE_STRING)
		return value->string;
	if (value->text)
		return arena_strndup(arena, value->text, value->len);
	return made_text(arena, value);
}

bool node_was_null(const struct value *value)
{
	return value_is_null(value) ||
	       (node_is_scalar(value) && value->tag == VALUE_TAG_NULL);
}

const char *node_member(struct arena *arena, const struct value *map,
			const char *key)
{
	const struct value *member = value_get(map, key);

	return node_was_null(member) ? "" : node_text(arena, member);
}

enum value_kind node_key_kind(const char *key, size_t len)
{
	struct value probe = { .kind = VALUE_NULL };

	yaml_resolve(YAML_KUSTOMIZE, key, len, &probe);
	if (probe.tag == VALUE_TAG_TIMESTAMP)
		return VALUE_OPAQUE;
	if (probe.tag == VALUE_TAG_MERGE)
		return VALUE_MAP;
	return (enum value_kind)probe.kind;
}

struct value *node_scalar(struct arena *arena, const struct origin *by,
			  const char *text, size_t len, enum node_typing typing)
{
	struct value *value = value_new_string(arena, by, text, len);

	value->style = VALUE_STYLE_PLAIN;
	value->tag = typing == NODE_STRING ? VALUE_TAG_STR : VALUE_TAG_NONE;
	return value;
}

void node_put(struct arena *arena, struct value *old, const struct value *next)
{
	*old = *value_replace(arena, old, next);
}

void node_write(struct arena *arena, struct value **slot,
		const struct origin *by, const char *text,
		enum node_typing typing)
{
	const struct value *old = *slot;
	struct value *next = node_scalar(arena, by, text, strlen(text), typing);

	if (node_is_scalar(old) && old->style != VALUE_STYLE_NONE &&
	    (old->style != VALUE_STYLE_FLOW || !*text || node_is_time(next)))
		next->style = old->style;
	node_put(arena, *slot, next);
}

/* Whether only a parser can tell what the text is. */
static bool needs_parser(const char *text, size_t len)
{
	return (*text && strchr("[]{}&*!|>%@`\"'?-#,:", *text)) ||
	       strstr(text, ": ") || text[len - 1] == ':';
}

static bool is_string_to_yaml(struct arena *arena, const char *text, size_t len)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	struct value value = { .kind = VALUE_NULL };
	struct yaml_problem problem = { 0 };
	const struct value *read;

	yaml_resolve(YAML_HELM, text, len, &value);
	if (value.kind != VALUE_STRING)
		return false;
	while (*text == ' ') {
		text++;
		len--;
	}
	if (!len)
		return false;
	if (!needs_parser(text, len))
		return true;
	read = yaml_read(arena, source_new(arena, "", SOURCE_PATCH, text, len),
			 0, len, &options, &problem);
	return !read || value_is_string(read);
}

void node_quote(struct arena *arena, struct value *value)
{
	if (value_is_string(value) && value->len &&
	    !(value->flags & VALUE_FLAG_EXPLICIT_TAG) &&
	    (value->tag == VALUE_TAG_STR || value->tag == VALUE_TAG_NONE) &&
	    (value->style == VALUE_STYLE_PLAIN ||
	     value->style == VALUE_STYLE_NONE) &&
	    !memchr(value->string, '\n', value->len) &&
	    !is_string_to_yaml(arena, value->string, value->len))
		value->style = VALUE_STYLE_DOUBLE;
}

enum value_tag node_tag(const struct value *value)
{
	struct value probe = { .kind = VALUE_NULL };

	if (!(value->flags & VALUE_FLAG_TAG_OF_TEXT))
		return (enum value_tag)value->tag;
	yaml_resolve(YAML_KUSTOMIZE, value->string, value->len, &probe);
	return (enum value_tag)probe.tag;
}

void node_hide_tag(struct value *string)
{
	string->tag = VALUE_TAG_STR;
	string->flags |= VALUE_FLAG_TAG_OF_TEXT;
}

bool node_is_quoted(const struct value *value)
{
	return value->style == VALUE_STYLE_SINGLE ||
	       value->style == VALUE_STYLE_DOUBLE ||
	       value->style == VALUE_STYLE_LITERAL ||
	       value->style == VALUE_STYLE_FOLDED;
}

bool node_is_time(const struct value *value)
{
	return value_is_string(value) &&
	       yaml_time_parse(value->string, value->len, NULL);
}

bool node_reads_as_string(const struct value *value)
{
	struct value probe = { .kind = VALUE_NULL };

	if (!value_is_string(value) || value->tag == VALUE_TAG_TIMESTAMP)
		return false;
	if (value->tag != VALUE_TAG_NONE || value->style != VALUE_STYLE_PLAIN)
		return true;
	yaml_resolve(YAML_KUSTOMIZE, value->string, value->len, &probe);
	return probe.kind == VALUE_STRING && probe.tag != VALUE_TAG_TIMESTAMP;
}

/* One that was made has a text and no tag: nothing, or a time. */
static bool is_bare(const struct value *value)
{
	if (value->kind == VALUE_NULL)
		return !value->len && value->text;
	return value->kind == VALUE_STRING && value->tag == VALUE_TAG_NONE &&
	       (value->style == VALUE_STYLE_PLAIN ||
		value->style == VALUE_STYLE_FLOW) &&
	       (!value->len || (node_is_time(value) &&
				memchr(value->string, ':', value->len)));
}

static void settle_time(struct value *value, bool flow)
{
	if (flow && memchr(value->string, ':', value->len)) {
		node_hide_tag(value);
		return;
	}
	value->tag = VALUE_TAG_TIMESTAMP;
	value->flags &= (uint8_t)~VALUE_FLAG_TAG_OF_TEXT;
}

static void settle_scalar(struct value *value, bool flow)
{
	if (is_bare(value))
		value->style = flow ? VALUE_STYLE_FLOW : VALUE_STYLE_PLAIN;
	else if (value->style == VALUE_STYLE_PLAIN && value_is_string(value) &&
		 node_tag(value) == VALUE_TAG_TIMESTAMP && node_is_time(value))
		settle_time(value, flow);
	else if (flow && (value->style == VALUE_STYLE_FOLDED ||
			  value->style == VALUE_STYLE_LITERAL))
		value->style = VALUE_STYLE_DOUBLE;
}

void node_settle_flow(struct value *value, bool flow)
{
	struct value_entry *entry;
	struct value *item;

	if (node_is_scalar(value)) {
		settle_scalar(value, flow);
		return;
	}
	flow = flow || value->style == VALUE_STYLE_FLOW;
	list_foreach (item, value)
		node_settle_flow(item, flow);
	value_foreach (entry, value)
		node_settle_flow(entry->value, flow);
}

void node_set_text(struct arena *arena, struct value *map, const char *key,
		   struct value *value)
{
	if (memchr(value->string, '\n', value->len))
		value->style = VALUE_STYLE_LITERAL;
	node_set_new(arena, map, key, value);
}

void node_set_new(struct arena *arena, struct value *map, const char *key,
		  struct value *value)
{
	size_t len = strlen(key);

	node_quote(arena, value);
	value_setn(arena, map, arena_strndup(arena, key, len), len,
		   &value->origin, value)
		->kind = (uint8_t)node_key_kind(key, len);
}

void node_set_string(struct arena *arena, struct value *map, const char *key,
		     const struct origin *by, const char *text)
{
	struct value_entry *entry = value_entry(map, key, strlen(key));

	if (entry)
		node_write(arena, &entry->value, by, text, NODE_STRING);
	else
		node_set_new(arena, map, key,
			     node_scalar(arena, by, text, strlen(text),
					 NODE_STRING));
}

struct value *node_member_map(struct arena *arena, struct value *map,
			      const char *key, const struct origin *by)
{
	struct value *member = value_get(map, key);

	if (value_is_null(member)) {
		member = value_new_map(arena, by);
		member->style = VALUE_STYLE_BLOCK;
		member->tag = VALUE_TAG_MAP;
		value_set(arena, map, key, member);
	}
	return value_is_map(member) ? member : NULL;
}

const char *node_printed(struct arena *arena, const struct value *value)
{
	enum value_tag tag;

	if (!value)
		return "";
	tag = (enum value_tag)value->tag;
	if (node_is_scalar(value) && value->flags & VALUE_FLAG_EXPLICIT_TAG &&
	    tag != VALUE_TAG_CUSTOM && yaml_tag_is_borne_out(value))
		return arena_printf(arena, "%s %s", yaml_tag_name(tag),
				    structured_text(arena, value));
	return structured_text(arena, value);
}

const char *node_kind_name(const struct value *value)
{
	if (value_is_map(value))
		return "MappingNode";
	return value_is_list(value) ? "SequenceNode" : "ScalarNode";
}

const char *node_wrong_kind(struct arena *arena, const struct value *value,
			    const char *wants)
{
	return arena_printf(arena,
			    "wrong node kind: expected %s but got %s: node "
			    "contents:\n%s\n",
			    wants, node_kind_name(value),
			    node_printed(arena, value));
}

struct value *node_paired(struct arena *arena, struct value *value)
{
	struct value *map;
	uint32_t i;

	if (value_is_map(value))
		return value;
	map = value_new_map(arena, &value->origin);
	for (i = 0; i + 1 < value_count(value); i += 2) {
		const char *key = node_text(arena, value_item(value, i));

		if (*key)
			value_set(arena, map, key, value_item(value, i + 1));
	}
	return map;
}

static void merge_in(struct arena *arena, struct value *map,
		     const struct value *from)
{
	const struct value_entry *entry;

	value_foreach (entry, from)
		if (!value_entry(map, entry->key, entry->len))
			value_setn(arena, map, entry->key, entry->len,
				   &entry->origin, entry->value)
				->kind = entry->kind;
}

static bool merges(const struct value *from)
{
	const struct value *item;

	list_foreach (item, from)
		if (!value_is_map(item))
			return false;
	return value_is_map(from) || value_is_list(from);
}

bool node_merge_key(struct arena *arena, struct value *map)
{
	const struct value *from = value_get(map, "<<");
	const struct value *item;

	if (!merges(from))
		return false;
	value_remove(map, "<<", 2);
	if (value_is_map(from))
		merge_in(arena, map, from);
	list_foreach (item, from)
		merge_in(arena, map, item);
	return true;
}
