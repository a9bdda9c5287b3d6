#include "compiler/rendered_from.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/table.h"
#include "compiler/job.h"

/* A comment, and the text that it is about. */
struct mark {
	size_t begin;
	size_t end;
	const char *path;
};

VEC_TYPE(marks, struct mark);

static const char front[] = "# Source: ";

/* Comments that a line begins with; each counts up to the next `---`. */
static void collect(struct job *job, const struct source *source,
		    struct marks *marks)
{
	const char *text = source->text, *at = text;

	while ((at = source_find(source, at, front)) != NULL) {
		const char *path = at + strlen(front);
		size_t len = strcspn(path, "\r\n");
		const char *end = strstr(path, "\n---");
		struct mark *mark;

		if (at > text && at[-1] != '\n') {
			at = path;
			continue;
		}
		mark = vec_new(job->arena, marks);
		mark->begin = (size_t)(at - text);
		mark->end = end ? (size_t)(end - text) : source->len;
		mark->path = arena_strndup(job->arena, path, len);
		at = end ? end : path + len;
	}
}

/* The mark whose text holds the offset; or NULL. */
static const struct mark *mark_at(const struct marks *marks, size_t offset)
{
	size_t low = 0, high = marks->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (marks->items[middle].begin <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || offset >= marks->items[low - 1].end)
		return NULL;
	return &marks->items[low - 1];
}

static void note(struct job *job, const struct table *known, struct diag *diag)
{
	const struct source *source = origin_source(&diag->origin);
	const struct marks *marks =
		source ? table_gets(known, source->name) : NULL;
	const struct mark *mark =
		marks ? mark_at(marks, diag->origin.begin) : NULL;
	struct diag_note added = { .text = NULL };

	if (!mark)
		return;
	added.text = arena_printf(job->arena, "rendered from %s", mark->path);
	vec_push(job->arena, &diag->notes, added);
}

void rendered_from_note(struct job *job)
{
	const struct job *producer = job->same ? job->same : job;
	struct table known;
	size_t i, j;

	if (!job->findings.diags.count)
		return;
	table_init(&known, job->arena);
	for (i = 0; i < producer->sources.count; i++)
		for (j = 0; j < producer->sources.items[i].files.count; j++) {
			const struct source *source =
				producer->sources.items[i].files.items[j];
			struct marks *marks =
				arena_zalloc(job->arena, sizeof(*marks));

			collect(job, source, marks);
			if (marks->count)
				table_puts(&known, source->name, marks);
		}
	for (i = 0; known.count && i < job->findings.diags.count; i++)
		note(job, &known, job->findings.diags.items[i]);
}
