/*
 * The kustomization that Flux makes for a folder that has none: all manifests
 * below it in the order of their names, and each folder with a kustomization
 * of its own as a whole.
 */
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/source.h"
#include "base/tree.h"
#include "base/vec.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "model/value.h"
#include "overlays/overlay.h"

enum {
	DEPTH_MAX = 64 /* folders in folders */
};

/* What source-controller leaves out of each artifact. */
static const char *const left_out[] = {
	".git",
	".github",
	".circleci",
	".travis.yml",
	".gitlab-ci.yml",
	"appveyor.yml",
	".drone.yml",
	"cloudbuild.yaml",
	"codeship-services.yml",
	"codeship-steps.yml",
	".goreleaser.yml",
	".sops.yaml",
	".flux.yaml",
};

/* A line of a .sourceignore, which is written as a .gitignore is. */
struct ignored {
	const char *pattern; /* of a path of the tree */
	bool only_dirs;
	bool not ;
};

VEC_TYPE(ignoreds, struct ignored);

struct scan {
	struct job *job;
	struct arena *arena;
	struct value *resources;
	const struct origin *at;
	struct ignoreds files; /* lines of .sourceignore */
	struct ignoreds own;   /* of the source itself, which win */
	bool usual;            /* and then nothing else is left out */
};

const char *gitops_kustomization(struct job *job, const char *dir)
{
	const char *const *name;
	struct tree_stat stat;

	for (name = overlay_file_names; *name; name++) {
		const char *path = path_below(job->arena, dir, *name);

		if (tree_view_stat(&job->view, path, &stat) == TREE_OK &&
		    stat.kind == TREE_FILE)
			return path;
	}
	return NULL;
}

/* A slash before the end ties a pattern to the folder of its file. */
static void add_ignored(struct scan *scan, struct ignoreds *into,
			const char *dir, const char *line, size_t len)
{
	struct ignored ignored = { .not = *line == '!' };
	const char *slash = *dir ? "/" : "", *text;

	line += ignored.not ;
	len -= ignored.not ;
	while (len && strchr(" \t\r", line[len - 1]))
		len--;
	ignored.only_dirs = len && line[len - 1] == '/';
	len -= ignored.only_dirs;
	if (!len || *line == '#')
		return;
	text = arena_strndup(scan->arena, line, len);
	if (strchr(text, '/'))
		text += *text == '/';
	else
		text = arena_join(scan->arena, "**/", text);
	ignored.pattern = arena_printf(scan->arena, "%s%s%s", dir, slash, text);
	vec_push(scan->arena, into, ignored);
}

static void add_lines(struct scan *scan, struct ignoreds *into, const char *dir,
		      const char *line)
{
	size_t len;

	for (; *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		if (len)
			add_ignored(scan, into, dir, line, len);
	}
}

static void read_ignored(struct scan *scan, const char *dir)
{
	const char *path = *dir ? arena_join(scan->arena, dir, "/.sourceignore")
				: ".sourceignore";
	struct source *file;

	if (tree_view_read(&scan->job->view, path, SOURCE_KUSTOMIZATION,
			   &file) == TREE_OK)
		add_lines(scan, &scan->files, dir, file->text);
}

/* Those of the folders above count as well. */
static void read_all_ignored(struct scan *scan, const char *dir)
{
	if (*dir)
		read_all_ignored(scan, path_folder(scan->arena, dir));
	read_ignored(scan, dir);
}

/* What matches a folder matches all below it. */
static bool matches(const struct scan *scan, const struct ignored *ignored,
		    const char *path)
{
	const char *end = path;

	for (;;) {
		end += strcspn(end, "/");
		if ((*end || !ignored->only_dirs) &&
		    glob_match(GLOB_PROJECT, ignored->pattern,
			       arena_strndup(scan->arena, path,
					     (size_t)(end - path))))
			return true;
		if (!*end++)
			return false;
	}
}

/* The last line that matches decides. */
static const struct ignored *decisive(const struct scan *scan,
				      const struct ignoreds *lines,
				      const char *path)
{
	size_t i;

	for (i = lines->count; i-- > 0;)
		if (matches(scan, &lines->items[i], path))
			return &lines->items[i];
	return NULL;
}

static bool is_left_out(const struct scan *scan, const char *name)
{
	size_t i;

	for (i = 0; i < (scan->usual ? ARRAY_COUNT(left_out) : 1); i++)
		if (strcmp(left_out[i], name) == 0)
			return true;
	return false;
}

static bool is_ignored(const struct scan *scan, const char *path)
{
	const struct ignored *line = decisive(scan, &scan->own, path);

	if (!line)
		line = decisive(scan, &scan->files, path);
	return line && !line->not ;
}

static bool is_yaml(const char *name)
{
	return path_has_ext(name, ".yaml .yml");
}

static void add(struct scan *scan, const char *name)
{
	value_append(scan->arena, scan->resources,
		     value_new_cstring(scan->arena, scan->at, name));
}

static void walk(struct scan *scan, const char *dir, const char *name,
		 unsigned depth)
{
	struct tree_listing listing;
	size_t i;

	if (depth > DEPTH_MAX ||
	    tree_view_list(&scan->job->view, dir, &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const struct tree_entry *entry = &listing.items[i];
		const char *path = path_below(scan->arena, dir, entry->name);
		const char *shown =
			arena_printf(scan->arena, "%s/%s", name, entry->name);
		const char *file;

		if (is_left_out(scan, entry->name))
			continue;
		if (entry->kind == TREE_FILE && is_yaml(entry->name)) {
			if (!is_ignored(scan, path))
				add(scan, shown);
			continue;
		}
		if (entry->kind != TREE_DIR)
			continue;
		/* A line further down may take in what is in it after all. */
		file = gitops_kustomization(scan->job, path);
		if (file && !is_ignored(scan, file)) {
			add(scan, shown);
		} else {
			read_ignored(scan, path);
			walk(scan, path, shown, depth + 1);
		}
	}
}

struct value *gitops_generate(struct job *job, struct arena *arena,
			      const char *dir, const struct gitops_folder *how)
{
	const struct origin *at = how->at;
	struct value *document = value_new_map(arena, at);
	struct scan scan = { .job = job,
			     .arena = arena,
			     .resources = value_new_list(arena, at),
			     .at = at,
			     .usual = !how->ignore };

	if (how->ignore)
		add_lines(&scan, &scan.own, "", how->ignore);
	read_all_ignored(&scan, dir);
	walk(&scan, dir, ".", 0);
	if (value_count(scan.resources))
		value_set(arena, document, "resources", scan.resources);
	else /* Flux's own word, so that the file is not empty. */
		value_set(arena, document, "namespace",
			  value_new_cstring(arena, at, "_placeholder"));
	return document;
}
