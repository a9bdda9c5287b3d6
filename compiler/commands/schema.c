/*
 * schema: definitions of custom resources, kept with the project for checks.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/tree_disk.h"
#include "compiler/command.h"
#include "compiler/schema_file.h"
#include "model/value.h"
#include "model/value_path.h"

struct schema_options {
	const char *output;
};

#define FIELD(x) offsetof(struct schema_options, x)

static const struct option options[] = {
	{ .name = "output",
	  .letter = 'o',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(output),
	  .value = "FILE",
	  .help = "File to write instead of standard output." },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ .title = "Options", .options = options },
	{ NULL, NULL, 0 },
};

static bool read_all(struct invocation *invocation, struct tree_view *view,
		     const struct limits *limits,
		     struct run_values *definitions)
{
	size_t i, before;

	for (i = 1; i < invocation->args.count; i++) {
		const char *name = invocation->args.items[i];
		struct source *file;
		const char *path = name;
		enum tree_status status = tree_disk_locate(
			view->tree, invocation->arena, name, &path);

		if (status == TREE_OK)
			status = tree_view_read(view, path, SOURCE_MANIFEST,
						&file);
		if (status != TREE_OK)
			return diag_error(&invocation->diags, NULL,
					  "cannot read %s: %s", name,
					  tree_status_text(status));
		before = definitions->count;
		if (!schema_file_read(invocation->arena, file, limits,
				      &invocation->diags, definitions))
			return false;
		if (definitions->count == before)
			return diag_error(&invocation->diags, NULL,
					  "%s holds no "
					  "CustomResourceDefinition",
					  name);
	}
	return true;
}

struct named {
	const char *name;
	size_t at; /* where it was named: of equal names the last one wins */
	struct value *root;
};

static int by_name(const void *a, const void *b)
{
	const struct named *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : one->at < other->at ? -1 : 1;
}

static void write_all(struct arena *arena, const struct run_values *definitions,
		      struct str *out)
{
	struct named *rows =
		arena_alloc(arena, (definitions->count + 1) * sizeof(*rows));
	size_t i, count = definitions->count;

	for (i = 0; i < count; i++) {
		rows[i].root = definitions->items[i];
		rows[i].name = value_string_or(
			value_at(rows[i].root, "metadata.name"), "");
		rows[i].at = i;
	}
	if (count)
		qsort(rows, count, sizeof(*rows), by_name);
	for (i = 0; i < count; i++)
		if (i + 1 == count ||
		    strcmp(rows[i].name, rows[i + 1].name) != 0)
			schema_file_write(arena, out, rows[i].root);
}

static bool check_words(struct invocation *invocation)
{
	const struct option_texts *args = &invocation->args;

	if (args->count < 2 || strcmp(args->items[0], "import") != 0) {
		diag_error(&invocation->diags, NULL,
			   args->count && strcmp(args->items[0], "import") == 0
				   ? "schema import needs a file"
				   : "schema needs the word import");
		diag_help(&invocation->diags,
			  "plimsoll schema import crds/*.yaml -o "
			  "schemas.jsonl");
		return false;
	}
	return true;
}

static int run(struct invocation *invocation)
{
	const struct schema_options *wanted = invocation->options;
	const struct limits limits = limits_default();
	struct run_values definitions = { 0 };
	struct tree *tree = NULL;
	struct tree_view view;
	struct str out;
	char *cwd;
	int status = STATUS_ERROR;

	if (!check_words(invocation))
		goto done;
	cwd = getcwd(NULL, 0);
	tree = tree_disk_open("/", cwd ? cwd : "/", limits.file_size);
	free(cwd);
	if (!tree)
		goto done;
	tree_view_init(&view, tree, invocation->arena);
	if (!read_all(invocation, &view, &limits, &definitions))
		goto done;
	str_init(&out, invocation->arena);
	write_all(invocation->arena, &definitions, &out);
	if (!wanted->output)
		status = invocation_print(invocation, &out, STATUS_CLEAN);
	else if (file_write(invocation->arena, &invocation->diags,
			    wanted->output, out.text, out.len) != FILE_FAILED)
		status = STATUS_CLEAN;
done:
	invocation_flush(invocation);
	if (tree)
		tree_close(tree);
	return status;
}

const struct command command_schema = {
	.name = "schema",
	.summary = "Keep definitions of custom resources for checks.",
	.usage = "schema import FILE...",
	.help = "Writes what checks need of the CustomResourceDefinitions in "
		"the files: a line of JSON each, sorted by name; of equal "
		"names the last one counts. `schemas:` in the project file "
		"reads it.",
	.groups = groups,
	.size = sizeof(struct schema_options),
	.run = run,
};
