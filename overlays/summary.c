/*
 * What a kustomization refers to, for finding those that nothing refers to.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/tree.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"
#include "overlays/kustomization.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/overlay.h"
#include "overlays/run.h"

/* Fields that name files and folders, and members of their entries that do. */
static const struct {
	const char *field;
	const char *member; /* NULL: the entries are names */
} naming[] = {
	{ "resources", NULL },
	{ "bases", NULL },
	{ "components", NULL },
	{ "crds", NULL },
	{ "configurations", NULL },
	{ "generators", NULL },
	{ "transformers", NULL },
	{ "validators", NULL },
	{ "patchesStrategicMerge", NULL },
	{ "patches", "path" },
	{ "patchesJson6902", "path" },
	{ "replacements", "path" },
	{ "configMapGenerator", "files" },
	{ "configMapGenerator", "envs" },
	{ "configMapGenerator", "env" },
	{ "secretGenerator", "files" },
	{ "secretGenerator", "envs" },
	{ "secretGenerator", "env" },
	{ "helmCharts", "valuesFile" },
	{ "helmCharts", "additionalValuesFiles" },
};

static void add(struct overlay_run *run, const struct value *name,
		struct overlay_summary *summary)
{
	const char *text = value_string(name);
	const struct value *item;

	list_foreach (item, name)
		add(run, item, summary);
	/* An inline document is no name. */
	if (!text || strchr(text, '\n') || load_is_http(text))
		return;
	/* files: [key=path] */
	if (strchr(text, '='))
		text = strchr(text, '=') + 1;
	if (*text)
		vec_push(run->arena, &summary->names, load_path(run, text));
}

static void add_charts(struct overlay_run *run, const struct value *fields,
		       struct overlay_summary *summary)
{
	const struct value *charts = value_get(fields, "helmCharts"), *chart;
	const char *home = value_string_or(
		value_get(value_get(fields, "helmGlobals"), "chartHome"),
		"charts");

	list_foreach (chart, charts) {
		const char *name =
			value_string_or(value_get(chart, "name"), "");

		if (*name)
			vec_push(run->arena, &summary->names,
				 load_path(run, overlay_text(run, "%s/%s", home,
							     name)));
	}
}

/* NULL: there are none; `*file` is NULL where there is no kustomization. */
static const struct value *read_fields(struct overlay_run *run, const char *dir,
				       const char **file)
{
	const struct yaml_options reading = { .dialect = YAML_HELM,
					      .limits = run->options->limits };
	struct yaml_problem problem = { 0 };
	struct source *source;

	*file = NULL;
	source = kustomization_find(run, dir, file);
	return source ? yaml_read(run->arena, source, 0, source->len, &reading,
				  &problem)
		      : NULL;
}

/* A generator or transformer as an object of its own reads files, too. */
static void add_configured(struct overlay_run *run, const struct value *object,
			   struct overlay_summary *summary)
{
	static const char *const fields[] = {
		"files", "envs", "env", "path", "paths", "valuesFile", NULL,
	};
	const char *home =
		value_string_or(value_get(object, "chartHome"), "charts");
	const char *chart = value_string(value_get(object, "name"));
	const struct value *entry;
	size_t i;

	for (i = 0; fields[i]; i++)
		add(run, value_get(object, fields[i]), summary);
	add(run, value_get(object, "additionalValuesFiles"), summary);
	list_foreach (entry, value_get(object, "replacements"))
		add(run, value_get(entry, "path"), summary);
	if (chart && *chart)
		vec_push(run->arena, &summary->names,
			 load_path(run,
				   overlay_text(run, "%s/%s", home, chart)));
}

static void add_configurations(struct overlay_run *run, struct source *source,
			       struct overlay_summary *summary)
{
	const struct yaml_options reading = { .dialect = YAML_HELM,
					      .limits = run->options->limits };
	struct yaml_documents documents = { 0 };
	uint32_t bad;
	size_t i;

	if (!yaml_split(run->arena, source, YAML_SPLIT_PLAIN, &documents, &bad))
		return;
	for (i = 0; i < documents.count; i++) {
		struct yaml_problem problem = { 0 };

		add_configured(
			run,
			yaml_read(run->arena, source, documents.items[i].begin,
				  documents.items[i].end, &reading, &problem),
			summary);
	}
}

static bool add_file(struct overlay_run *run, const char *path,
		     struct overlay_summary *summary)
{
	struct source *source;

	if (tree_view_read(run->view, path, SOURCE_KUSTOMIZATION, &source) !=
	    TREE_OK)
		return false;
	add_configurations(run, source, summary);
	return true;
}

/* Units that another folder holds read what is named from this one. */
static void add_folder(struct overlay_run *run, const char *dir,
		       struct overlay_summary *summary)
{
	const struct value *entry, *fields;
	const char *file;

	fields = read_fields(run, dir, &file);
	list_foreach (entry, value_get(fields, "resources")) {
		const char *text = value_string(entry);

		if (text && !load_is_http(text))
			(void)add_file(run, path_join(run->arena, dir, text),
				       summary);
	}
}

/* An entry is a document, or names a file of them, or a kustomization. */
static void add_units(struct overlay_run *run, const struct value *list,
		      struct overlay_summary *summary)
{
	const struct value *entry;

	list_foreach (entry, list) {
		const char *text = value_string(entry), *path;

		if (!text || load_is_http(text))
			continue;
		if (strchr(text, '\n')) {
			add_configurations(run,
					   source_new(run->arena, "",
						      SOURCE_KUSTOMIZATION,
						      text, strlen(text)),
					   summary);
			continue;
		}
		path = load_path(run, text);
		if (!add_file(run, path, summary) &&
		    strcmp(path, run->layer->root) != 0)
			add_folder(run, path, summary);
	}
}

static bool has_any(const struct value *fields, const char *const *names)
{
	for (; *names; names++)
		if (value_count(value_get(fields, *names)))
			return true;
	return false;
}

/*
 * Fleet, and post renderers of Helm, hand what they rendered to a kustomization
 * that names no resources.
 */
static bool amends(const struct value *fields)
{
	static const char *const objects[] = {
		"resources",
		"bases",
		"components",
		"generators",
		"configMapGenerator",
		"secretGenerator",
		"helmCharts",
		"helmChartInflationGenerator",
		NULL,
	};
	static const char *const changes[] = {
		"patches",      "patchesStrategicMerge", "patchesJson6902",
		"transformers", "replacements",          NULL,
	};

	return has_any(fields, changes) && !has_any(fields, objects);
}

static void summarize(struct overlay_run *run, const struct value *fields,
		      struct overlay_summary *summary)
{
	const struct value *entry;
	size_t i;

	summary->component =
		value_equals_string(value_get(fields, "kind"), "Component");
	summary->amends = !summary->component && amends(fields);
	for (i = 0; i < ARRAY_COUNT(naming); i++) {
		const struct value *list = value_get(fields, naming[i].field);

		list_foreach (entry, list)
			add(run,
			    naming[i].member
				    ? value_get(entry, naming[i].member)
				    : entry,
			    summary);
	}
	add_charts(run, fields, summary);
	add(run, value_get(value_get(fields, "openapi"), "path"), summary);
	add_units(run, value_get(fields, "generators"), summary);
	add_units(run, value_get(fields, "transformers"), summary);
	add_units(run, value_get(fields, "validators"), summary);
}

bool overlay_summarize(struct arena *arena,
		       const struct overlay_options *options, const char *dir,
		       struct overlay_summary *summary)
{
	struct layer layer = { .root = dir };
	struct diag_sink scratch;
	struct overlay_run run = { .arena = arena,
				   .view = options->view,
				   .diags = &scratch,
				   .options = options,
				   .layer = &layer };
	const struct value *fields;
	const char *file;

	memset(summary, 0, sizeof(*summary));
	diag_sink_init(&scratch, arena);
	fields = read_fields(&run, dir, &file);
	if (fields)
		summarize(&run, fields, summary);
	return file != NULL;
}
