/*
 * .Files is a map from path to bytes with methods.  A file is read when a
 * template asks for it, so that a chart with large files costs nothing.
 */
#include "templates/files.h"

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/table.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "templates/chart_parts.h"
#include "templates/func.h"
#include "templates/funcs/capacity.h"
#include "templates/object.h"

struct files {
	struct arena *arena;
	struct diag_sink *diags;
	enum chart_dialect dialect;
	struct chart_files files;
	struct table names;
	struct value *bytes; /* all of them as a map; NULL: nobody asked */
};

static const struct object_class files_class;

static struct value *wrap(struct files *files)
{
	return object_wrap(files->arena, &files_class, files);
}

static void add(struct files *files, struct chart_file *file)
{
	vec_push(files->arena, &files->files, file);
	table_puts(&files->names, file->name, file);
}

static struct files *new_files(const struct files *like)
{
	struct files *files = arena_zalloc(like->arena, sizeof(*files));

	files->arena = like->arena;
	files->diags = like->diags;
	files->dialect = like->dialect;
	table_init(&files->names, like->arena);
	return files;
}

struct value *files_object(struct arena *arena, const struct chart *chart,
			   enum chart_dialect dialect, struct diag_sink *diags)
{
	const struct files like = { .arena = arena,
				    .diags = diags,
				    .dialect = dialect };
	struct files *files = new_files(&like);
	size_t i;

	for (i = 0; i < chart->files.count; i++)
		add(files, chart->files.items[i]);
	return wrap(files);
}

/* Files were there when the chart was loaded; one that is gone is empty. */
static struct value *content(struct files *files, struct chart_file *file,
			     enum value_kind kind)
{
	struct source *source =
		file ? chart_file_read(file, SOURCE_TEMPLATE, files->diags)
		     : NULL;
	struct value *value = value_new(files->arena, kind, NULL);

	value->string = "";
	if (source) {
		value->string = source->text;
		value->len = source->len;
		value->origin = origin_at(source, 0, source->len);
	}
	return value;
}

static struct files *receiver(const struct call *call)
{
	return call->receiver->data;
}

static struct chart_file *named(struct call *call)
{
	return table_gets(&receiver(call)->names, call_string(call, 0));
}

static const struct value *fn_get(struct call *call)
{
	return content(receiver(call), named(call), VALUE_STRING);
}

static const struct value *fn_get_bytes(struct call *call)
{
	return content(receiver(call), named(call), VALUE_BYTES);
}

/* helm 4 looks at the last byte without asking whether there is one. */
static const struct value *fn_lines(struct call *call)
{
	struct chart_file *file = named(call);
	const struct value *text = content(receiver(call), file, VALUE_STRING);
	const char *at = text->string, *end = at + text->len;
	struct value *list = call_new_list(call);

	list->type = VALUE_TYPE_STRINGS;
	if (file && at == end && receiver(call)->dialect == CHART_HELM4)
		return call_fail(call,
				 "runtime error: index out of range [-1]");
	while (at < end) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		const char *stop = feed ? feed : end;
		size_t begin = (size_t)(at - text->string);
		struct origin place = text->origin;

		place.begin += (uint32_t)begin;
		place.length = (uint32_t)(stop - at) & ORIGIN_LENGTH_MAX;
		value_append(call->arena, list,
			     value_new_string(call->arena, &place, at,
					      (size_t)(stop - at)));
		at = feed ? feed + 1 : end;
	}
	capacity_exact(list);
	return list;
}

/* A pattern that is malformed behaves as "**". */
static const struct value *fn_glob(struct call *call)
{
	const struct files *files = receiver(call);
	const char *pattern = call_string(call, 0);
	struct files *found = new_files(files);
	size_t i;

	if (!glob_valid(GLOB_GOBWAS, pattern))
		pattern = "**";
	for (i = 0; i < files->files.count; i++)
		if (glob_match(GLOB_GOBWAS, pattern,
			       files->files.items[i]->name))
			add(found, files->files.items[i]);
	return wrap(found);
}

/* toYaml of a map, with marks; its final line feed is dropped. */
static const struct value *give_yaml(struct call *call, struct value *map)
{
	const struct mark_context marks = { call->frame, call->begin };
	const char *error;
	struct str out;

	call_str(call, &out);
	if (!yaml_emit(&out, map, YAML_FORM_HELM, &marks, &error))
		str_clear(&out);
	else if (out.len && out.text[out.len - 1] == '\n')
		out.len--;
	return call_give_str(call, &out);
}

static void put_named(struct call *call, struct value *map,
		      const struct chart_file *file, struct value *value)
{
	const char *name = path_base(call->arena, file->name);

	value_setn(call->arena, map, name, strlen(name), &value->origin, value);
}

/* Sorted by path, the last of two files with one name wins. */
static const struct value *fn_as_config(struct call *call)
{
	struct files *files = receiver(call);
	struct value *map = call_new_map(call);
	size_t i;

	for (i = 0; i < files->files.count; i++)
		put_named(call, map, files->files.items[i],
			  content(files, files->files.items[i], VALUE_STRING));
	return give_yaml(call, map);
}

static const struct value *fn_as_secrets(struct call *call)
{
	struct files *files = receiver(call);
	struct value *map = call_new_map(call);
	size_t i;

	for (i = 0; i < files->files.count; i++) {
		struct value *text =
			content(files, files->files.items[i], VALUE_STRING);
		struct str encoded;

		str_init(&encoded, call->arena);
		base64_encode(&encoded, text->string, text->len);
		put_named(call, map, files->files.items[i],
			  value_new_string(call->arena, &text->origin,
					   str_text(&encoded), encoded.len));
	}
	return give_yaml(call, map);
}

static const struct value *under(struct arena *arena,
				 const struct value *object)
{
	struct files *files = object->data;
	size_t i;

	if (files->bytes)
		return files->bytes;
	files->bytes = value_new_map(arena, NULL);
	for (i = 0; i < files->files.count; i++) {
		struct chart_file *file = files->files.items[i];
		struct value *bytes = content(files, file, VALUE_BYTES);

		value_setn(arena, files->bytes, file->name, strlen(file->name),
			   &bytes->origin, bytes);
	}
	return files->bytes;
}

static const struct value *field(struct arena *arena,
				 const struct value *object, const char *name,
				 size_t len)
{
	struct files *files = object->data;

	(void)arena;
	return content(files, table_get(&files->names, name, len), VALUE_BYTES);
}

static bool truth(const struct value *object)
{
	const struct files *files = object->data;

	return files->files.count != 0;
}

static bool json(struct str *out, const struct value *value, const char **error)
{
	const struct files *files = value->data;

	return json_write(out, under(files->arena, value), NULL, NULL, error);
}

static const struct func methods[] = {
	{ .name = "AsConfig",
	  .run = fn_as_config,
	  .usage = "AsConfig",
	  .help = "The texts of the files by their names, as YAML." },
	{ .name = "AsSecrets",
	  .run = fn_as_secrets,
	  .usage = "AsSecrets",
	  .help = "The files by their names in base64, as YAML." },
	{ .name = "Get",
	  .takes = { ARG_STRING },
	  .run = fn_get,
	  .usage = "Get PATH",
	  .help = "The text of a file; empty if there is none." },
	{ .name = "GetBytes",
	  .takes = { ARG_STRING },
	  .run = fn_get_bytes,
	  .usage = "GetBytes PATH",
	  .help = "The bytes of a file; none if there is no such file." },
	{ .name = "Glob",
	  .takes = { ARG_STRING },
	  .run = fn_glob,
	  .usage = "Glob PATTERN",
	  .help = "The files whose path matches; ** matches across folders." },
	{ .name = "Lines",
	  .takes = { ARG_STRING },
	  .run = fn_lines,
	  .usage = "Lines PATH",
	  .help = "The lines of a file." },
	{ .name = NULL }
};

static const struct object_class files_class = {
	.model = { .go_type = "engine.files", .json = json },
	.kind = "map",
	.methods = methods,
	.field = field,
	.under = under,
	.truth = truth,
};
