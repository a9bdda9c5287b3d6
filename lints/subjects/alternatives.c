#include "lints/subjects/alternatives.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/config.h"
#include "lints/run.h"
#include "model/bundle.h"
#include "model/value.h"

/* A file, and one that it shares an object with; itself at the end. */
struct file {
	struct file *next;
};

static const struct source *source_of(const struct object *object)
{
	return origin_source(&object->root->origin);
}

static struct file *file_of(struct lint_run *run, const struct object *object)
{
	const char *source = origin_source_key(&object->root->origin);
	struct table *files = run->found->files;
	struct file *file = table_get(files, source, sizeof(struct source *));

	if (!file) {
		file = arena_alloc(run->found->kept, sizeof(*file));
		file->next = file;
		table_put(files, source, sizeof(struct source *), file);
	}
	while (file->next != file) {
		file->next = file->next->next;
		file = file->next;
	}
	return file;
}

static void find_shared(struct lint_run *run)
{
	const struct object *object, *first;

	run->found->files =
		arena_zalloc(run->found->kept, sizeof(struct table));
	table_init(run->found->files, run->found->kept);
	bundle_foreach (object, run->bundle) {
		if (!*object->name || !*object->kind ||
		    strcmp(object->kind, "Namespace") == 0)
			continue;
		first = bundle_same_id(run->bundle, object)->objects.items[0];
		if (source_of(first) != source_of(object))
			file_of(run, object)->next = file_of(run, first);
	}
}

bool lint_are_alternatives(struct lint_run *run, const struct object *a,
			   const struct object *b)
{
	if (run->config->layers->whole || source_of(a) == source_of(b))
		return false;
	if (!run->found->files)
		find_shared(run);
	return file_of(run, a) == file_of(run, b);
}
