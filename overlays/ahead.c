#include "overlays/ahead.h"

#include <string.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/tree.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"
#include "overlays/load.h"
#include "overlays/run.h"

enum {
	/* Less than that is read before a thread has started. */
	WORTH_THREADS = 128 << 10,
	SHARES_MAX = 4,
	TREE_RATIO = 2, /* bytes of a tree for one of its text */
};

/* One of a file, and where its tree goes. */
struct document {
	struct ahead_file *file;
	const struct yaml_document *place;
	struct value **tree;
};

VEC_TYPE(documents, struct document);

/* Documents that follow one another, for one thread. */
struct share {
	const struct limits *limits;
	struct arena *arena;
	struct yaml_texts *texts;
	const struct document *documents;
	size_t count;
};

static void read_share(void *context, size_t index)
{
	const struct share *share = (struct share *)context + index;
	const struct yaml_options options = { .dialect = YAML_KUSTOMIZE,
					      .limits = share->limits,
					      .texts = share->texts };
	struct yaml_problem problem = { 0 };
	size_t i;

	for (i = 0; i < share->count; i++) {
		const struct document *document = &share->documents[i];

		*document->tree =
			yaml_read(share->arena, document->file->source,
				  document->place->begin, document->place->end,
				  &options, &problem);
	}
}

static size_t size_of(const struct document *document)
{
	return document->place->end - document->place->begin;
}

/* As many documents as make `bytes`; all that are left for the last share. */
static size_t cut(const struct documents *documents, size_t from, size_t bytes,
		  bool last)
{
	size_t size = 0, i = from;

	/* Where one reaches beyond, half of it decides. */
	while (i < documents->count &&
	       (last || size + size_of(&documents->items[i]) / 2 < bytes))
		size += size_of(&documents->items[i++]);
	return i - from;
}

static void read_all(struct overlay_run *run, const struct documents *documents)
{
	struct share shares[SHARES_MAX];
	size_t workers = pool_default_workers(), bytes = 0, at = 0, i;

	if (workers > SHARES_MAX)
		workers = SHARES_MAX;
	for (i = 0; i < documents->count; i++)
		bytes += size_of(&documents->items[i]);
	for (i = 0; i < workers; i++) {
		struct share *share = &shares[i];

		/* Memory that is in use already costs less than new one. */
		share->arena = i ? arena_new() : run->arena;
		arena_expect(share->arena, bytes / workers * TREE_RATIO);
		share->texts = i ? yaml_texts_new(share->arena) : run->texts;
		share->limits = run->options->limits;
		share->documents = documents->items + at;
		share->count = cut(documents, at, bytes / workers + 1,
				   i + 1 == workers);
		at += share->count;
		if (i)
			arena_adopt(run->arena, share->arena);
	}
	pool_run(workers, workers, read_share, shares);
}

static void add_documents(struct overlay_run *run, struct documents *all,
			  struct ahead_file *file)
{
	struct yaml_documents places = { 0 };
	size_t i;
	uint32_t bad;

	if (!yaml_split(run->arena, file->source, YAML_SPLIT_KUSTOMIZE, &places,
			&bad))
		return;
	vec_reserve(run->arena, &file->trees, places.count + 1);
	file->trees.count = places.count;
	for (i = 0; i < places.count; i++) {
		const struct document document = { file, &places.items[i],
						   &file->trees.items[i] };

		vec_push(run->arena, all, document);
	}
}

static bool is_file(struct overlay_run *run, const char *name,
		    struct tree_stat *stat)
{
	return !load_is_remote(name) &&
	       tree_view_stat(run->view, load_path(run, name), stat) ==
		       TREE_OK &&
	       stat->kind == TREE_FILE;
}

/* 0: it is not worth it. */
static uint64_t bytes_of(struct overlay_run *run, const struct value *entries)
{
	const struct value *entry;
	struct tree_stat stat;
	uint64_t bytes = 0;

	/* Facts have an order, too, and those who ask for them have jobs. */
	if (run->facts || run->options->shares)
		return 0;
	list_foreach (entry, entries)
		if (is_file(run, value_string_or(entry, ""), &stat))
			bytes += stat.size;
	return bytes >= WORTH_THREADS && pool_default_workers() > 1 ? bytes : 0;
}

static void load(struct overlay_run *run, const struct value *entry,
		 struct ahead *ahead, struct documents *documents)
{
	struct diag_sink *diags = run->diags;
	struct ahead_file *file;
	struct diag_sink unheard;
	struct tree_stat stat;
	const char *name = value_string_or(entry, "");

	if (!is_file(run, name, &stat) || table_gets(&ahead->files, name))
		return;
	file = arena_zalloc(run->arena, sizeof(*file));
	diag_sink_init(&unheard, run->arena);
	run->diags = &unheard;
	if (load_file(run, name, &entry->origin, SOURCE_MANIFEST,
		      &file->source)) {
		table_puts(&ahead->files, name, file);
		add_documents(run, documents, file);
	}
	run->diags = diags;
}

void ahead_read(struct overlay_run *run, const struct value *entries,
		struct ahead *ahead)
{
	struct documents documents = { 0 };
	const struct value *entry;
	uint64_t bytes;
	size_t i;

	table_init(&ahead->files, run->arena);
	bytes = bytes_of(run, entries);
	if (!bytes)
		return;
	tree_expect(run->view->tree, bytes);
	list_foreach (entry, entries)
		load(run, entry, ahead, &documents);
	read_all(run, &documents);
	for (i = 0; i < documents.count; i++)
		if (!*documents.items[i].tree)
			documents.items[i].file->taken = true;
}

const struct ahead_file *ahead_take(struct ahead *ahead, const char *name)
{
	struct ahead_file *file =
		ahead ? table_gets(&ahead->files, name) : NULL;

	/* Who names a file twice gets objects of its own. */
	if (!file || file->taken || !file->trees.items)
		return NULL;
	file->taken = true;
	return file;
}
