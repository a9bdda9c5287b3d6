/*
 * What a kustomization refers to, for finding those that nothing refers to.
 */
#include <string.h>

#include "base/arena.h"
#include "base/tree.h"
#include "model/value.h"
#include "model/yaml_read.h"
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
		"resources",	      "bases",
		"components",	      "generators",
		"configMapGenerator", "secretGenerator",
		"helmCharts",	      "helmChartInflationGenerator",
		NULL,
	};
	static const char *const changes[] = {
		"patches",	   "patchesStrategicMerge",
		"patchesJson6902", "transformers",
		"replacements",	   NULL,
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
}

bool overlay_summarize(struct arena *arena,
		       const struct overlay_options *options, const char *dir,
		       struct overlay_summary *summary)
{
	const struct yaml_options reading = { .dialect = YAML_HELM,
					      .limits = options->limits };
	struct layer layer = { .root = dir };
	struct yaml_problem problem = { 0 };
	struct diag_sink scratch;
	struct overlay_run run = { .arena = arena,
				   .view = options->view,
				   .diags = &scratch,
				   .options = options,
				   .layer = &layer };
	const struct value *fields;
	const char *file = NULL;
	struct source *source;

	memset(summary, 0, sizeof(*summary));
	diag_sink_init(&scratch, arena);
	source = kustomization_find(&run, dir, &file);
	if (!source)
		return file != NULL;
	fields = yaml_read(arena, source, 0, source->len, &reading, &problem);
	if (fields)
		summarize(&run, fields, summary);
	return true;
}
