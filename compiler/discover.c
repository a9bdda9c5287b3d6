#include "compiler/discover.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/str.h"
#include "base/table.h"
#include "base/tree.h"
#include "compiler/git.h"
#include "compiler/project.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "overlays/overlay.h"

/* How deep folders are entered where Git does not list them. */
enum {
	DEPTH_MAX = 64,
	RELEASE_MAX = 53, /* as long as Helm lets one be */
	HEAD_LINES = 10
};

struct search {
	struct discovery *discovery;
	struct arena *arena;
	const char *top;
	struct git_paths files;
	struct table charts;         /* folders with a Chart.yaml */
	struct table kustomizations; /* folders to struct found */
	struct table named;          /* paths that kustomizations name */
	struct table sets;           /* folders to struct found: manifests */
};

struct found {
	const char *dir;
	bool component;
	struct value *files; /* a list, for sets */
};

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static const char *dir_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : "";
}

static bool is_kustomization(const char *name)
{
	return strcmp(name, "kustomization.yaml") == 0 ||
	       strcmp(name, "kustomization.yml") == 0 ||
	       strcmp(name, "Kustomization") == 0;
}

static bool is_yaml(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0 ||
		       strcmp(dot, ".json") == 0);
}

/* Folders nobody means when he says "lint .". */
static bool is_skipped_folder(const char *name, size_t len)
{
	static const char *const names[] = { "node_modules", "testdata" };
	size_t i;

	if (len && name[0] == '.')
		return true;
	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strlen(names[i]) == len && !strncmp(names[i], name, len))
			return true;
	return false;
}

/* Whether a folder between `top` and the file is one to skip. */
static bool is_skipped(const char *path, const char *top)
{
	const char *at = path + strlen(top), *slash;

	if (*at == '/')
		at++;
	while ((slash = strchr(at, '/')) != NULL) {
		if (is_skipped_folder(at, (size_t)(slash - at)))
			return true;
		at = slash + 1;
	}
	return *at == '.';
}

/* Without Git every file counts. */
static bool walk(struct search *search, const char *dir, unsigned depth)
{
	struct tree_listing listing;
	size_t i;

	if (depth > DEPTH_MAX ||
	    tree_view_list(search->discovery->view, dir, &listing) != TREE_OK)
		return true;
	for (i = 0; i < listing.count; i++) {
		const struct tree_entry *entry = &listing.items[i];
		const char *path = *dir ? arena_printf(search->arena, "%s/%s",
						       dir, entry->name)
					: entry->name;

		if (entry->kind == TREE_FILE)
			vec_push(search->arena, &search->files, path);
		else if (entry->kind == TREE_DIR &&
			 !is_skipped_folder(entry->name, strlen(entry->name)) &&
			 !walk(search, path, depth + 1))
			return false;
	}
	return true;
}

static bool list_files(struct search *search)
{
	struct discovery *discovery = search->discovery;
	struct git_paths all = { 0 };
	size_t i;

	if (!discovery->git)
		return walk(search, search->top, 0);
	if (!git_files(discovery->git, search->arena, discovery->diags,
		       search->top, &all))
		return false;
	for (i = 0; i < all.count; i++)
		if (!is_skipped(all.items[i], search->top))
			vec_push(search->arena, &search->files, all.items[i]);
	return true;
}

/* Whether a folder, or one above it up to `top`, has a Chart.yaml. */
static const char *chart_above(struct search *search, const char *dir)
{
	const char *chart = NULL;

	for (;;) {
		if (table_gets(&search->charts, dir))
			chart = dir;
		if (!*dir)
			return chart;
		dir = dir_of(search->arena, dir);
	}
}

static struct found *found_at(struct search *search, struct table *table,
			      const char *dir)
{
	struct found *found = table_gets(table, dir);

	if (found)
		return found;
	found = arena_zalloc(search->arena, sizeof(*found));
	found->dir = dir;
	table_puts(table, dir, found);
	return found;
}

/* What each file is by its name alone. */
static void sort_files(struct search *search)
{
	size_t i;

	for (i = 0; i < search->files.count; i++) {
		const char *path = search->files.items[i];

		if (strcmp(base_of(path), "Chart.yaml") == 0)
			found_at(search, &search->charts,
				 dir_of(search->arena, path));
	}
	for (i = 0; i < search->files.count; i++) {
		const char *path = search->files.items[i], *dir;

		if (!is_kustomization(base_of(path)))
			continue;
		dir = dir_of(search->arena, path);
		if (!chart_above(search, dir))
			found_at(search, &search->kustomizations, dir);
	}
}

static void read_kustomizations(struct search *search)
{
	struct overlay_options options = {
		.view = search->discovery->view,
		.diags = search->discovery->diags,
	};
	uint32_t i;
	size_t j;

	for (i = 0; i < search->kustomizations.count; i++) {
		struct found *found = search->kustomizations.entries[i].value;
		struct overlay_summary summary;

		memset(&summary, 0, sizeof(summary));
		if (!overlay_summarize(search->arena, &options, found->dir,
				       &summary))
			continue;
		found->component = summary.component;
		for (j = 0; j < summary.names.count; j++)
			table_puts(&search->named, summary.names.items[j],
				   found);
	}
}

static const char *display(struct search *search, const char *path)
{
	return tree_view_display(search->discovery->view, path);
}

static struct value *text_value(struct search *search, const char *text)
{
	return value_new_string(search->arena, NULL, text, strlen(text));
}

/* The name of the folder as Helm allows it for a release. */
static const char *release_of(struct search *search, const char *dir)
{
	const char *name = *dir ? base_of(dir) : search->discovery->root_name;
	char *release =
		arena_strndup(search->arena, name, strnlen(name, RELEASE_MAX));
	char *at, *end;

	for (at = release; *at; at++) {
		if (*at >= 'A' && *at <= 'Z')
			*at |= 0x20;
		else if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789", *at))
			*at = '-';
	}
	release += strspn(release, "-");
	for (end = release + strlen(release); end > release && end[-1] == '-';)
		*--end = '\0';
	return *release ? release : "release";
}

static void add_folder(struct search *search, enum source_kind kind,
		       const char *dir)
{
	struct value *node = value_new_map(search->arena, NULL);
	struct target *target =
		project_add(search->discovery->project, display(search, dir),
			    kind, text_value(search, *dir ? dir : "."), node);

	target->dir = "";
	if (kind == SOURCE_KIND_CHART)
		value_set(search->arena, node, "release",
			  text_value(search, release_of(search, dir)));
}

/* A library has nothing of its own to render. */
static bool is_library(struct search *search, const char *dir)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	struct yaml_problem problem;
	struct source *source;
	struct value *root;

	if (tree_view_read(search->discovery->view,
			   path_join(search->arena, dir, "Chart.yaml"),
			   SOURCE_CHART, &source) != TREE_OK)
		return false;
	root = yaml_read(search->arena, source, 0, source->len, &options,
			 &problem);
	return value_equals_string(value_get(root, "type"), "library");
}

static void add_charts(struct search *search)
{
	uint32_t i;

	for (i = 0; i < search->charts.count; i++) {
		const char *dir = search->charts.entries[i].key;

		if (strcmp(chart_above(search, dir), dir) == 0 &&
		    !is_library(search, dir))
			add_folder(search, SOURCE_KIND_CHART, dir);
	}
}

static void add_roots(struct search *search)
{
	uint32_t i;

	for (i = 0; i < search->kustomizations.count; i++) {
		struct found *found = search->kustomizations.entries[i].value;

		if (!found->component &&
		    !table_gets(&search->named, found->dir))
			add_folder(search, SOURCE_KIND_KUSTOMIZATION,
				   found->dir);
	}
}

static bool holds(const char *text, size_t len, const char *word)
{
	size_t word_len = strlen(word), i, j;

	for (i = 0; i + word_len <= len; i++) {
		for (j = 0; j < word_len; j++)
			if ((text[i + j] | 0x20) != word[j])
				break;
		if (j == word_len)
			return true;
	}
	return false;
}

/* "Code generated by ...; DO NOT EDIT" in the first lines, as comments. */
static bool is_generated(const struct source *source)
{
	bool generated = false, edited = false;
	uint32_t line;
	size_t len;

	for (line = 1; line <= HEAD_LINES; line++) {
		const char *text = source_line(source, line, &len);

		if (!text)
			break;
		if (!len || text[0] != '#')
			continue;
		generated = generated || holds(text, len, "generated");
		edited = edited || holds(text, len, "do not edit") ||
			 holds(text, len, "don't edit");
	}
	return generated && edited;
}

static bool has_line(const struct source *source, const char *word)
{
	size_t len = strlen(word);
	const char *at = source->text;

	while ((at = strstr(at, word)) != NULL) {
		if (at == source->text || at[-1] == '\n')
			return true;
		at += len;
	}
	return false;
}

/* Cheap: whether it is worth parsing. */
static bool may_be_manifest(const struct source *source, const char *path)
{
	const char *dot = strrchr(path, '.');

	if (dot && strcmp(dot, ".json") == 0)
		return strstr(source->text, "\"apiVersion\"") &&
		       strstr(source->text, "\"kind\"");
	return has_line(source, "apiVersion:") && has_line(source, "kind:");
}

static void skip(struct search *search, size_t *counter, const char *why,
		 const char *path)
{
	struct discovery *discovery = search->discovery;

	++*counter;
	if (discovery->name_skipped)
		vec_push(discovery->arena, discovery->skipped_names,
			 arena_printf(discovery->arena, "%s: %s",
				      display(search, path), why));
}

static void add_to_set(struct search *search, const char *path)
{
	struct found *set =
		found_at(search, &search->sets, dir_of(search->arena, path));

	if (!set->files)
		set->files = value_new_list(search->arena, NULL);
	value_append(search->arena, set->files, text_value(search, path));
}

/* What this program reads for itself. */
static bool is_own(const char *name)
{
	return strcmp(name, "plimsoll.yaml") == 0 ||
	       strcmp(name, "plimsoll.yml") == 0 ||
	       strcmp(name, "plimsoll-baseline.json") == 0;
}

/* A file that no chart and no kustomization owns. */
static void take_file(struct search *search, const char *path)
{
	struct report_skipped *skipped = search->discovery->skipped;
	const struct table *folders = search->discovery->folders;
	const char *slash = strrchr(path, '/'), *dir;
	struct source *source;

	if (folders &&
	    !table_get(folders, path, slash ? (size_t)(slash - path) : 0))
		return;
	dir = dir_of(search->arena, path);
	if (!is_yaml(path) || is_own(base_of(path)) ||
	    chart_above(search, dir) || is_kustomization(base_of(path)) ||
	    table_gets(&search->named, path))
		return;
	if (table_gets(&search->kustomizations, dir)) {
		skip(search, &skipped->unreferenced,
		     "no kustomization names it", path);
		return;
	}
	if (tree_view_read(search->discovery->view, path, SOURCE_MANIFEST,
			   &source) != TREE_OK)
		return;
	if (is_generated(source))
		skip(search, &skipped->generated, "generated", path);
	else if (!may_be_manifest(source, path))
		skip(search, &skipped->not_manifests, "not a manifest", path);
	else
		add_to_set(search, path);
}

static void add_sets(struct search *search)
{
	uint32_t i;

	for (i = 0; i < search->files.count; i++)
		take_file(search, search->files.items[i]);
	for (i = 0; i < search->sets.count; i++) {
		struct found *set = search->sets.entries[i].value;
		struct target *target = project_add(
			search->discovery->project, display(search, set->dir),
			SOURCE_KIND_MANIFESTS, set->files,
			value_new_map(search->arena, NULL));

		target->dir = "";
		target->sifted = true;
	}
}

static bool search_folder(struct discovery *discovery, const char *path)
{
	struct search search = {
		.discovery = discovery,
		.arena = discovery->arena,
		.top = path,
	};

	table_init(&search.charts, search.arena);
	table_init(&search.kustomizations, search.arena);
	table_init(&search.named, search.arena);
	table_init(&search.sets, search.arena);
	if (!list_files(&search))
		return false;
	sort_files(&search);
	read_kustomizations(&search);
	add_charts(&search);
	add_roots(&search);
	add_sets(&search);
	return true;
}

/* A file the user named: by its name a chart, a kustomization, a manifest. */
static bool take_named(struct discovery *discovery, const char *path)
{
	struct search search = { .discovery = discovery,
				 .arena = discovery->arena };
	const char *name = base_of(path), *dir = dir_of(search.arena, path);
	const char *dot = strrchr(name, '.');
	struct value *files;
	struct target *target;

	if (strcmp(name, "Chart.yaml") == 0) {
		add_folder(&search, SOURCE_KIND_CHART, dir);
	} else if (is_kustomization(name)) {
		add_folder(&search, SOURCE_KIND_KUSTOMIZATION, dir);
	} else if (dot &&
		   (strcmp(dot, ".tgz") == 0 || strcmp(dot, ".gz") == 0)) {
		add_folder(&search, SOURCE_KIND_CHART, path);
	} else {
		files = text_value(&search, path);
		target = project_add(discovery->project, display(&search, path),
				     SOURCE_KIND_MANIFESTS, files,
				     value_new_map(search.arena, NULL));
		target->dir = "";
	}
	return true;
}

bool discover_path(struct discovery *discovery, const char *path)
{
	struct tree_stat stat;
	enum tree_status status = tree_view_stat(discovery->view, path, &stat);

	if (status != TREE_OK)
		return diag_error(discovery->diags, NULL, "cannot read %s: %s",
				  tree_view_display(discovery->view, path),
				  tree_status_text(status));
	return stat.kind == TREE_DIR ? search_folder(discovery, path)
				     : take_named(discovery, path);
}

static const char *chart_of(struct discovery *discovery, const char *dir)
{
	const char *chart = NULL, *file;
	struct tree_stat stat;

	for (;;) {
		file = *dir ? arena_join(discovery->arena, dir, "/Chart.yaml")
			    : "Chart.yaml";
		if (tree_view_stat(discovery->view, file, &stat) == TREE_OK)
			chart = dir;
		if (!*dir)
			return chart;
		dir = dir_of(discovery->arena, dir);
	}
}

/* A resource is an object by itself; a patch or a generator's file is not. */
static bool is_named_beside(struct discovery *discovery, const char *path)
{
	struct overlay_options options = {
		.view = discovery->view,
		.diags = discovery->diags,
	};
	struct overlay_summary summary;
	size_t i;

	if (!overlay_summarize(discovery->arena, &options,
			       dir_of(discovery->arena, path), &summary) ||
	    summary.component)
		return false;
	for (i = 0; i < summary.names.count; i++)
		if (strcmp(summary.names.items[i], path) == 0)
			return true;
	return false;
}

const char *discover_owner(struct discovery *discovery, const char *path)
{
	const char *dir = dir_of(discovery->arena, path), *chart;
	struct tree_stat stat;

	if (path[0] == '/' || strcmp(path_ext(path), ".tgz") == 0 ||
	    strcmp(path_ext(path), ".gz") == 0 ||
	    tree_view_stat(discovery->view, path, &stat) != TREE_OK ||
	    stat.kind != TREE_FILE)
		return NULL;
	chart = chart_of(discovery, dir);
	if (chart)
		return strcmp(base_of(path), "Chart.yaml") == 0 ? NULL : chart;
	if (is_kustomization(base_of(path)))
		return NULL;
	return is_yaml(path) && is_named_beside(discovery, path) ? dir : NULL;
}
