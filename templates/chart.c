#include "templates/chart.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "base/tree.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "templates/chart_parts.h"
#include "templates/ignore.h"
#include "templates/strvals.h"
#include "templates/values.h"

/* One call of chart_load(). */
struct loader {
	struct arena *arena;
	struct diag_sink *diags;
	const struct chart_load_options *options;
	struct limits limits;
	struct ignore_rules ignore;
	struct tree_view *view; /* NULL: the chart is an archive */
	size_t *borrowed;
	uint64_t *left; /* bytes of archives in this one; NULL: it is none */
};

enum {
	BORROWED_MAX = 1000 /* charts that share others may be many */
};

static bool fail(struct diag_sink *diags, const struct origin *at,
		 const char *prefix, const char *text)
{
	diag_error(diags, at, "%s", text);
	diag_native(diags, "%s%s", prefix, text);
	return false;
}

struct source *chart_file_read(struct chart_file *file, enum source_role role,
			       struct diag_sink *diags)
{
	struct arena *arena;
	enum tree_status status;

	if (file->source)
		return file->source; /* of an archive there is no view */
	arena = file->view->arena;
	status = tree_view_read(file->view, file->path, role, &file->source);
	if (status != TREE_OK) {
		file->source = NULL;
		diag_error(diags, NULL, "%s cannot be read: %s",
			   tree_view_display(file->view, file->path),
			   tree_status_text(status));
		diag_native(diags, "open %s: %s", file->path,
			    tree_status_text(status));
		return NULL;
	}
	if (file->source->len >= 3 &&
	    memcmp(file->source->text, "\xef\xbb\xbf", 3) == 0)
		file->source = source_new(arena, file->source->name, role,
					  file->source->text + 3,
					  file->source->len - 3);
	return file->source;
}

bool chart_file_is_crd(const struct chart_file *file)
{
	const char *ext = path_ext(file->name);

	return strncmp(file->name, "crds/", 5) == 0 &&
	       (strcasecmp(ext, ".yaml") == 0 || strcasecmp(ext, ".yml") == 0 ||
		strcasecmp(ext, ".json") == 0);
}

const char *chart_full_path(struct arena *arena, const struct chart *chart)
{
	if (!chart->parent)
		return chart->name;
	return arena_printf(arena, "%s/charts/%s",
			    chart_full_path(arena, chart->parent), chart->name);
}

const char *chart_name(const struct chart *chart)
{
	return chart->name;
}

bool chart_is_library(const struct chart *chart)
{
	return strcmp(metadata_string(chart->metadata, METADATA_Type),
		      "library") == 0;
}

bool chart_is_deprecated(const struct chart *chart)
{
	return value_is_true(chart->metadata->fields[METADATA_Deprecated]);
}

const struct value *chart_defaults(const struct chart *chart)
{
	return chart->values_file ? chart->values : NULL;
}

/* Walking a folder. */

/* A folder on the way: where it is, and its name from the chart's root. */
struct folder {
	const char *path;
	const char *name;
	uint64_t depth;
};

static bool walk(struct loader *loader, struct tree_view *view,
		 const struct folder *folder, struct chart_files *files);

static bool too_large(const struct loader *loader, struct tree_view *view,
		      const struct folder *entry)
{
	const unsigned long long most = loader->limits.chart_file_size;

	diag_error(loader->diags, NULL,
		   "%s has more than %llu bytes (--limit chart-file-size)",
		   tree_view_display(view, entry->path), most);
	diag_native(
		loader->diags,
		"chart file \"%s\" is larger than the maximum file size %llu",
		path_name(entry->name), most);
	return false;
}

/* Helm names absolute paths, which those of its own trees are but for the /. */
static bool bad_link(const struct loader *loader, struct tree_view *view,
		     const char *path)
{
	const char *real;
	enum tree_status status = tree_view_resolve(view, path, &real);
	const char *root = *path == '/' ? "" : "/";

	diag_error(loader->diags, NULL, "%s cannot be read: %s",
		   tree_view_display(view, path), tree_status_text(status));
	if (status == TREE_LOOP)
		diag_native(loader->diags,
			    "error evaluating symlink %s%s: EvalSymlinks: too "
			    "many links",
			    root, path);
	else
		diag_native(loader->diags,
			    "error evaluating symlink %s%s: lstat %s%s: %s",
			    root, path, root, real,
			    status == TREE_MISSING ? "no such file or directory"
						   : tree_status_text(status));
	return false;
}

static bool take_entry(struct loader *loader, struct tree_view *view,
		       const struct folder *entry,
		       const struct tree_entry *listed,
		       struct chart_files *files)
{
	struct chart_file *file;
	struct tree_stat stat = { .kind = listed->kind };

	if (stat.kind != TREE_DIR &&
	    tree_view_stat(view, entry->path, &stat) != TREE_OK)
		return bad_link(loader, view, entry->path);
	if (listed->kind == TREE_LINK)
		chart_note_link(loader->arena, loader->options, view,
				entry->path);
	if (ignore_match(&loader->ignore, entry->name, stat.kind == TREE_DIR))
		return true;
	if (stat.kind == TREE_DIR)
		return walk(loader, view, entry, files);
	if (stat.kind != TREE_FILE)
		return fail(loader->diags, NULL, "",
			    arena_printf(loader->arena,
					 "cannot load irregular file %s as it "
					 "has file mode type bits set",
					 tree_view_display(view, entry->path)));
	if (stat.size > loader->limits.chart_file_size)
		return too_large(loader, view, entry);
	file = arena_zalloc(loader->arena, sizeof(*file));
	file->name = entry->name;
	file->path = entry->path;
	file->view = view;
	vec_push(loader->arena, files, file);
	return true;
}

static bool walk(struct loader *loader, struct tree_view *view,
		 const struct folder *folder, struct chart_files *files)
{
	struct arena *arena = loader->arena;
	struct tree_listing listing;
	enum tree_status status;
	size_t i;

	if (folder->depth > loader->limits.tree_depth)
		return fail(
			loader->diags, NULL, "",
			arena_printf(
				arena,
				"%s: folders are nested more than %llu "
				"deep (--limit tree-depth)",
				tree_view_display(view, folder->path),
				(unsigned long long)loader->limits.tree_depth));
	status = tree_view_list_stats(view, folder->path, &listing);
	if (status != TREE_OK)
		return fail(loader->diags, NULL, "",
			    arena_printf(arena, "%s cannot be listed: %s",
					 tree_view_display(view, folder->path),
					 tree_status_text(status)));
	for (i = 0; i < listing.count; i++) {
		const char *name = listing.items[i].name;
		const struct folder entry = {
			path_below(arena, folder->path, name),
			path_below(arena, folder->name, name),
			folder->depth + 1,
		};

		if (!take_entry(loader, view, &entry, &listing.items[i], files))
			return false;
	}
	return true;
}

/* From files to a chart. */

/* A group of files below charts/, in the order of their names. */
struct group {
	const char *name;
	struct chart_files files;
};

VEC_TYPE(groups, struct group *);

static bool load_files(struct loader *loader, struct chart *chart,
		       const struct chart_files *files, const char *prefix,
		       uint64_t depth);

static struct group *group_of(struct loader *loader, struct groups *groups,
			      struct table *names, const char *name, size_t len)
{
	struct group *group = table_get(names, name, len);

	if (!group) {
		group = arena_zalloc(loader->arena, sizeof(*group));
		group->name = arena_strndup(loader->arena, name, len);
		table_put(names, group->name, len, group);
		vec_push(loader->arena, groups, group);
	}
	return group;
}

static int compare_groups(const void *a, const void *b)
{
	return strcmp((*(struct group *const *)a)->name,
		      (*(struct group *const *)b)->name);
}

static struct chart *new_chart(struct loader *loader,
			       const struct chart *parent)
{
	struct chart *chart = arena_zalloc(loader->arena, sizeof(*chart));

	chart->parent = parent;
	chart->metadata = arena_zalloc(loader->arena, sizeof(*chart->metadata));
	chart->values = value_new_map(loader->arena, NULL);
	return chart;
}

/* The files of a folder in charts/, named from that folder. */
static bool load_child(struct loader *loader, struct chart *child,
		       const struct group *group, const char *prefix,
		       uint64_t depth)
{
	struct chart_files files = { 0 };
	size_t i;

	for (i = 0; i < group->files.count; i++) {
		struct chart_file *file = group->files.items[i];
		const char *name = strchr(file->name + strlen("charts/"), '/');
		struct chart_file *own;

		if (!name)
			continue;
		own = arena_alloc(loader->arena, sizeof(*own));
		*own = *file;
		own->name = name + 1;
		vec_push(loader->arena, &files, own);
	}
	if (child->parent->dir)
		child->dir = path_below(
			loader->arena,
			path_below(loader->arena, child->parent->dir, "charts"),
			group->name);
	return load_files(loader, child, &files, prefix, depth);
}

static bool looks_first(const struct loader *loader)
{
	return loader->options->detects &&
	       loader->options->dialect == CHART_HELM4;
}

/* helm 4 says what is wrong with an archive only if it is none; false. */
static bool keep_cause(struct loader *loader)
{
	struct diag *diag = *vec_last(&loader->diags->diags);

	if (looks_first(loader) && strncmp(diag->native, "file '", 6) != 0)
		diag->native = "unable to load chart archive";
	return false;
}

/* An archive below charts/, or the chart itself; its .helmignore is no rule. */
static bool load_archive(struct loader *loader, struct chart *chart,
			 struct chart_file *file, const char *prefix,
			 uint64_t depth)
{
	const struct chart_reader reader = { loader->arena,
					     loader->diags,
					     prefix,
					     &loader->limits,
					     loader->options->dialect,
					     loader->left };
	struct source *source =
		chart_file_read(file, SOURCE_CHART, loader->diags);
	uint64_t left = loader->limits.archive_size;
	struct chart_files files = { 0 };
	struct loader within = *loader;

	if (!within.left)
		within.left = &left;
	if (!source || chart_unpack(&reader, source, &files))
		return source &&
		       load_files(&within, chart, &files, prefix, depth);
	return !*prefix && keep_cause(loader);
}

/* Helm's own words would be as long as the way down to here. */
static bool too_deep(struct loader *loader, const struct chart *chart,
		     const char *name)
{
	return fail(
		loader->diags, &chart->origin, "",
		arena_printf(loader->arena,
			     "subchart %s in %s: charts are nested more "
			     "than %llu deep (--limit tree-depth)",
			     name, chart->name,
			     (unsigned long long)loader->limits.tree_depth));
}

/* What lies below charts/: folders, and archives by their extension. */
static bool load_children(struct loader *loader, struct chart *chart,
			  struct groups *groups, const char *prefix,
			  uint64_t depth)
{
	struct arena *arena = loader->arena;
	size_t i;

	if (groups->count > 1)
		qsort(groups->items, groups->count, sizeof(*groups->items),
		      compare_groups);
	for (i = 0; i < groups->count; i++) {
		const struct group *group = groups->items[i];
		struct chart *child;
		const char *inner;

		if (*group->name == '_' || *group->name == '.')
			continue;
		if (depth >= loader->limits.tree_depth)
			return too_deep(loader, chart, group->name);
		inner = arena_printf(arena,
				     "%serror unpacking subchart %s in "
				     "%s: ",
				     prefix, group->name, chart->name);
		child = new_chart(loader, chart);
		if (strcmp(path_ext(group->name), ".tgz") == 0
			    ? !load_archive(loader, child,
					    group->files.items[0], inner,
					    depth + 1)
			    : !load_child(loader, child, group, inner,
					  depth + 1))
			return false;
		vec_push(arena, &chart->children, child);
	}
	return true;
}

static bool read_ignore(struct loader *loader, struct tree_view *view,
			const char *path);

/* As Helm packs the chart: what its .helmignore leaves out is not there. */
static bool load_near(struct loader *loader, struct chart *parent,
		      const char *path, const char *prefix, uint64_t depth)
{
	const struct folder root = { path, "", 0 };
	struct chart *child = new_chart(loader, parent);
	struct chart_files files = { 0 };
	struct loader own = *loader;

	if (depth >= loader->limits.tree_depth)
		return too_deep(loader, parent, path);
	if (++*loader->borrowed > BORROWED_MAX)
		return fail(loader->diags, &parent->origin, "",
			    arena_printf(loader->arena,
					 "more than %d charts stand in for "
					 "dependencies of one chart",
					 BORROWED_MAX));
	child->dir = path;
	child->borrowed = true;
	if (!read_ignore(&own, loader->view, path) ||
	    !walk(&own, loader->view, &root, &files) ||
	    !load_files(&own, child, &files, prefix, depth + 1))
		return false;
	vec_push(loader->arena, &parent->children, child);
	return true;
}

static bool is_within(const struct chart *chart, const char *path)
{
	for (; chart; chart = chart->parent)
		if (chart->dir && strcmp(chart->dir, path) == 0)
			return true;
	return false;
}

static bool has_child(const struct chart *chart, const char *path)
{
	size_t i;

	for (i = 0; i < chart->children.count; i++)
		if (chart->children.items[i]->borrowed &&
		    strcmp(chart->children.items[i]->dir, path) == 0)
			return true;
	return false;
}

/* Charts that are in the tree instead of in charts/. */
static bool borrow(struct loader *loader, struct chart *chart,
		   const char *prefix, uint64_t depth)
{
	const struct chart_neighbours *near = loader->options->neighbours;
	struct table has;
	size_t i;

	if (!near || !chart->dir || !chart->metadata->dependencies.count ||
	    (near->as_packed && chart->parent && !chart->borrowed))
		return true;
	table_init(&has, loader->arena);
	for (i = 0; i < chart->children.count; i++)
		table_puts(&has, chart->children.items[i]->name, chart);
	chart_find_wants(loader->arena, chart, &has);
	for (i = 0; i < chart->wants.count; i++) {
		struct chart_wanted *wanted = &chart->wants.items[i];

		near->find(near->context, wanted);
		if (wanted->path && is_within(chart, wanted->path)) {
			wanted->path = NULL;
			wanted->words = "depends on this one in turn";
			wanted->help = NULL;
		}
		if (wanted->path && !has_child(chart, wanted->path) &&
		    !load_near(loader, chart, wanted->path, prefix, depth))
			return false;
	}
	return true;
}

static bool read_values(struct loader *loader, struct chart *chart,
			struct chart_file *file, const char *prefix)
{
	struct source *source =
		chart_file_read(file, SOURCE_VALUES, loader->diags);

	if (!source)
		return false;
	chart->values_file = file;
	chart->values = values_read(
		loader->arena, loader->diags, source, loader->options,
		arena_join(loader->arena, prefix, "cannot load values.yaml: "));
	return chart->values != NULL;
}

static bool read_metadata(struct loader *loader, struct chart *chart,
			  struct chart_file *file, const char *prefix)
{
	struct source *source =
		chart_file_read(file, SOURCE_CHART, loader->diags);
	struct value **fields = chart->metadata->fields;
	bool four = loader->options->dialect == CHART_HELM4;

	chart->metadata->package = four ? "v2" : "chart";
	/* helm 4 first looks which version of charts it is. */
	if (four && !chart->parent && !loader->options->any_version)
		chart->metadata->go_type = "loader.chartBase";
	if (!source || !metadata_read(loader->arena, loader->diags, source,
				      arena_join(loader->arena, prefix,
						 "cannot load Chart.yaml: "),
				      false, chart->metadata))
		return false;
	chart->origin = origin_at(source, 0, 0);
	if (!*metadata_string(chart->metadata, METADATA_APIVersion))
		fields[METADATA_APIVersion] =
			value_new_cstring(loader->arena, &chart->origin, "v1");
	return true;
}

/* Dependencies of a chart of apiVersion v1; the file stays in .Files. */
static bool read_requirements(struct loader *loader, struct chart *chart,
			      struct chart_file *file, const char *prefix)
{
	struct source *source =
		chart_file_read(file, SOURCE_CHART, loader->diags);

	chart_note_old_file(loader->options, chart, false);
	if (!source ||
	    !metadata_read(loader->arena, loader->diags, source,
			   arena_join(loader->arena, prefix,
				      "cannot load requirements.yaml: "),
			   true, chart->metadata))
		return false;
	if (chart_is_v1(chart))
		vec_push(loader->arena, &chart->files, file);
	return true;
}

static bool is_below(const char *name, const char *folder)
{
	return strncmp(name, folder, strlen(folder)) == 0;
}

static bool take_file(struct loader *loader, struct chart *chart,
		      struct chart_file *file, const char *prefix)
{
	const char *name = file->name;

	if (strcmp(name, "Chart.yaml") == 0)
		return true;
	if (strcmp(name, "values.yaml") == 0)
		return (loader->options->no_defaults && !chart->parent) ||
		       read_values(loader, chart, file, prefix);
	if (strcmp(name, "requirements.yaml") == 0)
		return read_requirements(loader, chart, file, prefix);
	if (strcmp(name, "Chart.lock") == 0) {
		chart->lock = file;
	} else if (strcmp(name, "requirements.lock") == 0) {
		chart->lock = file;
		chart_note_old_file(loader->options, chart, true);
		if (chart_is_v1(chart))
			vec_push(loader->arena, &chart->files, file);
	} else if (strcmp(name, "values.schema.json") == 0) {
		chart->schema = file;
	} else if (is_below(name, "templates/")) {
		vec_push(loader->arena, &chart->templates, file);
	} else {
		vec_push(loader->arena, &chart->files, file);
	}
	return true;
}

/* helm 4 refuses a chart whose apiVersion it does not know. */
static bool check_version(struct loader *loader, struct chart *chart,
			  const char *prefix)
{
	const struct value *version =
		chart->metadata->fields[METADATA_APIVersion];

	if (loader->options->dialect == CHART_HELM3 ||
	    loader->options->any_version || chart->parent ||
	    value_equals_string(version, "v1") ||
	    value_equals_string(version, "v2"))
		return true;
	return fail(loader->diags, &version->origin, prefix,
		    value_equals_string(version, "v3")
			    ? "invalid chart apiVersion"
			    : "unsupported chart version");
}

static struct chart_file *find_file(const struct chart_files *files,
				    const char *name)
{
	size_t i;

	for (i = 0; i < files->count; i++)
		if (strcmp(files->items[i]->name, name) == 0)
			return files->items[i];
	return NULL;
}

static bool lacks_metadata(struct loader *loader, const struct chart *chart,
			   const char *prefix)
{
	const char *dir = chart->dir;
	struct tree_stat stat;

	(void)fail(loader->diags, NULL, prefix, "Chart.yaml file is missing");
	/* One that .helmignore hides was there for the first look. */
	if (chart->parent || !looks_first(loader) ||
	    (dir && tree_view_stat(loader->view,
				   path_join(loader->arena, dir, "Chart.yaml"),
				   &stat) == TREE_OK))
		return false;
	if (!dir) {
		diag_native(loader->diags, "unable to detect chart version, "
					   "no Chart.yaml found");
		return false;
	}
	dir = arena_join(loader->arena, *dir == '/' ? "" : "/", dir);
	diag_native(loader->diags,
		    "unable to detect chart at %s/Chart.yaml: open "
		    "%s/Chart.yaml: no such file or directory",
		    dir, dir);
	return false;
}

static bool load_files(struct loader *loader, struct chart *chart,
		       const struct chart_files *files, const char *prefix,
		       uint64_t depth)
{
	struct chart_file *own = find_file(files, "Chart.yaml");
	struct groups groups = { 0 };
	struct table names;
	size_t i;

	if (!own)
		return lacks_metadata(loader, chart, prefix);
	if (!read_metadata(loader, chart, own, prefix))
		return false;
	chart->name = metadata_string(chart->metadata, METADATA_Name);
	chart->raw = *files;
	table_init(&names, loader->arena);
	for (i = 0; i < files->count; i++) {
		struct chart_file *file = files->items[i];
		const char *name = file->name;

		if (is_below(name, "charts/") &&
		    strcmp(path_ext(name), ".prov") != 0) {
			struct group *group;

			name += strlen("charts/");
			group = group_of(loader, &groups, &names, name,
					 strcspn(name, "/"));
			vec_push(loader->arena, &group->files, file);
		} else if (!take_file(loader, chart, file, prefix)) {
			return false;
		}
	}
	if (!check_version(loader, chart, prefix) ||
	    !metadata_check(loader->arena, loader->diags, chart->metadata,
			    &chart->origin, prefix))
		return false;
	chart->name = metadata_string(chart->metadata, METADATA_Name);
	return load_children(loader, chart, &groups, prefix, depth) &&
	       borrow(loader, chart, prefix, depth);
}

/* Doors. */

static bool read_ignore(struct loader *loader, struct tree_view *view,
			const char *path)
{
	const char *name =
		*path ? arena_join(loader->arena, path, "/.helmignore")
		      : ".helmignore";
	struct source *source = NULL;

	if (tree_view_read(view, name, SOURCE_CHART, &source) != TREE_OK)
		source = NULL;
	return ignore_read(loader->arena, loader->diags, source,
			   &loader->ignore);
}

static struct limits limits_of(const struct chart_load_options *options)
{
	return options->limits ? *options->limits : limits_default();
}

struct chart *chart_load(struct arena *arena, struct tree_view *view,
			 const char *path,
			 const struct chart_load_options *options,
			 struct diag_sink *diags)
{
	struct loader loader = { .arena = arena,
				 .diags = diags,
				 .options = options,
				 .limits = limits_of(options) };
	struct chart_file archive = { .name = path,
				      .path = path,
				      .view = view };
	const struct folder root = { path, "", 0 };
	struct chart *chart = new_chart(&loader, NULL);
	struct chart_files files = { 0 };
	struct tree_stat stat;
	size_t borrowed = 0;

	if (tree_view_stat(view, path, &stat) == TREE_OK &&
	    stat.kind == TREE_FILE)
		return load_archive(&loader, chart, &archive, "", 0) ? chart
								     : NULL;
	loader.view = view;
	loader.borrowed = &borrowed;
	chart->dir = strcmp(path, ".") == 0 ? "" : path;
	if (!read_ignore(&loader, view, path) ||
	    !walk(&loader, view, &root, &files) ||
	    !load_files(&loader, chart, &files, "", 0))
		return NULL;
	return chart;
}

/* A partial is parsed and not executed: _x, and here x.tpl as well. */
static bool is_template(const char *name)
{
	return path_has_ext(name, ".yaml .yml .tpl");
}

struct chart *chart_load_templates(struct arena *arena, struct tree_view *view,
				   const char *path, const char *name,
				   const struct chart_load_options *options,
				   struct diag_sink *diags)
{
	struct loader loader = { .arena = arena,
				 .diags = diags,
				 .options = options,
				 .limits = limits_of(options) };
	struct chart *chart = new_chart(&loader, NULL);
	const struct folder root = { path, "", 0 };
	struct value **fields = chart->metadata->fields;
	struct chart_files files = { 0 };
	size_t i;

	if (!walk(&loader, view, &root, &files))
		return NULL;
	chart->plain = true;
	chart->name = name;
	chart->raw = files;
	fields[METADATA_Name] = value_new_cstring(arena, NULL, name);
	fields[METADATA_Version] = value_new_cstring(arena, NULL, "0.0.0");
	fields[METADATA_APIVersion] = value_new_cstring(arena, NULL, "v2");
	for (i = 0; i < files.count; i++) {
		struct chart_file *file = files.items[i];

		if (strcmp(file->name, "values.yaml") == 0) {
			if (!read_values(&loader, chart, file, ""))
				return NULL;
		} else if (is_template(file->name)) {
			vec_push(arena, &chart->templates, file);
		} else {
			vec_push(arena, &chart->files, file);
		}
	}
	return chart;
}

struct chart *chart_clone(struct arena *arena, const struct chart *chart,
			  const struct chart *parent)
{
	struct chart *clone = arena_alloc(arena, sizeof(*clone));
	size_t i;

	*clone = *chart;
	clone->parent = parent;
	clone->metadata = metadata_copy(arena, chart->metadata, true);
	memset(&clone->children, 0, sizeof(clone->children));
	for (i = 0; i < chart->children.count; i++)
		vec_push(arena, &clone->children,
			 chart_clone(arena, chart->children.items[i], clone));
	return clone;
}

void chart_rename(struct arena *arena, struct chart *chart, const char *name)
{
	struct value **field = &chart->metadata->fields[METADATA_Name];

	chart->name = name;
	*field = value_new_cstring(arena, &(*field)->origin, name);
}
