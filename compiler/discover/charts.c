/*
 * Charts: what renders by itself, and with which values.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/tree.h"
#include "compiler/discover/private.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "templates/chart_verbs.h"

enum {
	RELEASE_MAX = 53 /* as long as Helm lets one be */
};

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

static bool is_plain_yaml(const char *name)
{
	return search_is_yaml(name) && !search_is_json(name);
}

/*
 * Values that the chart's author keeps for rendering it: ci/ is where the
 * chart testing tool looks, and of values-X.yaml people render each.
 */
static bool is_variant(const struct folder *folder, const char *name)
{
	static const char word[] = "values";
	size_t len = sizeof(word) - 1;

	if (!is_plain_yaml(name))
		return false;
	if (folder->has_chart)
		return strncmp(name, word, len) == 0 &&
		       (name[len] == '-' || name[len] == '.') &&
		       strchr(name + len + 1, '.');
	return folder->parent && folder->parent == folder->chart &&
	       strcmp(path_name(folder->path), "ci") == 0;
}

static void find_variants(struct search *search)
{
	size_t i;

	for (i = 0; i < search->files.count; i++) {
		const char *path = search->files.items[i];
		const char *name = path_name(path);
		struct folder *folder = search_folder_of(search, path);
		struct folder *chart = folder->chart;

		if (chart && !chart->library && !folder->left_out &&
		    name[0] != '.' &&
		    (folder == chart || folder->parent == chart) &&
		    is_variant(folder, name))
			vec_push(search->arena, &chart->variants, path);
	}
}

void search_charts(struct search *search)
{
	uint32_t i;

	for (i = 0; i < search->files.count; i++) {
		const char *path = search->files.items[i];

		if (strcmp(path_name(path), "Chart.yaml") == 0)
			search_folder_of(search, path)->has_chart = true;
	}
	/* Parents stand before what is in them. */
	for (i = 0; i < search->folders.count; i++) {
		struct folder *folder = search->folders.entries[i].value;

		if (folder->parent)
			folder->chart = folder->parent->chart;
		if (!folder->has_chart || folder->chart || folder->left_out)
			continue;
		folder->chart = folder;
		folder->library = is_library(search, folder->path);
		vec_push(search->arena, &search->charts, folder);
	}
	find_variants(search);
}

/* The name of the folder as Helm allows it for a release. */
static const char *release_of(struct search *search, const char *dir)
{
	const char *name = *dir ? path_name(dir) : search->discovery->root_name;
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

/* As the file says that is nearest above; NULL: none does. */
static const struct value *restrictor_of(const struct search *search,
					 const char *dir)
{
	const struct project_discover *asked = search->discovery->asked;
	const struct project_text *nearest = NULL;
	size_t i;

	for (i = 0; asked && i < asked->restrictors.count; i++) {
		const struct project_text *text = &asked->restrictors.items[i];

		if (path_is_below(dir, text->text) &&
		    (!nearest || strlen(text->text) > strlen(nearest->text)))
			nearest = text;
	}
	return nearest ? nearest->at : NULL;
}

static struct target *add(struct search *search, enum source_kind kind,
			  const char *dir, const char *name)
{
	const struct value *restrictor = restrictor_of(search, dir);
	struct value *node = value_new_map(search->arena, NULL);
	struct chart_wants wants;
	struct target *target =
		project_add(search->discovery->project, name, kind,
			    search_text(search, *dir ? dir : "."), node);

	target->dir = "";
	target->named =
		!search->discovery->asked && strcmp(dir, search->top) == 0;
	if (kind == SOURCE_KIND_CHART) {
		value_set(search->arena, node, "release",
			  search_text(search, release_of(search, dir)));
		if (!search->discovery->lacks_charts) {
			chart_wants(search->arena, search->discovery->view, dir,
				    &wants);
			search->discovery->lacks_charts = wants.count > 0;
		}
	} else if (restrictor)
		value_set(search->arena, node, "loadRestrictor",
			  (struct value *)restrictor);
	return target;
}

void add_folder(struct search *search, enum source_kind kind, const char *dir)
{
	(void)add(search, kind, dir, search_display(search, dir));
}

/* The chart once more, with other values. */
static void add_variant(struct search *search, const struct folder *chart,
			const struct target *plain, const char *values)
{
	const char *file =
		*chart->path ? values + strlen(chart->path) + 1 : values;
	struct target *target =
		add(search, SOURCE_KIND_CHART, chart->path,
		    arena_printf(search->arena, "%s (%s)", plain->name, file));

	target->variant_of = plain;
	value_set(search->arena, (struct value *)target->node, "values",
		  search_text(search, values));
}

/* A chart that a kustomization inflates is rendered there. */
void add_charts(struct search *search)
{
	size_t i, j;

	for (i = 0; i < search->charts.count; i++) {
		const struct folder *chart = search->charts.items[i];
		const struct target *plain;

		if (chart->library || chart->reached ||
		    !search_may_add(search, chart, "Chart.yaml"))
			continue;
		plain = add(search, SOURCE_KIND_CHART, chart->path,
			    search_display(search, chart->path));
		for (j = 0; j < chart->variants.count; j++)
			add_variant(search, chart, plain,
				    chart->variants.items[j]);
	}
}
