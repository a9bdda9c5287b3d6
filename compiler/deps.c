#include "compiler/deps.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/emit.h"
#include "compiler/run.h"
#include "model/json.h"

VEC_TYPE(names, const char *);

/* What one bundle was made from, sorted. */
struct inputs_of {
	const struct job *job;
	struct names files;
	struct names folders;  /* that were listed */
	struct names patterns; /* of files, whatever matched */
	struct names missing;  /* looked for and not there */
};

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(struct names *names)
{
	size_t i, kept = 0;

	if (!names->count)
		return;
	qsort(names->items, names->count, sizeof(*names->items), compare);
	for (i = 1; i < names->count; i++)
		if (strcmp(names->items[i], names->items[kept]) != 0)
			names->items[++kept] = names->items[i];
	names->count = kept + 1;
}

static void take(struct inputs_of *inputs, struct arena *arena,
		 const struct tree_view *view)
{
	size_t i;

	for (i = 0; i < view->log.count; i++) {
		const struct tree_access *access = &view->log.items[i];
		struct names *names = NULL;

		switch (access->kind) {
		case TREE_OPENED:
			names = &inputs->files;
			break;
		case TREE_LISTED:
			names = &inputs->folders;
			break;
		case TREE_GLOBBED:
			names = &inputs->patterns;
			break;
		case TREE_MISSED:
			names = &inputs->missing;
			break;
		}
		vec_push(arena, names,
			 tree_view_display((struct tree_view *)view,
					   access->path));
	}
}

static struct inputs_of inputs_of_job(struct run *run, const struct job *job)
{
	struct inputs_of inputs = { .job = job };

	take(&inputs, run->arena, &job->view);
	if (job->same)
		take(&inputs, run->arena, &job->same->view);
	if (run->project->path)
		vec_push(run->arena, &inputs.files,
			 tree_view_display(&run->view, run->project->path));
	sort(&inputs.files);
	sort(&inputs.folders);
	sort(&inputs.patterns);
	sort(&inputs.missing);
	return inputs;
}

/* The nearest folder above a path that is there: it changes with the path. */
static const char *folder_above(struct run *run, const char *shown)
{
	const char *dir = path_dir(run->arena, shown), *path;
	struct tree_stat stat;

	while (strcmp(dir, ".") != 0 && strcmp(dir, "/") != 0 &&
	       (run_locate(run, dir, &path) != TREE_OK ||
		tree_view_stat(&run->view, path, &stat) != TREE_OK))
		dir = path_dir(run->arena, dir);
	return dir;
}

/* All that a build system has to look at, files in front of folders. */
static struct names prerequisites(struct run *run,
				  const struct inputs_of *inputs)
{
	struct names all = { 0 }, folders = { 0 };
	size_t i;

	for (i = 0; i < inputs->files.count; i++)
		vec_push(run->arena, &all, inputs->files.items[i]);
	for (i = 0; i < inputs->folders.count; i++)
		vec_push(run->arena, &folders, inputs->folders.items[i]);
	for (i = 0; i < inputs->missing.count; i++)
		vec_push(run->arena, &folders,
			 folder_above(run, inputs->missing.items[i]));
	sort(&folders);
	for (i = 0; i < folders.count; i++)
		vec_push(run->arena, &all, folders.items[i]);
	return all;
}

static void put_escaped(struct str *out, const char *text, const char *special,
			const char *before)
{
	for (; *text; text++) {
		if (*text == '$')
			str_putc(out, '$');
		else if (strchr(special, *text))
			str_puts(out, before);
		str_putc(out, *text);
	}
}

/* Each input is a target as well: one that is deleted is no error then. */
static void put_make(struct str *out, struct run *run,
		     const struct inputs_of *inputs, struct table *phony)
{
	struct names all = prerequisites(run, inputs);
	size_t i;

	for (i = 0; i < inputs->job->outputs.count; i++) {
		str_puts(out, i ? " " : "");
		put_escaped(out, inputs->job->outputs.items[i], " #\\:", "\\");
	}
	str_putc(out, ':');
	for (i = 0; i < all.count; i++) {
		str_puts(out, " \\\n  ");
		put_escaped(out, all.items[i], " #\\:", "\\");
	}
	str_putc(out, '\n');
	for (i = 0; i < all.count; i++) {
		if (table_puts(phony, all.items[i], phony))
			continue;
		put_escaped(out, all.items[i], " #\\:", "\\");
		str_puts(out, ":\n");
	}
}

static void put_ninja(struct str *out, struct run *run,
		      const struct inputs_of *inputs, struct table *phony)
{
	struct names all = prerequisites(run, inputs);
	size_t i;

	if (!phony->count)
		str_puts(out, "ninja_dyndep_version = 1\n");
	table_puts(phony, "", phony);
	str_puts(out, "build");
	for (i = 0; i < inputs->job->outputs.count; i++) {
		str_puts(out, i == 1 ? " | " : " ");
		put_escaped(out, inputs->job->outputs.items[i], " :", "$");
	}
	str_puts(out, ": dyndep |");
	for (i = 0; i < all.count; i++) {
		str_puts(out, " $\n  ");
		put_escaped(out, all.items[i], " :", "$");
	}
	str_puts(out, "\n  restat = 1\n");
}

static void put_list(struct str *out, const char *key, const char *const *items,
		     size_t count)
{
	size_t i;

	str_printf(out, ",\n   \"%s\": [", key);
	for (i = 0; i < count; i++) {
		str_puts(out, i ? ", " : "");
		json_write_string(out, items[i], strlen(items[i]), true);
	}
	str_putc(out, ']');
}

static void put_json(struct str *out, struct run *run,
		     const struct inputs_of *inputs, struct table *phony)
{
	const struct job *job = inputs->job;

	(void)run;
	str_puts(out,
		 phony->count ? ",\n  {\"target\": " : "\n  {\"target\": ");
	table_puts(phony, "", phony);
	json_write_string(out, job->target->name, strlen(job->target->name),
			  true);
	str_puts(out, ", \"environment\": ");
	json_write_string(out, job->environment->name,
			  strlen(job->environment->name), true);
	put_list(out, "outputs", job->outputs.items, job->outputs.count);
	put_list(out, "files", inputs->files.items, inputs->files.count);
	put_list(out, "folders", inputs->folders.items, inputs->folders.count);
	put_list(out, "patterns", inputs->patterns.items,
		 inputs->patterns.count);
	put_list(out, "missing", inputs->missing.items, inputs->missing.count);
	str_putc(out, '}');
}

static const struct format {
	const char *name;
	const char *front;
	const char *back;
	/* `seen` is empty before the first bundle, and then the format's. */
	void (*put)(struct str *out, struct run *run,
		    const struct inputs_of *inputs, struct table *seen);
} formats[] = {
	{ "make", "", "", put_make },
	{ "ninja", "", "", put_ninja },
	{ "json", "{\"version\": 1, \"bundles\": [", "\n]}\n", put_json },
};

static const struct format *find(const struct run *run)
{
	const char *word = run->options->deps;
	size_t len = strcspn(word, "="), i;

	for (i = 0; i < ARRAY_COUNT(formats); i++)
		if (strlen(formats[i].name) == len &&
		    strncmp(formats[i].name, word, len) == 0)
			return &formats[i];
	return NULL;
}

bool deps_check(struct run *run)
{
	static const char *const names[] = { "make", "ninja", "json", NULL };
	const char *word = run->options->deps, *near;

	if (!word || find(run))
		return true;
	word = arena_strndup(run->arena, word, strcspn(word, "="));
	near = edit_nearest_of(word, names);
	diag_error(run->diags, NULL,
		   "--deps is \"%s\"; make, ninja or json, and =FILE, is "
		   "needed",
		   word);
	if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
	return false;
}

bool deps_write(struct run *run)
{
	const char *word = run->options->deps, *file;
	const struct format *format;
	struct table seen;
	struct str out;
	size_t i;

	if (!word)
		return true;
	file = strchr(word, '=');
	if (!emit_to_files(run))
		return diag_error(run->diags, NULL,
				  "--deps tells what files are made from, and "
				  "the bundle goes to standard output; -o DIR "
				  "makes it a file");
	format = find(run);
	table_init(&seen, run->arena);
	str_init(&out, run->arena);
	str_puts(&out, format->front);
	for (i = 0; i < run->jobs.count; i++) {
		struct inputs_of inputs;

		if (run->jobs.items[i]->failed)
			continue;
		inputs = inputs_of_job(run, run->jobs.items[i]);
		format->put(&out, run, &inputs, &seen);
	}
	str_puts(&out, format->back);
	if (file)
		return file_write(run->arena, run->diags, file + 1, out.text,
				  out.len) != FILE_FAILED;
	return invocation_print(run->invocation, &out, STATUS_CLEAN) ==
	       STATUS_CLEAN;
}
