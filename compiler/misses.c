#include "compiler/misses.h"

#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/table.h"
#include "compiler/run.h"
#include "model/bundle.h"

static bool is_miss(const struct fact *fact)
{
	return origin_source(&fact->origin) &&
	       (fact->kind == FACT_PATCH_MATCHES_NOTHING ||
		fact->kind == FACT_TRANSFORM_MATCHES_NOTHING);
}

/* Each job has read the file for itself, so it is told by its name. */
static const char *place_of(struct arena *arena, const struct fact *fact)
{
	return arena_printf(arena, "%s\n%u", origin_source(&fact->origin)->name,
			    fact->origin.begin);
}

static void find_misses(const struct run *run, struct table *misses)
{
	size_t i, j;

	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		for (j = 0; j < job->facts.facts.count; j++)
			if (is_miss(&job->facts.facts.items[j]))
				table_puts(misses,
					   place_of(run->arena,
						    &job->facts.facts.items[j]),
					   NULL);
	}
}

/* `run` as the value of a miss says that another target does not miss. */
static void find_hits(struct run *run, struct table *misses)
{
	struct table files;
	size_t i, j;
	uint32_t k;

	table_init(&files, run->arena);
	for (k = 0; k < misses->count; k++) {
		const char *key = misses->entries[k].key;

		table_put(&files, key, strcspn(key, "\n"), run);
	}
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		for (j = 0; j < job->facts.facts.count; j++) {
			const struct fact *fact = &job->facts.facts.items[j];
			const char *place;

			if (fact->kind != FACT_MATCHED ||
			    !origin_source(&fact->origin) ||
			    !table_gets(&files,
					origin_source(&fact->origin)->name))
				continue;
			place = place_of(run->arena, fact);
			if (table_find(misses, place, strlen(place)))
				table_puts(misses, place, run);
		}
	}
}

static bool is_built(const struct job *job)
{
	size_t i;

	if (job->failed)
		return false;
	for (i = 0; i < job->facts.facts.count; i++)
		if (job->facts.facts.items[i].kind == FACT_INPUT_NOT_VENDORED)
			return false;
	return true;
}

/* All kustomizations that one of these builds on, and itself. */
static void add_bases(struct run *run, const char *path, struct table *bases)
{
	const struct overlay_options options = { .view = &run->view,
						 .diags = run->diags };
	struct overlay_summary summary;
	uint32_t at = bases->count;
	size_t i;

	if (!table_find(bases, path, strlen(path)))
		table_puts(bases, path, NULL);
	for (; at < bases->count; at++) {
		if (!overlay_summarize(run->arena, &options,
				       bases->entries[at].key, &summary))
			continue;
		for (i = 0; i < summary.names.count; i++) {
			const char *name = summary.names.items[i];

			if (!table_find(bases, name, strlen(name)))
				table_puts(bases, name, NULL);
		}
	}
}

/* What could not be built might have matched. */
static void find_unbuilt(struct run *run, struct table *misses)
{
	struct table bases;
	size_t i, j;
	uint32_t k;

	table_init(&bases, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		for (j = 0; j < job->sources.count && !is_built(job); j++)
			if (job->sources.items[j].kind ==
			    SOURCE_KIND_KUSTOMIZATION)
				add_bases(run, job->sources.items[j].path,
					  &bases);
	}
	for (k = bases.count; k-- > 0;)
		table_puts(&bases,
			   tree_view_display(&run->view, bases.entries[k].key),
			   run);
	for (k = 0; k < misses->count; k++) {
		const char *key = misses->entries[k].key, *slash;
		size_t len = strcspn(key, "\n");
		const char *file = arena_strndup(run->arena, key, len);

		slash = strrchr(file, '/');
		if (table_get(&bases, slash ? file : ".",
			      slash ? (size_t)(slash - file) : 1))
			misses->entries[k].value = run;
	}
}

static void drop(struct run *run, struct job *job, const struct table *misses)
{
	bool empty = job->bundle && !job->bundle->objects.count;
	size_t i, kept = 0;

	for (i = 0; i < job->facts.facts.count; i++) {
		const struct fact *fact = &job->facts.facts.items[i];

		if (!is_miss(fact) ||
		    (!empty && !table_gets(misses, place_of(run->arena, fact))))
			job->facts.facts.items[kept++] = *fact;
	}
	job->facts.facts.count = kept;
}

void misses_drop(struct run *run)
{
	struct table misses;
	size_t i;

	table_init(&misses, run->arena);
	find_misses(run, &misses);
	if (!misses.count)
		return;
	find_hits(run, &misses);
	find_unbuilt(run, &misses);
	for (i = 0; i < run->jobs.count; i++)
		drop(run, run->jobs.items[i], &misses);
}
