#include "overlays/stream.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"
#include "overlays/ahead.h"
#include "overlays/json_view.h"
#include "overlays/node.h"
#include "overlays/resource.h"
#include "overlays/run.h"
#include "overlays/shared.h"

static bool malformed(struct overlay_run *run, const struct source *source,
		      const struct yaml_problem *problem)
{
	const struct origin at =
		origin_at(source, problem->offset, problem->offset);

	/* Kustomize expands merge keys by itself, behind the parser. */
	if (problem->merge)
		return overlay_fail(run, &at, problem->text, "%s",
				    problem->text);
	run->malformed = true;
	(void)!overlay_fail(run, &at,
			    overlay_text(run,
					 "MalformedYAMLError: %s in File: %s",
					 yaml_problem_go(run->arena, problem),
					 run->file ? run->file : source->name),
			    "%s", problem->text);
	run->malformed = false;
	return false;
}

static bool bad_separator(struct overlay_run *run, const struct source *source,
			  uint32_t bad)
{
	const struct origin at = origin_at(source, bad, bad);
	struct line_column place = source_position(source, bad);
	size_t len;
	const char *line = source_line(source, place.line, &len);

	return overlay_fail(run, &at,
			    overlay_text(run,
					 "invalid document separator: %.*s",
					 (int)len, line),
			    "text behind the document separator \"---\"");
}

static bool is_empty(const struct value *tree)
{
	return tree->kind == VALUE_NULL ||
	       (value_is_map(tree) && !value_count(tree)) ||
	       (value_is_list(tree) && !value_count(tree));
}

static bool parse(struct overlay_run *run, const struct source *source,
		  struct shared_trees *trees)
{
	const struct yaml_options options = { .dialect = YAML_KUSTOMIZE,
					      .limits = run->options->limits,
					      .facts = run->facts,
					      .texts = run->texts };
	struct yaml_documents documents = { 0 };
	uint32_t bad;
	size_t i;

	if (!yaml_split(run->arena, source, YAML_SPLIT_KUSTOMIZE, &documents,
			&bad))
		return bad_separator(run, source, bad);
	for (i = 0; i < documents.count; i++) {
		const struct yaml_document *document = &documents.items[i];
		struct yaml_problem problem = { 0 };
		struct value *tree =
			yaml_read(run->arena, source, document->begin,
				  document->end, &options, &problem);

		if (!tree)
			return malformed(run, source, &problem);
		vec_push(run->arena, trees, tree);
	}
	return true;
}

static bool ends_in_list(const char *kind)
{
	size_t len = strlen(kind);

	return len >= 4 && strcmp(kind + len - 4, "List") == 0;
}

static void push(struct overlay_run *run, struct shared_trees *trees,
		 struct value *tree)
{
	if (!is_empty(tree))
		vec_push(run->arena, trees, tree);
}

/* A stream that is one List is what its items hold, whatever they are. */
static void unwrap_single(struct overlay_run *run, struct value *tree,
			  struct shared_trees *trees)
{
	const char *kind = node_member(run->arena, tree, "kind");
	const struct value *items = value_get(tree, "items");
	const struct value_entry *entry;
	const struct value *item;

	if ((strcmp(kind, "List") != 0 && strcmp(kind, "ResourceList") != 0) ||
	    (!items && !value_get(tree, "functionConfig"))) {
		push(run, trees, tree);
		return;
	}
	list_foreach (item, items)
		push(run, trees, value_item(items, item_at));
	value_foreach (entry, items) {
		push(run, trees,
		     value_new_cstring(run->arena, &entry->origin, entry->key));
		push(run, trees, entry->value);
	}
}

/* A map as Go's %v prints it. */
static void put_map(struct overlay_run *run, struct str *out,
		    const struct value *map)
{
	struct value_entry **sorted = value_sorted(run->arena, map);
	size_t i;

	str_puts(out, "map[");
	for (i = 0; i < value_count(map); i++)
		str_printf(out, "%s%s:%s", i ? " " : "", sorted[i]->key,
			   node_text(run->arena, sorted[i]->value));
	str_puts(out, "]");
}

/* A text of a NUL alone is one. */
static bool lacks_text(struct overlay_run *run, const struct value *map,
		       const char *key)
{
	const struct value *member = value_get(map, key);

	return value_is_string(member) && !node_was_null(member)
		       ? !member->len
		       : !*node_member(run->arena, map, key);
}

static bool lacks(struct overlay_run *run, const struct value *tree,
		  const char *what)
{
	const struct value *metadata = value_get(tree, "metadata");
	struct str native;

	str_init(&native, run->arena);
	str_printf(&native, "missing %s in object {{%s %s} {{%s %s} ", what,
		   node_member(run->arena, tree, "apiVersion"),
		   node_member(run->arena, tree, "kind"),
		   node_member(run->arena, metadata, "name"),
		   node_member(run->arena, metadata, "namespace"));
	put_map(run, &native, value_get(metadata, "labels"));
	str_putc(&native, ' ');
	put_map(run, &native, value_get(metadata, "annotations"));
	str_puts(&native, "}}");
	return overlay_fail(run, &tree->origin, str_text(&native),
			    "this is no resource: %s is missing", what);
}

bool stream_validate(struct overlay_run *run, const struct value *tree)
{
	const char *kind = node_member(run->arena, tree, "kind");

	if (!value_is_map(tree))
		return overlay_fail(run, &tree->origin,
				    "missing Resource metadata",
				    "this is no resource: a map is needed");
	if (!value_get(tree, "apiVersion") && !value_get(tree, "kind") &&
	    !value_get(tree, "metadata"))
		return overlay_fail(run, &tree->origin,
				    "missing Resource metadata",
				    "this is no resource: apiVersion, kind "
				    "and metadata are missing");
	if (lacks_text(run, tree, "kind"))
		return lacks(run, tree, "kind");
	if (!ends_in_list(kind) &&
	    lacks_text(run, value_get(tree, "metadata"), "name"))
		return lacks(run, tree, "metadata.name");
	return true;
}

static const char *go_type(const struct value *value)
{
	if (value_is_map(value))
		return "map[string]interface {}";
	if (value_is_bool(value))
		return "bool";
	if (value->kind == VALUE_FLOAT)
		return "float64";
	return value_is_number(value) ? "int" : "string";
}

static bool validate_from(struct overlay_run *run,
			  const struct shared_trees *queue, size_t from)
{
	size_t i;

	for (i = from; i < queue->count; i++)
		if (!stream_validate(run, queue->items[i]))
			return false;
	return true;
}

/* A FooList with items gives way to them, at the end of the queue. */
static bool expand(struct overlay_run *run, struct shared_trees *queue,
		   const struct value *tree, struct stream_objects *objects)
{
	const struct value_entry *entry = value_entry(tree, "items", 5);
	size_t i;

	if (!ends_in_list(node_member(run->arena, tree, "kind")) || !entry) {
		vec_push(run->arena, objects,
			 resource_new(run, (struct value *)tree));
		return true;
	}
	if (entry->value->kind == VALUE_NULL)
		return true;
	if (!value_is_list(entry->value))
		return overlay_fail(
			run, &entry->value->origin,
			overlay_text(run,
				     "expected array in %s/items, but found %s",
				     node_member(run->arena, tree, "kind"),
				     go_type(entry->value)),
			"the items of a list are no list");
	for (i = 0; i < value_count(entry->value); i++) {
		struct value *item = value_item(entry->value, i);
		size_t from = queue->count;

		/* Kustomize reads each anew from its JSON, as a stream. */
		if (!json_view(run, &item))
			return false;
		unwrap_single(run, item, queue);
		if (!validate_from(run, queue, from))
			return false;
	}
	return true;
}

static bool take_trees(struct overlay_run *run, const struct shared_trees *read,
		       struct stream_objects *objects)
{
	struct shared_trees queue = { 0 };
	size_t i;

	/* Documents without anything in them count here. */
	if (read->count == 1)
		unwrap_single(run, read->items[0], &queue);
	for (i = 0; read->count > 1 && i < read->count; i++)
		push(run, &queue, read->items[i]);
	if (!validate_from(run, &queue, 0))
		return false;
	for (i = 0; i < queue.count; i++)
		if (!expand(run, &queue, queue.items[i], objects))
			return false;
	return true;
}

bool stream_read(struct overlay_run *run, const struct source *source,
		 struct stream_objects *objects)
{
	struct shared_trees trees = { 0 };

	if (!shared_stream(run, source, &trees) && !parse(run, source, &trees))
		return false;
	return take_trees(run, &trees, objects);
}

bool stream_take(struct overlay_run *run, const struct ahead_file *file,
		 struct stream_objects *objects)
{
	const struct shared_trees trees = { .items = file->trees.items,
					    .count = file->trees.count };

	return take_trees(run, &trees, objects);
}

bool stream_try(struct overlay_run *run, const struct source *source,
		struct stream_objects *objects)
{
	struct diag_sink *diags = run->diags;
	struct fact_log *facts = run->facts;
	struct diag_sink scratch;
	bool done;

	diag_sink_init(&scratch, run->arena);
	run->diags = &scratch;
	run->facts = NULL;
	done = stream_read(run, source, objects);
	run->diags = diags;
	run->facts = facts;
	return done;
}

/*
 * The byte before the first line of a literal block.  Its place begins with
 * the first line that is not blank.
 */
static uint32_t before_first_line(const struct source *file,
				  const struct value *text)
{
	uint32_t at = text->origin.begin;
	size_t feeds = strspn(text->string, "\n") + 1;

	while (at > 0 && feeds > 0)
		feeds -= file->text[--at] == '\n';
	return at;
}

/* Each line of a literal block is a piece of the file behind its indent. */
static void map_lines(struct str *out, const struct frame *frame,
		      const struct value *text)
{
	const struct source *file = frame->source;
	uint32_t at = before_first_line(file, text);
	uint32_t end = text->origin.begin + text->origin.length;
	const char *line = text->string, *stop = line + text->len;

	while (line < stop) {
		const char *feed = memchr(line, '\n', (size_t)(stop - line));
		size_t len = (size_t)((feed ? feed : stop) - line);
		uint32_t next = ++at;

		while (next < end && file->text[next] != '\n')
			next++;
		str_mark(out, frame,
			 next - at >= len ? next - (uint32_t)len : at, NULL);
		str_put(out, line, len + (feed != NULL));
		line += len + (feed != NULL);
		at = next;
	}
}

const struct source *stream_inline(struct overlay_run *run,
				   const struct value *text, const char *what)
{
	struct frame *frame = arena_zalloc(run->arena, sizeof(*frame));
	struct source *source;
	struct text finished;
	struct str out;

	frame->source = origin_source(&text->origin);
	frame->call = text->origin.begin;
	str_init(&out, run->arena);
	if (frame->source && text->style == VALUE_STYLE_LITERAL) {
		map_lines(&out, frame, text);
	} else {
		if (frame->source)
			str_mark(&out, frame, frame->call, &text->origin);
		str_put(&out, text->string, text->len);
	}
	finished = str_finish(&out);
	source = source_new(run->arena, what, SOURCE_PATCH, finished.at,
			    finished.len);
	source->map = finished.map;
	return source;
}
