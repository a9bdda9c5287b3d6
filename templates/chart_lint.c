/*
 * helm lint: the groups of checks, in Helm's order.
 */
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "base/table.h"
#include "model/schema/schema.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"
#include "templates/lint.h"
#include "templates/manifests.h"
#include "templates/values.h"

void linter_say(struct linter *linter, enum chart_lint_severity severity,
		const char *file, const char *format, ...)
{
	struct chart_lint_message *message =
		vec_new(linter->arena, linter->messages);
	va_list args;

	va_start(args, format);
	message->severity = severity;
	message->file = file;
	message->text = arena_vprintf(linter->arena, format, args);
	va_end(args);
}

const char *linter_words(const struct diag_sink *diags)
{
	size_t i;

	for (i = 0; i < diags->diags.count; i++) {
		const struct diag *diag = diags->diags.items[i];

		if (diag->severity == DIAG_ERROR)
			return diag->native ? diag->native : diag->message;
	}
	return "";
}

static const char *path_of(struct linter *linter, const char *name)
{
	return *linter->path ? path_join(linter->arena, linter->path, name)
			     : name;
}

struct source *linter_read(struct linter *linter, const char *name,
			   enum source_role role)
{
	struct source *source;

	if (tree_view_read(linter->view, path_of(linter, name), role,
			   &source) != TREE_OK)
		return NULL;
	return source;
}

static bool what_is(struct linter *linter, const char *name,
		    enum tree_kind *kind)
{
	struct tree_stat stat;

	if (tree_view_stat(linter->view, path_of(linter, name), &stat) !=
	    TREE_OK)
		return false;
	*kind = stat.kind;
	return true;
}

/* values.yaml, and the schema over it and the user's values. */

/* What was logged meanwhile. */
static void hear(struct linter *linter, const struct diag_sink *diags)
{
	size_t i;

	for (i = 0; i < diags->diags.count; i++) {
		const struct diag *diag = diags->diags.items[i];

		if (diag->severity == DIAG_WARNING && diag->native)
			str_printf(linter->logged, "%s\n", diag->native);
	}
}

static void check_schema(struct linter *linter, struct value *values)
{
	struct diag_sink diags;
	const struct coalesce coalesce = { linter->arena, &diags,
					   linter->options->dialect, false,
					   "" };
	struct source *schema =
		linter_read(linter, "values.schema.json", SOURCE_CHART);
	struct value *all =
		value_copy_deep(linter->arena, linter->options->values);
	const struct schema_options options = {
		.limits = linter->options->limits
	};
	struct schema_result result;
	struct str text;

	diag_sink_init(&diags, linter->arena);
	values_tables(&coalesce, all, values);
	hear(linter, &diags);
	/* Helm 3 skips it for the templates only. */
	if (!schema || !schema->len ||
	    (linter->options->skip_schema &&
	     linter->options->dialect == CHART_HELM4))
		return;
	str_init(&text, linter->arena);
	if (!schema_check(linter->arena, schema, all, &options, &text, &result))
		linter_say(linter, CHART_LINT_ERROR, "values.yaml", "%s",
			   str_text(&text));
}

/* This group names the type it reads into by its own name. */
static const char *with_type(struct linter *linter, const char *words)
{
	static const char type[] = "map[string]interface {}";
	const char *at = strstr(words, type);

	if (!at)
		return words;
	return arena_printf(
		linter->arena, "%.*s%s.Values", (int)(at - words), words,
		linter->options->dialect == CHART_HELM3 ? "chartutil"
							: "common");
}

static void check_values(struct linter *linter)
{
	const struct chart_load_options how = {
		.dialect = CHART_HELM3,
		.limits = linter->options->limits,
	};
	struct source *source =
		linter_read(linter, "values.yaml", SOURCE_VALUES);
	struct diag_sink diags;
	struct value *values;

	if (!source) {
		linter_say(linter, CHART_LINT_INFO, "values.yaml",
			   "file does not exist");
		return;
	}
	diag_sink_init(&diags, linter->arena);
	values = values_read(linter->arena, &diags, source, &how, "");
	if (!values)
		linter_say(linter, CHART_LINT_ERROR, "values.yaml",
			   "unable to parse YAML: %s",
			   with_type(linter, linter_words(&diags)));
	else
		check_schema(linter, values);
}

/* templates/ */

static bool has_extension(const char *name)
{
	static const char *const known[] = { ".yaml", ".yml", ".tpl", ".txt" };
	const char *ext = path_ext(name);
	size_t i;

	for (i = 0; i < ARRAY_COUNT(known); i++)
		if (strcmp(ext, known[i]) == 0)
			return true;
	return false;
}

static bool has_crd_hook(const char *text)
{
	for (; (text = strstr(text, "helm.sh/hook")); text++) {
		const char *at = text + strlen("helm.sh/hook");

		at += *at == '"';
		at += *at == ':';
		at += strspn(at, " \t\r\n\f");
		at += *at == '"';
		if (strncmp(at, "crd-install", 11) == 0)
			return true;
	}
	return false;
}

/* What only helm 3 still warns those of who come from helm 2. */
static void check_old_words(struct linter *linter, const char *file,
			    const char *text)
{
	if (linter->options->dialect != CHART_HELM3)
		return;
	if (has_crd_hook(text))
		linter_say(linter, CHART_LINT_WARNING, file,
			   "manifest is a crd-install hook. This hook is no "
			   "longer supported in v3 and all CRDs should also "
			   "exist the crds/ directory at the top level of the "
			   "chart");
	if (strstr(text, ".Release.Time"))
		linter_say(linter, CHART_LINT_ERROR, file,
			   ".Release.Time has been removed in v3, please "
			   "replace with the `now` function in your templates");
}

static bool is_yaml(struct linter *linter, const char *name)
{
	const char *ext = path_ext(name);

	if (linter->options->dialect == CHART_HELM3)
		return strcmp(ext, ".yaml") == 0;
	return strcasecmp(ext, ".yaml") == 0 || strcasecmp(ext, ".yml") == 0;
}

static bool check_file(struct linter *linter, struct chart *chart,
		       struct chart_file *file, const struct table *rendered)
{
	struct source *raw, *made;
	struct diag_sink unheard;

	if (!has_extension(file->name))
		linter_say(linter, CHART_LINT_ERROR, file->name,
			   "file extension '%s' not valid. Valid extensions "
			   "are .yaml, .yml, .tpl, or .txt",
			   path_ext(file->name));
	diag_sink_init(&unheard, linter->arena);
	raw = chart_file_read(file, SOURCE_TEMPLATE, &unheard);
	if (raw)
		check_old_words(linter, file->name, raw->text);
	made = table_gets(rendered, arena_printf(linter->arena, "%s/%s",
						 chart->name, file->name));
	if (!made || !is_yaml(linter, file->name))
		return true;
	return linter_check_manifest(linter, file->name, made);
}

static void check_rendered(struct linter *linter, struct chart *chart)
{
	const struct chart_lint_options *options = linter->options;
	struct value *layers[] = { options->values };
	const struct chart_options how = {
		.release = "test-release",
		.name_space = options->name_space,
		.values = layers,
		.value_count = 1,
		.dialect = options->dialect,
		.kube_version = options->kube_version,
		.skip_schema = options->skip_schema,
		.lint = linter->said,
		.limits = options->limits,
	};
	struct rendered_files files = { 0 };
	struct table rendered;
	struct diag_sink diags;
	bool rendered_all;
	size_t i;

	diag_sink_init(&diags, linter->arena);
	rendered_all =
		chart_render_files(chart, &how, linter->arena, &diags, &files);
	hear(linter, &diags);
	if (!rendered_all && !diags.errors)
		return;
	if (!rendered_all) {
		linter_say(linter, CHART_LINT_ERROR, "templates/", "%s",
			   linter_words(&diags));
		return;
	}
	table_init(&rendered, linter->arena);
	for (i = 0; i < files.count; i++)
		table_puts(&rendered, files.items[i].path,
			   (void *)files.items[i].source);
	for (i = 0; i < chart->templates.count; i++)
		if (!check_file(linter, chart, chart->templates.items[i],
				&rendered))
			return;
}

static void check_templates(struct linter *linter, struct chart *chart,
			    const char *words)
{
	bool three = linter->options->dialect == CHART_HELM3;
	enum tree_kind kind;

	if (!what_is(linter, "templates", &kind)) {
		if (!three) {
			linter_say(linter, CHART_LINT_WARNING, "templates/",
				   "directory does not exist");
			return;
		}
	} else if (kind != TREE_DIR) {
		linter_say(linter,
			   three ? CHART_LINT_WARNING : CHART_LINT_ERROR,
			   "templates/", "not a directory");
		if (!three)
			return;
	}
	if (!chart)
		linter_say(linter, CHART_LINT_ERROR, "templates/", "%s", words);
	else
		check_rendered(linter, chart);
}

/* Dependencies. */

static void check_dependencies(struct linter *linter, const struct chart *chart,
			       const char *words)
{
	const struct dependencies *entries;
	struct table declared, children;
	struct str strays, missing;
	size_t lacks = 0, i;

	if (!chart) {
		linter_say(linter, CHART_LINT_ERROR, "",
			   "unable to load chart\n\t%s", words);
		return;
	}
	entries = &chart->metadata->dependencies;
	table_init(&declared, linter->arena);
	chart_children(linter->arena, chart, &children);
	str_init(&strays, linter->arena);
	str_init(&missing, linter->arena);
	for (i = 0; i < entries->count; i++) {
		const char *name = entries->items[i]->name;

		table_puts(&declared, name, linter);
		if (!table_gets(&children, name))
			str_printf(&missing, "%s%s", lacks++ ? "," : "", name);
	}
	for (i = 0; i < chart->children.count; i++) {
		const char *name = chart->children.items[i]->name;

		if (!table_gets(&declared, name))
			str_printf(&strays, "%s%s", strays.len ? "," : "",
				   name);
	}
	if (strays.len)
		linter_say(linter, CHART_LINT_ERROR, linter->options->absolute,
			   "chart metadata is missing these dependencies: %s",
			   str_text(&strays));
	if (lacks)
		linter_say(linter, CHART_LINT_WARNING,
			   linter->options->absolute,
			   "chart directory is missing these dependencies: %s",
			   str_text(&missing));
}

/* crds/, which helm 4 looks at. */

static void check_crd(struct linter *linter, struct chart_file *file)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .json_numbers = true };
	struct yaml_documents documents = { 0 };
	struct yaml_problem problem;
	struct diag_sink unheard;
	struct source *source;
	uint32_t bad;
	size_t i;

	diag_sink_init(&unheard, linter->arena);
	source = chart_file_read(file, SOURCE_MANIFEST, &unheard);
	if (!source || !yaml_split(linter->arena, source, YAML_SPLIT_PLAIN,
				   &documents, &bad))
		return;
	for (i = 0; i < documents.count; i++) {
		const struct value *root = yaml_read(
			linter->arena, source, documents.items[i].begin,
			documents.items[i].end, &options, &problem);

		if (!root) {
			linter_say(linter, CHART_LINT_ERROR, file->name,
				   "unable to parse YAML: error converting "
				   "YAML to JSON: %s",
				   yaml_problem_go(linter->arena, &problem));
			return;
		}
		if (value_is_null(root))
			continue;
		if (strncmp(value_string_or(value_get(root, "apiVersion"), ""),
			    "apiextensions.k8s.io", 20) != 0)
			linter_say(linter, CHART_LINT_ERROR, file->name,
				   "apiVersion is not in "
				   "'apiextensions.k8s.io'");
		if (!value_equals_string(value_get(root, "kind"),
					 "CustomResourceDefinition"))
			linter_say(linter, CHART_LINT_ERROR, file->name,
				   "object kind is not "
				   "'CustomResourceDefinition'");
	}
}

/* Those of the sub-charts as well, under their own names. */
static void check_crd_files(struct linter *linter, struct chart *chart)
{
	size_t i;

	for (i = 0; i < chart->files.count; i++)
		if (chart_file_is_crd(chart->files.items[i]))
			check_crd(linter, chart->files.items[i]);
	for (i = 0; i < chart->children.count; i++)
		check_crd_files(linter, chart->children.items[i]);
}

static void check_crds(struct linter *linter, struct chart *chart)
{
	enum tree_kind kind;

	if (linter->options->dialect == CHART_HELM3 ||
	    !what_is(linter, "crds", &kind))
		return;
	if (kind != TREE_DIR) {
		linter_say(linter, CHART_LINT_ERROR, "crds/",
			   "not a directory");
		return;
	}
	if (chart)
		check_crd_files(linter, chart);
}

void chart_lint(struct arena *arena, struct tree_view *view, const char *path,
		const struct chart_lint_options *options,
		struct chart_lint_messages *messages)
{
	struct str notes, said, logged;
	struct linter linter = { arena,    view,  path,   options,
				 messages, &said, &logged };
	const struct chart_load_options load = { .dialect = options->dialect,
						 .limits = options->limits,
						 .notes = &notes,
						 .any_version = true };
	struct diag_sink diags;
	struct chart *chart;

	str_init(&notes, arena);
	str_init(&said, arena);
	str_init(&logged, arena);
	linter_check_metadata(&linter);
	check_values(&linter);
	if (options->notes)
		str_puts(options->notes, str_text(&logged));
	str_clear(&logged);
	diag_sink_init(&diags, arena);
	chart = chart_load(arena, view, path, &load, &diags);
	check_templates(&linter, chart, linter_words(&diags));
	/* Helm loads it anew for the dependencies. */
	if (options->notes) {
		str_puts(options->notes, str_text(&notes));
		str_puts(options->notes, str_text(&logged));
		str_put(options->notes, said.text, said.len);
		str_puts(options->notes, str_text(&notes));
	}
	check_dependencies(&linter, chart, linter_words(&diags));
	check_crds(&linter, chart);
}
