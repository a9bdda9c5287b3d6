#include "overlays/pairs_source.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/node.h"
#include "overlays/resource.h"
#include "overlays/run.h"

enum {
	BASE64_LINE = 70,
	/* Go's scanner gives up on a longer line, and kustomize with it. */
	ENV_LINE_MAX = 64 * 1024
};

static void add(struct overlay_run *run, struct source_pairs *pairs,
		const char *key, struct text text, const struct origin *origin)
{
	struct source_pair pair = { key, text.at, text.len, *origin };

	vec_push(run->arena, pairs, pair);
}

static bool bad_bytes(struct overlay_run *run, const struct source *source,
		      const char *line, size_t len)
{
	const struct origin at =
		origin_at(source, (size_t)(line - source->text),
			  (size_t)(line - source->text) + len);
	struct str native;
	size_t i;

	str_init(&native, run->arena);
	str_puts(&native, "line [");
	for (i = 0; i < len; i++)
		str_printf(&native, "%s%u", i ? " " : "",
			   (unsigned)(unsigned char)line[i]);
	str_printf(&native, "] has invalid utf8 bytes : %.*s", (int)len, line);
	return overlay_fail(run, &at, str_text(&native),
			    "this line of an env file is not UTF-8");
}

static void add_env_line(struct overlay_run *run, struct source_pairs *pairs,
			 const struct source *source, const char *line,
			 size_t len)
{
	const char *equals;
	struct origin at;

	/* White space before the key does not count, behind it it does. */
	while (len) {
		size_t size;
		uint32_t rune = utf8_decode(line, len, &size);

		if (!rune_is_space(rune))
			break;
		line += size;
		len -= size;
	}
	if (!len || *line == '#')
		return;
	at = origin_at(source, (size_t)(line - source->text),
		       (size_t)(line - source->text) + len);
	equals = memchr(line, '=', len);
	if (!equals) {
		add(run, pairs, arena_strndup(run->arena, line, len),
		    text_of("", 0), &at);
		return;
	}
	/* An empty name is the way to set a scalar, and this sets none. */
	if (equals == line)
		return;
	add(run, pairs,
	    arena_strndup(run->arena, line, (size_t)(equals - line)),
	    text_of(equals + 1, len - (size_t)(equals + 1 - line)), &at);
}

static bool load_env(struct overlay_run *run, const struct value *entry,
		     struct source_pairs *pairs)
{
	struct source *source;
	const char *line, *end;
	bool first = true;

	if (!load_file(run, value_string_or(entry, ""), &entry->origin,
		       SOURCE_GENERATOR, &source))
		return false;
	line = source->text;
	end = line + source->len;
	while (line < end) {
		const char *feed = memchr(line, '\n', (size_t)(end - line));
		const char *next = feed ? feed + 1 : end;
		size_t len = (size_t)((feed ? feed : end) - line);

		if (len + (feed != NULL) > ENV_LINE_MAX)
			break;
		if (len && line[len - 1] == '\r')
			len--;
		if (!utf8_valid(line, len))
			return bad_bytes(run, source, line, len);
		if (first && len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
			line += 3;
			len -= 3;
		}
		first = false;
		add_env_line(run, pairs, source, line, len);
		line = next;
	}
	return true;
}

static bool load_literal(struct overlay_run *run, const struct value *entry,
			 struct source_pairs *pairs)
{
	const char *text = value_string_or(entry, "");
	const char *equals = strchr(text, '=');
	const char *value;
	size_t len;

	if (!equals || equals == text)
		return overlay_fail(run, &entry->origin,
				    overlay_text(run,
						 "invalid literal source %s, "
						 "expected key=value",
						 text),
				    "the literal \"%s\" is not of the form "
				    "key=value",
				    text);
	value = equals + 1;
	len = entry->len - (size_t)(value - text);
	if (len >= 2 && (*value == '"' || *value == '\'') &&
	    value[len - 1] == *value) {
		value++;
		len -= 2;
	}
	add(run, pairs,
	    arena_strndup(run->arena, text, (size_t)(equals - text)),
	    text_of(value, len), &entry->origin);
	return true;
}

static bool bad_file(struct overlay_run *run, const struct value *entry,
		     const char *native)
{
	return overlay_fail(run, &entry->origin, native,
			    "\"%s\" is not of the form path or key=path",
			    value_string_or(entry, ""));
}

static bool load_content(struct overlay_run *run, const struct value *entry,
			 struct source_pairs *pairs)
{
	const char *text = value_string_or(entry, ""), *path = text;
	const char *equals = strchr(text, '=');
	const char *key = path_base(run->arena, text);
	struct source *source;
	struct origin at;

	if (equals && strchr(equals + 1, '='))
		return bad_file(run, entry,
				overlay_text(run,
					     "source \"%s\" key name or file "
					     "path contains '='",
					     text));
	if (equals == text && equals)
		return bad_file(run, entry,
				overlay_text(run,
					     "missing key name for file path "
					     "\"%s\" in source \"%s\"",
					     equals + 1, text));
	if (equals && !equals[1])
		return bad_file(run, entry,
				overlay_text(run,
					     "missing file path for key name "
					     "\"%.*s\" in source \"%s\"",
					     (int)(equals - text), text, text));
	if (equals) {
		key = arena_strndup(run->arena, text, (size_t)(equals - text));
		path = equals + 1;
	}
	if (!load_file(run, path, &entry->origin, SOURCE_GENERATOR, &source))
		return false;
	at = origin_at(source, 0, source->len);
	add(run, pairs, key, text_of(source->text, source->len), &at);
	return true;
}

/* A list as %v of Go prints it. */
static const char *listed(struct overlay_run *run, const struct value *list)
{
	const struct value *item;
	struct str out;

	str_init(&out, run->arena);
	list_foreach (item, list)
		str_printf(&out, "%s%s", item_at ? " " : "",
			   value_string_or(item, ""));
	return str_text(&out);
}

static bool
load_each(struct overlay_run *run, const struct value *list, const char *what,
	  bool (*load)(struct overlay_run *run, const struct value *entry,
		       struct source_pairs *pairs),
	  struct source_pairs *pairs)
{
	const struct value *entry;

	native_push(run,
		    overlay_text(run, "loading KV pairs: %s [%s]: ", what,
				 listed(run, list)),
		    "");
	list_foreach (entry, list)
		if (!load(run, entry, pairs))
			return false;
	native_pop(run);
	return true;
}

bool source_pairs_load(struct overlay_run *run, const struct value *args,
		       struct source_pairs *pairs)
{
	return load_each(run, value_get(args, "envs"),
			 "env source files:", load_env, pairs) &&
	       load_each(run, value_get(args, "literals"), "literal sources",
			 load_literal, pairs) &&
	       load_each(run, value_get(args, "files"),
			 "file sources:", load_content, pairs);
}

/* The options of the kustomization do not reach plugins. */
static const struct value *global_options(struct overlay_run *run,
					  const struct value *args)
{
	if (value_get(args, "kind"))
		return NULL;
	return value_get(run->layer->fields, "generatorOptions");
}

/* In quotes, which a later patch keeps. */
static void copy_pair(struct overlay_run *run, struct value *map,
		      const struct value_entry *entry)
{
	const char *text = node_text(run->arena, entry->value);
	size_t len = entry->value->kind == VALUE_STRING ? entry->value->len
							: strlen(text);
	struct value *next = node_scalar(run->arena, &entry->value->origin,
					 text, len, NODE_STRING);

	next->style = VALUE_STYLE_SINGLE;
	node_set_new(run->arena, map, entry->key, next);
}

static void sort_map(struct overlay_run *run, struct value *root,
		     const char *field)
{
	struct value *old = value_get(root, field), *map;
	struct value_entry **sorted = value_sorted(run->arena, old);
	size_t count = value_count(old), i;

	if (count < 2)
		return;
	map = value_new_map(run->arena, &old->origin);
	map->style = old->style;
	map->tag = old->tag;
	for (i = 0; i < count; i++)
		value_setn(run->arena, map, sorted[i]->key, sorted[i]->len,
			   &sorted[i]->origin, sorted[i]->value)
			->kind = sorted[i]->kind;
	value_set(run->arena, root, field, map);
}

static void copy_pairs(struct overlay_run *run, struct value *metadata,
		       const char *field, const struct value *args)
{
	const struct value *global =
		value_get(global_options(run, args), field);
	const struct value *own = value_get(value_get(args, "options"), field);
	const struct value_entry *entry;
	struct value *map;

	if (!value_count(global) && !value_count(own))
		return;
	map = node_member_map(run->arena, metadata, field,
			      own ? &own->origin : &global->origin);
	value_foreach (entry, global)
		copy_pair(run, map, entry);
	value_foreach (entry, own)
		copy_pair(run, map, entry);
	sort_map(run, metadata, field);
}

static bool flag(struct overlay_run *run, const struct value *args,
		 const char *field)
{
	const struct value *global = global_options(run, args);

	return value_is_true(value_get(global, field)) ||
	       value_is_true(value_get(value_get(args, "options"), field));
}

static bool read_behavior(struct overlay_run *run, const struct value *args,
			  struct resource *resource)
{
	static const char *const names[] = { "", "create", "replace", "merge" };
	const char *text = node_member(run->arena, args, "behavior");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(text, names[i]) == 0)
			resource->behavior = (enum generator_behavior)i;
	return true;
}

static void put(struct overlay_run *run, struct value *root, const char *key,
		const char *text, const struct origin *by)
{
	node_set_new(
		run->arena, root, key,
		node_scalar(run->arena, by, text, strlen(text), NODE_STRING));
}

struct object *source_object(struct overlay_run *run, const char *kind,
			     const struct value *args)
{
	const struct origin *by = &args->origin;
	const struct value *own = value_get(args, "metadata");
	const char *name = node_member(run->arena, args, "name");
	const char *name_space = node_member(run->arena, args, "namespace");
	struct value *root = value_new_map(run->arena, by);
	struct value *metadata = value_new_map(run->arena, by);
	struct object *object;

	/* A plugin's configuration may have it in its metadata. */
	if (!*name)
		name = node_member(run->arena, own, "name");
	if (!*name_space)
		name_space = node_member(run->arena, own, "namespace");
	if (!*name) {
		(void)!overlay_fail(run, by, "a configmap must have a name",
				    "this generator has no name");
		return NULL;
	}
	put(run, root, "apiVersion", "v1", by);
	put(run, root, "kind", kind, by);
	value_set(run->arena, root, "metadata", metadata);
	put(run, metadata, "name", name, by);
	if (*name_space)
		put(run, metadata, "namespace", name_space, by);
	copy_pairs(run, metadata, "labels", args);
	copy_pairs(run, metadata, "annotations", args);
	object = resource_new(run, root);
	resource_of(object)->generated_by = by;
	resource_of(object)->needs_hash =
		!flag(run, args, "disableNameSuffixHash");
	return read_behavior(run, args, resource_of(object)) ? object : NULL;
}

void source_finish(struct overlay_run *run, const struct value *args,
		   struct object *object)
{
	struct value *data, *binary;

	sort_map(run, object->root, "data");
	sort_map(run, object->root, "binaryData");
	data = value_get(object->root, "data");
	binary = value_get(object->root, "binaryData");
	if (binary && data &&
	    strcmp(value_entry_at(binary, 0)->key,
		   value_entry_at(data, 0)->key) < 0) {
		value_remove(object->root, "data", 4);
		value_set(run->arena, object->root, "data", data);
	}
	if (flag(run, args, "immutable"))
		value_set(run->arena, object->root, "immutable",
			  value_new_bool(run->arena, &args->origin, true));
}

struct value *source_base64(struct overlay_run *run,
			    const struct source_pair *pair)
{
	struct str text, lines;
	size_t i;

	str_init(&text, run->arena);
	base64_encode(&text, pair->text, pair->len);
	/* As Go's: one more line than fits, so 70 characters make two. */
	if (text.len / BASE64_LINE + 1 <= 1)
		return node_scalar(run->arena, &pair->origin, str_text(&text),
				   text.len, NODE_STRING);
	str_init(&lines, run->arena);
	for (i = 0; i < text.len; i += BASE64_LINE) {
		size_t left = text.len - i;

		str_put(&lines, text.text + i,
			left < BASE64_LINE ? left : BASE64_LINE);
		str_putc(&lines, '\n');
	}
	return node_scalar(run->arena, &pair->origin, str_text(&lines),
			   lines.len, NODE_STRING);
}

bool source_repeats(struct overlay_run *run, const struct value *args,
		    const struct source_pair *pair)
{
	const struct value *own = value_get(args, "metadata");
	const char *name = node_member(run->arena, args, "name");

	if (!*name)
		name = node_member(run->arena, own, "name");

	return overlay_fail(run, &pair->origin,
			    overlay_text(run,
					 "configmap %s illegally repeats the "
					 "key `%s`",
					 name, pair->key),
			    "the key \"%s\" is there already", pair->key);
}
