#include "compiler/inputs/texts.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/source.h"
#include "base/vec.h"
#include "compiler/git.h"
#include "compiler/inputs/near.h"
#include "compiler/leaders.h"
#include "compiler/mentions.h"
#include "compiler/run.h"
#include "overlays/overlay.h"

enum {
	DEPTH_MAX = 64, /* how deep folders of a chart are entered */
	SHARE = 32      /* texts that one thread searches at a time */
};

/* A content, by the first path that has it. */
struct content {
	const char *path;
	unsigned leads;
	struct mentions *mentions; /* NULL: it is no kustomization */
};

struct texts {
	struct run *run;
	struct texts_wanted wanted;
	struct table by_path;
	struct table by_id; /* of what is tracked and has not changed */
	struct table mentions;
	VEC(struct content *) contents;
	struct arena **arenas;    /* of shares */
	struct git_paths leading; /* paths at which something leads on */
	const struct near *near;  /* who reads them */
};

/*
 * Only what is rendered has objects: a note or a picture leads nowhere, nor
 * does what a chart says of itself.
 */
static bool may_speak(const char *path)
{
	return path_has_ext(path, ".yaml .yml .json .tpl") &&
	       strcmp(path_name(path), "Chart.yaml") != 0;
}

/* A chart that is packed away may hold anything. */
static bool is_packed(const char *path)
{
	return path_has_ext(path, ".tgz");
}

static void add_kustomization(struct texts *texts, const char *path,
			      struct content *text)
{
	struct arena *arena = texts->run->arena;

	if (!text->mentions)
		text->mentions = arena_zalloc(arena, sizeof(*text->mentions));
	table_puts(&texts->mentions, path_folder(arena, path), text->mentions);
}

static void add_text(struct texts *texts, const char *path,
		     const unsigned char *id)
{
	struct arena *arena = texts->run->arena;
	bool mentions =
		texts->wanted.mentions && overlay_is_file_name(path_name(path));
	struct content *text;

	if ((!mentions && (!texts->wanted.leads || !may_speak(path))) ||
	    table_gets(&texts->by_path, path))
		return;
	text = id ? table_get(&texts->by_id, (const char *)id, GIT_ID_BYTES)
		  : NULL;
	if (!text) {
		text = arena_zalloc(arena, sizeof(*text));
		text->path = path;
		vec_push(arena, &texts->contents, text);
		if (id)
			table_put(&texts->by_id, (const char *)id, GIT_ID_BYTES,
				  text);
	}
	table_puts(&texts->by_path, path, text);
	if (mentions)
		add_kustomization(texts, path, text);
}

/* Submodules and links hold what the names of files do not tell. */
static void add_tracked(struct texts *texts, struct git *git)
{
	struct git_tracked_file file;
	size_t at = 0;

	while (git_next_file(git, &at, &file)) {
		if (!file.regular || is_packed(file.path))
			vec_push(texts->run->arena, &texts->leading, file.path);
		else
			add_text(texts, file.path, file.id);
	}
}

static void search(void *context, size_t share)
{
	const struct texts *texts = context;
	struct tree *tree = texts->run->tree;
	struct arena *scratch = arena_new();
	size_t end = (share + 1) * SHARE, i;
	struct tree_text bytes;

	for (i = share * SHARE; i < end && i < texts->contents.count; i++) {
		struct content *text = texts->contents.items[i];
		bool read =
			tree->class->read(tree, text->path, scratch,
					  tree->file_limit, &bytes) == TREE_OK;

		if (read && texts->wanted.leads)
			text->leads = leaders_text(bytes.at);
		if (read && text->mentions)
			mentions_find(texts->arenas[share], bytes.at,
				      text->mentions);
	}
	arena_free(scratch);
}

static void search_all(struct texts *texts)
{
	struct arena *arena = texts->run->arena;
	size_t shares = (texts->contents.count + SHARE - 1) / SHARE, i;

	texts->arenas =
		arena_alloc(arena, (shares + 1) * sizeof(*texts->arenas));
	for (i = 0; i < shares; i++) {
		texts->arenas[i] = arena_new();
		arena_adopt(arena, texts->arenas[i]);
	}
	pool_run(run_workers(texts->run), shares, search, texts);
}

static void find_leading(struct texts *texts)
{
	uint32_t i;

	for (i = 0; i < texts->by_path.count; i++) {
		const struct table_entry *entry = &texts->by_path.entries[i];
		const struct content *text = entry->value;

		if (text->leads & (LEADS_ARGO | LEADS_FLUX))
			vec_push(texts->run->arena, &texts->leading,
				 entry->key);
	}
	if (texts->wanted.leads && texts->leading.count)
		texts->near = near_find(texts->run, &texts->leading,
					texts->leading.count, texts);
}

const struct texts *texts_find(struct run *run,
			       const struct git_changes *changes,
			       const struct texts_wanted *wanted)
{
	const struct git_paths *unseen = git_unseen(run->git);
	struct texts *texts;
	size_t i;

	if (!unseen)
		return NULL;
	if (!wanted->leads && run->mentions)
		return run->mentions;
	texts = arena_zalloc(run->arena, sizeof(*texts));
	texts->run = run;
	texts->wanted = *wanted;
	table_init(&texts->by_path, run->arena);
	table_init(&texts->by_id, run->arena);
	table_init(&texts->mentions, run->arena);
	for (i = 0; i < unseen->count; i++)
		vec_push(run->arena, &texts->leading, unseen->items[i]);
	for (i = 0; i < changes->count; i++) {
		const char *path = changes->items[i].path;

		if (is_packed(path))
			vec_push(run->arena, &texts->leading, path);
		else
			add_text(texts, path, NULL);
	}
	add_tracked(texts, run->git);
	search_all(texts);
	find_leading(texts);
	if (!wanted->leads)
		run->mentions = texts;
	return texts;
}

const struct table *texts_mentions(const struct texts *texts)
{
	return &texts->mentions;
}

bool texts_lead_target(const struct texts *texts, const struct target *target)
{
	return texts->near && near_reaches_target(texts->near, target);
}

bool texts_lead_job(const struct texts *texts, const struct job *job)
{
	return texts->near && near_reaches(texts->near, job);
}

/* A job that is looked into, through a view that logs nothing for it. */
struct look {
	const struct texts *texts;
	struct tree_view view;
	struct table *folders;
};

static unsigned of_file(struct look *look, const char *path)
{
	const struct content *known =
		look->texts && look->texts->wanted.leads
			? table_gets(&look->texts->by_path, path)
			: NULL;
	struct source *source;

	if (known)
		return known->leads;
	return may_speak(path) && tree_view_read(&look->view, path,
						 SOURCE_MANIFEST,
						 &source) == TREE_OK
		       ? leaders_text(source->text)
		       : 0;
}

static unsigned below_folder(struct look *look, const char *dir, unsigned depth)
{
	struct tree_listing listing;
	unsigned leads = 0;
	size_t i;

	if (depth > DEPTH_MAX ||
	    tree_view_list(&look->view, dir, &listing) != TREE_OK)
		return 0;
	for (i = 0; i < listing.count; i++) {
		const char *path =
			path_join(look->view.arena, dir, listing.items[i].name);

		if (listing.items[i].kind == TREE_DIR)
			leads |= below_folder(look, path, depth + 1);
		else if (is_packed(path))
			leads |= LEADS_ARGO | LEADS_APPLICATION;
		else
			leads |= of_file(look, path);
	}
	return leads;
}

static unsigned of_folder(struct look *look, const char *dir)
{
	unsigned *known = table_gets(look->folders, dir);

	if (!known) {
		struct arena *arena = look->folders->arena;

		known = arena_alloc(arena, sizeof(*known));
		*known = below_folder(look, dir, 0);
		table_puts(look->folders, arena_strdup(arena, dir), known);
	}
	return *known;
}

unsigned texts_leads(const struct texts *texts, const struct job *job,
		     const struct inputs_log *log,
		     const struct inputs_log *below, struct table *folders)
{
	struct look look = { .texts = texts, .folders = folders };
	unsigned leads = 0;
	struct tree_paths paths;
	size_t i, j;

	tree_view_init(&look.view, job->run->tree, job->arena);
	for (i = 0; i < job->view.log.count; i++)
		if (job->view.log.items[i].kind == TREE_OPENED)
			leads |= of_file(&look, job->view.log.items[i].path);
	for (i = 0; i < log->count; i++) {
		const struct tree_access *access = &log->items[i];

		if (access->kind == TREE_OPENED)
			leads |= of_file(&look, access->path);
		if (access->kind != TREE_GLOBBED ||
		    tree_view_glob(&look.view, "", access->path, &paths) !=
			    TREE_OK)
			continue;
		for (j = 0; j < paths.count; j++)
			leads |= of_file(&look, paths.items[j]);
	}
	for (i = 0; i < below->count; i++)
		leads |= of_folder(&look, below->items[i].path);
	return leads;
}
