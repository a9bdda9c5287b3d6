/*
 * The door: a schema file and a tree of values in, Helm's text out.
 */
#include "model/schema/schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/schema/compile.h"
#include "model/schema/schema_private.h"
#include "model/value.h"

/* The name Helm gives every schema it compiles. */
#define SCHEMA_URI "file:///values.schema.json"
/* What stands in a project file needs one too, for its references. */
#define TREE_URI "file:///schema"

enum {
	TREE_MOST = 1024 * 1024 /* bytes of a schema_tree */
};

static const struct value *
read_schema(struct arena *arena, const struct source *source, struct str *text)
{
	struct json_problem problem;
	const struct value *root;
	size_t blank = strspn(source->text, " \t\r\n");

	if (blank == source->len) {
		str_puts(text, "EOF");
		return NULL;
	}
	root = json_read(arena, source, 0, source->len, false, &problem);
	if (root)
		return root;
	/* Helm's decoder reads one value and then asks for the end. */
	if (strstr(problem.text, "after top-level value"))
		str_puts(text, "invalid character after top-level value");
	else if (strcmp(problem.text, "unexpected end of JSON input") == 0)
		str_puts(text, "unexpected EOF");
	else
		str_puts(text, problem.text);
	return NULL;
}

/* Nothing is said of the document itself, nor of the one group in it. */
static void print_all(struct str *text, const struct schema_errors *errors)
{
	struct schema_error *const *items = errors->items;
	size_t i, count = errors->count;

	if (count == 1 && !items[0]->text) {
		count = items[0]->count;
		items = items[0]->causes;
	}
	for (i = 0; i < count; i++)
		schema_print(text->arena, text, items[i], 0);
}

static struct schema_instance root_instance(const struct value *value)
{
	struct schema_instance instance = { value, NULL, NULL, 0 };

	return instance;
}

bool schema_meets_meta(struct schema_run *run, const struct value *schema,
		       enum schema_draft draft)
{
	struct schema_instance instance = root_instance(schema);
	struct schema_scope scope = { run, NULL, NULL };
	struct schema_errors errors = { 0 };
	const struct schema_resource *meta;
	struct schema_seen seen;
	struct str text;

	scope.resource = meta = schema_metaschema(run, draft);
	schema_seen_init(&seen, run->arena);
	run->metaschema = meta->root;
	schema_apply(&scope, meta->root, &instance, &seen, &errors);
	run->metaschema = NULL;
	if (run->broken || !errors.count)
		return !run->broken;
	str_init(&text, run->arena);
	str_printf(&text,
		   "\"%s\" is not valid against metaschema: "
		   "jsonschema validation failed with '%s#'\n",
		   schema_location(run, schema), schema_draft_uri(draft));
	print_all(&text, &errors);
	/* This text ends without a line feed. */
	text.len--;
	run->broken = str_text(&text);
	return false;
}

static void add_leaves(struct arena *arena, struct schema_result *result,
		       const struct schema_error *error, unsigned *room)
{
	size_t i;

	if (error->count) {
		for (i = 0; i < error->count; i++)
			add_leaves(arena, result, error->causes[i], room);
		return;
	}
	if (result->count == *room) {
		unsigned more = *room ? *room * 2 : 8;

		result->items = arena_grow(arena, result->items,
					   *room * sizeof(*result->items),
					   more * sizeof(*result->items));
		*room = more;
	}
	result->items[result->count].pointer = error->pointer;
	result->items[result->count].text =
		error->text ? error->text : "validation failed";
	result->items[result->count++].at = error->at;
}

/* What its references lead to is known from here on; NULL: it is none. */
static const struct schema_resource *open_tree(struct schema_run *run,
					       const struct value *root)
{
	const struct schema_resource *resource;

	table_init(&run->resources, run->arena);
	table_init(&run->owners, run->arena);
	table_init(&run->targets, run->arena);
	table_init(&run->places, run->arena);
	table_init(&run->patterns, run->arena);
	resource = schema_register(run, run->uri, root, false);
	if (!resource ||
	    (!resource->sound &&
	     !schema_meets_meta(run, root, resource->draft)) ||
	    !schema_compile(run, resource))
		return NULL;
	return resource;
}

/* False: a reference leads nowhere. */
static bool check_value(struct schema_run *run,
			const struct schema_resource *resource,
			const struct value *value, struct schema_errors *errors)
{
	struct schema_instance instance = root_instance(value);
	struct schema_scope scope = { run, resource, NULL };
	struct schema_seen seen;

	run->work = 0;
	schema_seen_init(&seen, run->arena);
	schema_apply(&scope, resource->root, &instance, &seen, errors);
	return !run->broken;
}

/* False: it is no schema, or a reference in it leads nowhere. */
static bool check_tree(struct schema_run *run, const struct value *root,
		       const struct value *value, struct str *text,
		       struct schema_errors *errors)
{
	const struct schema_resource *resource = open_tree(run, root);

	if (resource && check_value(run, resource, value, errors))
		return true;
	str_puts(text, run->broken);
	return false;
}

static void list_leaves(struct arena *arena, const struct schema_errors *errors,
			struct schema_result *result)
{
	unsigned room = 0;
	size_t i;

	memset(result, 0, sizeof(*result));
	for (i = 0; i < errors->count; i++)
		add_leaves(arena, result, errors->items[i], &room);
}

bool schema_check(struct arena *arena, const struct source *schema,
		  const struct value *values,
		  const struct schema_options *options, struct str *text,
		  struct schema_result *result)
{
	const struct limits usual = limits_default();
	struct schema_run run = {
		.arena = arena,
		.uri = SCHEMA_URI,
		.limits = options->limits ? options->limits : &usual,
		.without_remote = options->without_remote,
	};
	const struct value *root = read_schema(arena, schema, text);
	struct schema_errors errors = { 0 };
	bool sound = root && check_tree(&run, root, values, text, &errors);

	memset(result, 0, sizeof(*result));
	if (sound) {
		print_all(text, &errors);
		list_leaves(arena, &errors, result);
	}
	result->unread = run.unread;
	return sound && !errors.count;
}

/* What values need beside the schema grows; then it is read anew. */
struct schema_tree {
	const struct value *schema;
	struct arena *arena; /* NULL: it was not read yet */
	struct limits limits;
	struct schema_run run;
	const struct schema_resource *resource;
};

static void close_tree(void *what)
{
	struct schema_tree *tree = what;

	arena_free(tree->arena);
	tree->arena = NULL;
}

struct schema_tree *schema_tree_new(struct arena *arena,
				    const struct value *schema,
				    const struct limits *limits)
{
	struct schema_tree *tree = arena_zalloc(arena, sizeof(*tree));

	tree->schema = schema;
	tree->limits = limits ? *limits : limits_default();
	arena_on_free(arena, close_tree, tree);
	return tree;
}

static void read_tree(struct schema_tree *tree)
{
	if (tree->arena && arena_used(tree->arena) > TREE_MOST)
		close_tree(tree);
	if (tree->arena)
		return;
	tree->arena = arena_new();
	memset(&tree->run, 0, sizeof(tree->run));
	tree->run.arena = tree->arena;
	tree->run.uri = TREE_URI;
	tree->run.limits = &tree->limits;
	tree->resource = open_tree(&tree->run, tree->schema);
}

/* What takes too long does not hold, and the next value is as any other. */
static void give_up(struct schema_run *run, const struct value *value,
		    struct schema_errors *errors)
{
	const struct schema_instance instance = root_instance(value);

	errors->count = 0;
	vec_push(run->arena, errors,
		 schema_error_new(run, &instance,
				  run->broken + strspn(run->broken, "- "),
				  NULL));
	run->broken = NULL;
}

bool schema_tree_check(struct schema_tree *tree, const struct value *value,
		       struct schema_result *result)
{
	struct schema_errors errors = { 0 };

	memset(result, 0, sizeof(*result));
	read_tree(tree);
	if (!tree->resource)
		return true;
	if (!check_value(&tree->run, tree->resource, value, &errors))
		give_up(&tree->run, value, &errors);
	list_leaves(tree->arena, &errors, result);
	return !errors.count;
}

const char *schema_fault(struct arena *arena, const struct value *schema)
{
	const struct limits usual = limits_default();
	struct schema_run run = { .arena = arena,
				  .uri = TREE_URI,
				  .limits = &usual };
	struct schema_errors errors = { 0 };
	const struct value nothing = { .kind = VALUE_NULL };
	const char *line;
	struct str text;

	str_init(&text, arena);
	if (check_tree(&run, schema, &nothing, &text, &errors))
		return NULL;
	/* The first line says only that it is not valid; the last one why. */
	line = strrchr(str_text(&text), '\n');
	line = line ? line + 1 : str_text(&text);
	return line + strspn(line, "- ");
}
