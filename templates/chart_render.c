/*
 * Rendering: dependencies, values, the data of each chart, the templates in
 * Helm's order, and the documents of what they printed.
 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "base/table.h"
#include "model/value.h"
#include "templates/capabilities.h"
#include "templates/chart.h"
#include "templates/chart_object.h"
#include "templates/chart_parts.h"
#include "templates/chart_values.h"
#include "templates/dependency.h"
#include "templates/files.h"
#include "templates/manifests.h"
#include "templates/template.h"
#include "templates/values.h"
#include "templates/values_object.h"
#include "templates/values_unused.h"

/* A template file with the data of its chart. */
struct page {
	const char *path; /* shop/charts/db/templates/x.yaml */
	const char *base; /* shop/charts/db/templates */
	struct chart_file *file;
	struct value *dot;
	bool partial; /* parsed, not executed */
	bool broken;  /* not even parsed */
	bool writes;  /* nor run, and it may have set what others read */
	uint32_t slashes;
};

VEC_TYPE(pages, struct page *);

/* .Values of a chart: the node that templates see, and the one it is of. */
struct root {
	const struct value *seen;
	struct value *own;
};

struct rendering {
	struct arena *arena;
	struct diag_sink *diags;
	const struct chart_options *options;
	struct chart *chart;
	struct value *values; /* of the root, coalesced */
	struct kube_version kube_version;
	struct value *capabilities;
	struct value *release;
	struct pages pages;
	struct template_set *set;
	struct table by_path;
	struct table told; /* errors of pages, by place and words */
	VEC(struct root) roots;
	bool lacks;   /* a chart that it depends on */
	bool started; /* what fails from here on may leave something */
};

/*
 * Failures behind the loading of a chart, reported from `first` on, end in a
 * hint, but for helm lint.
 */
static bool hint(struct rendering *rendering, size_t first)
{
	struct diag_sink *diags = rendering->diags;
	size_t i;

	rendering->started = true;
	if (rendering->options->lint || rendering->options->debug)
		return false;
	for (i = first; i < diags->diags.count; i++) {
		struct diag *diag = diags->diags.items[i];

		diag->native = arena_printf(
			rendering->arena,
			"%s\n\nUse --debug flag to render out invalid YAML",
			diag->native ? diag->native : diag->message);
	}
	return false;
}

/* The same for what was reported last. */
static bool hint_last(struct rendering *rendering)
{
	return hint(rendering, rendering->diags->diags.count - 1);
}

/* Before anything is rendered. */

static bool check_kind(const struct rendering *rendering)
{
	const struct value *type =
		rendering->chart->metadata->fields[METADATA_Type];
	const char *name = value_string_or(type, "");

	if (!*name || strcmp(name, "application") == 0)
		return true;
	diag_error(rendering->diags, &type->origin,
		   "a %s chart cannot be rendered", name);
	diag_native(rendering->diags, "%s charts are not installable", name);
	return false;
}

#define NAME_PATTERN                                                           \
	"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"

/* DNS-1123 parts joined by dots, at most 53 bytes. */
static bool is_release_name(const char *name)
{
	static const char inner[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t len = strlen(name), i;

	if (!len || len > 53)
		return false;
	for (i = 0; i < len; i++) {
		bool first = !i || name[i - 1] == '.';
		bool last = i + 1 == len || name[i + 1] == '.';

		if (name[i] == '.'
			    ? first || last
			    : !strchr(inner, name[i]) ||
				      (name[i] == '-' && (first || last)))
			return false;
	}
	return true;
}

/* helm 4 logs the error as well, before it is printed. */
static bool log_failure(const struct rendering *rendering, const char *what,
			const char *text)
{
	struct str logged;
	const char *at;

	if (rendering->options->dialect == CHART_HELM3) {
		diag_native(rendering->diags, "%s", text);
		return false;
	}
	str_init(&logged, rendering->arena);
	str_printf(&logged, "level=ERROR msg=\"%s\" error=\"", what);
	for (at = text; *at; at++) {
		if (*at == '"' || *at == '\\')
			str_putc(&logged, '\\');
		str_putc(&logged, *at);
	}
	str_printf(&logged, "\"\nError: %s: %s", what, text);
	diag_native(rendering->diags, "%s", str_text(&logged));
	return false;
}

static bool check_name(const struct rendering *rendering)
{
	const char *name = rendering->options->release;

	if (is_release_name(name))
		return true;
	if (!*name) {
		diag_error(rendering->diags, NULL, "the release has no name");
		return log_failure(rendering, "release name check failed",
				   "no name provided");
	}
	diag_error(rendering->diags, NULL,
		   "release name \"%s\": small letters, digits, '-' and '.' "
		   "are allowed, at most 53 of them",
		   name);
	return log_failure(
		rendering, "release name check failed",
		arena_printf(rendering->arena,
			     "release name \"%s\": invalid release name, must "
			     "match regex " NAME_PATTERN
			     " and the length must not be longer than 53",
			     name));
}

/* The root chart only, as in Helm. */
static bool check_kube_version(struct rendering *rendering)
{
	const struct value *wants =
		rendering->chart->metadata->fields[METADATA_KubeVersion];
	const char *constraint = value_string_or(wants, "");
	const char *has = rendering->kube_version.normalised;

	if (!*constraint ||
	    dependency_in_range(rendering->arena, constraint, has))
		return true;
	diag_error(rendering->diags, &wants->origin,
		   "the chart is for Kubernetes %s and not for %s", constraint,
		   has);
	diag_native(rendering->diags,
		    "chart requires kubeVersion: %s which is incompatible with "
		    "Kubernetes %s",
		    constraint, rendering->kube_version.version);
	return hint_last(rendering);
}

static struct value *layered(const struct rendering *rendering)
{
	const struct chart_options *options = rendering->options;
	struct value *values = value_new_map(rendering->arena, NULL);
	size_t i;

	for (i = 0; i < options->value_count; i++)
		chart_values_merge(rendering->arena, values,
				   options->values[i]);
	return values;
}

/*
 * helm lint does it twice, and logs all of it again: nulls that are left over
 * from the first time delete what they stand for in the second.
 */
static bool coalesce_first(const struct coalesce *coalesce,
			   struct rendering *rendering)
{
	rendering->values =
		value_copy_deep(rendering->arena, rendering->values);
	return values_coalesce(coalesce, rendering->chart, rendering->values);
}

static bool tell_dependencies(const struct rendering *rendering)
{
	static const char what[] = "chart dependencies processing failed";
	const struct diag *last = *vec_last(&rendering->diags->diags);

	if (rendering->options->lint) { /* which ends here without a word */
		rendering->diags->diags.count--;
		rendering->diags->errors--;
		return false;
	}
	return last->native &&
	       strncmp(last->native, what, sizeof(what) - 1) == 0 &&
	       log_failure(rendering, what, last->native + sizeof(what) + 1);
}

/* Switch dependencies, then bring all values together. */
static bool prepare(struct rendering *rendering)
{
	const struct dependency_run run = {
		.arena = rendering->arena,
		.diags = rendering->diags,
		.dialect = rendering->options->dialect,
		.missing = rendering->options->missing_is_fact
				   ? rendering->options->facts
				   : NULL,
		.lacks = &rendering->lacks,
	};
	const struct coalesce coalesce = { rendering->arena, rendering->diags,
					   rendering->options->dialect, false,
					   "" };

	rendering->values = layered(rendering);
	return (dependency_process(&run, rendering->chart, rendering->values) ||
		tell_dependencies(rendering)) &&
	       (!rendering->options->lint ||
		coalesce_first(&coalesce, rendering)) &&
	       values_coalesce(&coalesce, rendering->chart, rendering->values);
}

/* The data of a chart. */

static void put(struct rendering *rendering, struct value *map, const char *key,
		struct value *value)
{
	value_setn(rendering->arena, map, key, strlen(key), &value->origin,
		   value);
}

static struct value *text(struct rendering *rendering, const char *words)
{
	return value_new_cstring(rendering->arena, NULL, words);
}

static struct value *new_release(struct rendering *rendering)
{
	const struct chart_options *options = rendering->options;
	struct arena *arena = rendering->arena;
	struct value *release = value_new_map(arena, NULL);
	struct value *revision = value_new_int(arena, NULL, 1);

	revision->type = VALUE_TYPE_INT;
	put(rendering, release, "Name", text(rendering, options->release));
	put(rendering, release, "Namespace",
	    text(rendering, options->name_space));
	put(rendering, release, "IsUpgrade",
	    value_new_bool(arena, NULL, options->is_upgrade && !options->lint));
	put(rendering, release, "IsInstall",
	    value_new_bool(arena, NULL,
			   !options->is_upgrade && !options->lint));
	put(rendering, release, "Revision", revision);
	put(rendering, release, "Service", text(rendering, "Helm"));
	return release;
}

/*
 * .Values of a sub-chart is the map below its name, found by a path: a name
 * with a dot in it finds nothing and gets an empty one.
 */
static struct value *values_of(struct rendering *rendering,
			       const struct chart *chart,
			       const struct value *parent)
{
	struct value *own =
		parent ? values_table(parent, chart->name) : rendering->values;

	if (!own)
		own = value_new_map(rendering->arena, NULL);
	return values_object(rendering->arena, own,
			     rendering->options->dialect);
}

static bool is_partial(const char *name, bool plain)
{
	return *path_name(name) == '_' || (plain && path_has_ext(name, ".tpl"));
}

/* Of two files under one path the later one counts. */
static void add_page(struct rendering *rendering, const struct chart *chart,
		     struct chart_file *file, const char *folder,
		     struct value *dot)
{
	struct page *page = arena_zalloc(rendering->arena, sizeof(*page));
	struct page *old;
	const char *at;

	page->path =
		arena_printf(rendering->arena, "%s/%s", folder, file->name);
	page->base = arena_join(rendering->arena, folder, "/templates");
	page->file = file;
	page->dot = dot;
	page->partial = is_partial(file->name, chart->plain);
	for (at = page->path; *at; at++)
		page->slashes += *at == '/';
	old = table_gets(&rendering->by_path, page->path);
	if (old) {
		*old = *page;
		return;
	}
	table_puts(&rendering->by_path, page->path, page);
	vec_push(rendering->arena, &rendering->pages, page);
}

/* The pages of a chart and of all below; gives the data they start with. */
static struct value *add_chart(struct rendering *rendering,
			       const struct chart *chart,
			       const struct value *parent_values)
{
	enum chart_dialect dialect = rendering->options->dialect;
	struct arena *arena = rendering->arena;
	struct value *plain = value_new_map(arena, NULL);
	struct value *subcharts = value_new_map(arena, NULL), *dot;
	struct value *values = values_of(rendering, chart, parent_values);
	const char *folder = chart_full_path(arena, chart);
	bool library = chart_is_library(chart);
	size_t i;

	put(rendering, plain, "Chart", chart_object(arena, chart, dialect));
	put(rendering, plain, "Files",
	    files_object(arena, chart, dialect, rendering->diags));
	put(rendering, plain, "Release", rendering->release);
	put(rendering, plain, "Capabilities", rendering->capabilities);
	put(rendering, plain, "Values", values);
	put(rendering, plain, "Subcharts", subcharts);
	for (i = 0; i < chart->children.count; i++) {
		const struct chart *child = chart->children.items[i];

		put(rendering, subcharts, child->name,
		    add_chart(rendering, child, values));
	}
	dot = values_object(arena, plain, dialect);
	for (i = 0; i < chart->templates.count; i++) {
		struct chart_file *file = chart->templates.items[i];

		if (!library || is_partial(file->name, chart->plain))
			add_page(rendering, chart, file, folder, dot);
	}
	return plain;
}

/* Deepest first, then from the last name to the first. */
static int compare_pages(const void *a, const void *b)
{
	const struct page *one = *(struct page *const *)a;
	const struct page *two = *(struct page *const *)b;

	if (one->slashes != two->slashes)
		return one->slashes > two->slashes ? -1 : 1;
	return strcmp(two->path, one->path);
}

/*
 * In the background, as far as the pages can be read: who cannot be is told
 * when it is used.
 */
static void parse_ahead(struct rendering *rendering)
{
	const struct chart_options *options = rendering->options;
	struct template_piece *pieces = arena_alloc(
		rendering->arena, rendering->pages.count * sizeof(*pieces));
	struct diag_sink unheard;
	size_t count;

	if (rendering->pages.count > 1)
		qsort(rendering->pages.items, rendering->pages.count,
		      sizeof(*rendering->pages.items), compare_pages);
	rendering->set = template_set_new(rendering->arena,
					  options->dialect == CHART_HELM4
						  ? TEMPLATE_HELM4
						  : TEMPLATE_HELM3);
	if (options->all_errors)
		template_set_all_errors(rendering->set);
	diag_sink_init(&unheard, rendering->arena);
	for (count = 0; count < rendering->pages.count; count++) {
		const struct page *page = rendering->pages.items[count];

		pieces[count].name = page->path;
		pieces[count].view =
			options->beside_others ? page->file->view : NULL;
		pieces[count].shares = options->shares;
		pieces[count].source =
			chart_file_read(page->file, SOURCE_TEMPLATE, &unheard);
		if (!pieces[count].source)
			break;
	}
	template_set_parse(rendering->set, pieces, count);
}

/* False: one is no template.  `*go_on`: the others may be run all the same. */
static bool parse_pages(struct rendering *rendering, bool *go_on)
{
	bool fine = true;
	size_t i;

	*go_on = false;
	for (i = 0; i < rendering->pages.count; i++) {
		struct page *page = rendering->pages.items[i];
		size_t first = rendering->diags->diags.count;
		struct source *source = chart_file_read(
			page->file, SOURCE_TEMPLATE, rendering->diags);

		if (!source)
			return false;
		if (template_set_add(rendering->set, page->path, source,
				     rendering->diags))
			continue;
		fine = hint(rendering, first);
		if (!rendering->options->all_errors)
			return false;
		page->broken = true;
		page->writes = !page->partial && template_may_write(source);
	}
	*go_on = true;
	return fine;
}

/*
 * Several pages, and several actions of one, may fail in what they all
 * include: it is told once.
 */
static void drop_repeated(struct rendering *rendering, size_t first)
{
	struct diag_sink *diags = rendering->diags;
	size_t i, kept = first;

	for (i = first; i < diags->diags.count; i++) {
		struct diag *diag = diags->diags.items[i];
		const char *key = arena_printf(
			rendering->arena, "%p %lu %s",
			(const void *)origin_source(&diag->origin),
			(unsigned long)diag->origin.begin, diag->message);

		if (table_gets(&rendering->told, key)) {
			diags->errors--;
			continue;
		}
		table_puts(&rendering->told, key, diag);
		diags->diags.items[kept++] = diag;
	}
	diags->diags.count = kept;
}

/* One map per chart: only .Template is another one in each file. */
static void set_template(struct rendering *rendering, const struct page *page)
{
	struct value *self = value_new_map(rendering->arena, NULL);

	put(rendering, self, "Name", text(rendering, page->path));
	put(rendering, self, "BasePath", text(rendering, page->base));
	put(rendering, page->dot, "Template",
	    values_object(rendering->arena, self, rendering->options->dialect));
}

static bool ends_in_notes(const char *path)
{
	static const char notes[] = "NOTES.txt";
	size_t len = strlen(path);

	return len >= sizeof(notes) - 1 &&
	       strcmp(path + len - (sizeof(notes) - 1), notes) == 0;
}

/* What NOTES.txt prints is for people: it is in no manifest. */
static void forget_printed(struct fact_log *facts, size_t first)
{
	size_t i, kept = first;

	for (i = first; facts && i < facts->facts.count; i++) {
		const struct fact *fact = &facts->facts.items[i];

		if (fact->kind != FACT_TEMPLATE_NO_VALUE &&
		    fact->kind != FACT_TEMPLATE_NONDETERMINISTIC)
			facts->facts.items[kept++] = *fact;
	}
	if (facts)
		facts->facts.count = kept;
}

static bool run_page(struct rendering *rendering, struct template_run *run,
		     const struct page *page, struct rendered_files *files)
{
	struct fact_log *facts = rendering->options->facts;
	size_t noticed = facts ? facts->facts.count : 0;
	size_t first = rendering->diags->diags.count;
	struct rendered *file;
	struct source *source;
	struct text made;
	struct str out;

	set_template(rendering, page);
	str_init(&out, rendering->arena);
	if (!template_run(run, page->path, page->dot, &out)) {
		(void)hint(rendering, first);
		drop_repeated(rendering, first);
		return false;
	}
	if (ends_in_notes(page->path)) {
		forget_printed(facts, noticed);
		return true;
	}
	made = str_finish(&out);
	source = source_new(rendering->arena, page->path, SOURCE_RENDERED,
			    made.at, made.len);
	source->map = made.map;
	file = vec_new(rendering->arena, files);
	file->path = page->path;
	file->source = source;
	return true;
}

static bool run_pages(struct rendering *rendering, struct rendered_files *files)
{
	const struct chart_options *options = rendering->options;
	const struct template_options how = {
		.dialect = options->dialect == CHART_HELM4 ? TEMPLATE_HELM4
							   : TEMPLATE_HELM3,
		.limits = options->limits,
		.facts = options->facts,
		.lint = options->lint,
		.all_errors = options->all_errors,
		.strict = options->strict_values,
		.cluster = options->cluster,
		.enable_dns = options->enable_dns,
		.seed = options->seed,
		.keys = options->keys,
		.now = options->now,
	};
	struct template_run *run;
	bool fine, go_on;
	size_t i;

	fine = parse_pages(rendering, &go_on);
	/* What it includes, and what is set for it, may be elsewhere. */
	if (!go_on || rendering->lacks)
		return fine;
	run = template_run_new(rendering->set, rendering->arena,
			       rendering->diags, &how);
	for (i = 0; i < rendering->pages.count; i++) {
		const struct page *page = rendering->pages.items[i];

		if (page->writes)
			break;
		if (page->partial || page->broken ||
		    run_page(rendering, run, page, files))
			continue;
		fine = false;
		if (!options->all_errors || template_run_limited(run))
			break;
	}
	return fine;
}

/* CRDs: own chart first; files as they are, neither split nor parsed. */
static bool add_crds(struct rendering *rendering, const struct chart *chart,
		     struct chart_documents *documents)
{
	size_t i;

	for (i = 0; i < chart->files.count; i++) {
		struct chart_file *file = chart->files.items[i];
		struct chart_document *document;
		struct source *source;

		if (!chart_file_is_crd(file))
			continue;
		source = chart_file_read(file, SOURCE_MANIFEST,
					 rendering->diags);
		if (!source)
			return false;
		document = vec_new(rendering->arena, documents);
		*document = (struct chart_document){
			.path = arena_printf(
				rendering->arena, "%s/%s",
				chart_full_path(rendering->arena, chart),
				file->name),
			.source = source,
			.end = source->len,
			.kind = "CustomResourceDefinition",
			.name = "",
			.crd = true,
		};
	}
	for (i = 0; i < chart->children.count; i++)
		if (!add_crds(rendering, chart->children.items[i], documents))
			return false;
	return true;
}

static bool start(struct rendering *rendering, struct chart *chart)
{
	const struct chart_options *options = rendering->options;
	const struct dependency_run run = {
		.arena = rendering->arena,
		.diags = rendering->diags,
		.dialect = options->dialect,
	};
	const char *version = options->kube_version;

	rendering->chart = chart_clone(rendering->arena, chart, NULL);
	return kube_version_parse(rendering->arena, rendering->diags,
				  version ? version : CHART_KUBE_VERSION,
				  options->dialect, &rendering->kube_version) &&
	       (options->lint ||
		(check_kind(rendering) && (options->missing_is_fact ||
					   dependency_check(&run, chart)))) &&
	       (chart->plain || check_name(rendering)) && prepare(rendering);
}

/* A template that takes all of .Values has read all of them. */
static void note_unused(struct rendering *rendering, const struct chart *loaded)
{
	size_t i;

	if (!rendering->options->notes_unused || rendering->lacks)
		return;
	for (i = 0; i < rendering->roots.count; i++)
		rendering->roots.items[i].own->flags |=
			rendering->roots.items[i].seen->flags;
	values_note_unused(rendering->arena, rendering->options->facts,
			   rendering->chart, loaded, rendering->values);
}

static bool render_files(struct rendering *rendering, struct chart *chart,
			 struct rendered_files *files)
{
	const struct chart_options *options = rendering->options;
	bool fine;

	if (!start(rendering, chart))
		return false;
	rendering->capabilities =
		capabilities_object(rendering->arena, &rendering->kube_version,
				    options->api_versions, options->dialect);
	rendering->release = new_release(rendering);
	table_init(&rendering->by_path, rendering->arena);
	table_init(&rendering->told, rendering->arena);
	add_chart(rendering, rendering->chart, NULL);
	parse_ahead(rendering);
	fine = (rendering->lacks ||
		chart_meets_schemas(rendering->arena, rendering->diags, options,
				    rendering->chart, rendering->values)) &&
	       (options->lint || check_kube_version(rendering));
	template_set_parsed(rendering->set);
	if (!fine || !run_pages(rendering, files))
		return false;
	note_unused(rendering, chart);
	return true;
}

bool chart_render_files(struct chart *chart,
			const struct chart_options *options,
			struct arena *arena, struct diag_sink *diags,
			struct rendered_files *files)
{
	struct rendering rendering = { .arena = arena,
				       .diags = diags,
				       .options = options };

	return render_files(&rendering, chart, files);
}

bool chart_render(struct chart *chart, const struct chart_options *options,
		  struct arena *arena, struct diag_sink *diags,
		  struct chart_output *output)
{
	const struct manifest_options manifests = {
		options->dialect, options->skip_tests, options->no_hooks,
		options->all_errors, options->limits
	};
	struct rendering rendering = { .arena = arena,
				       .diags = diags,
				       .options = options };
	struct rendered_files files = { 0 };
	bool rendered, collected;
	size_t first;

	memset(output, 0, sizeof(*output));
	rendered = render_files(&rendering, chart, &files);
	output->started = rendered || rendering.started;
	/* What was rendered may be no YAML, which is told as well. */
	if (!rendered && !(options->all_errors && files.count))
		return false;
	output->values = rendering.values;
	if (rendered && options->include_crds &&
	    !add_crds(&rendering, rendering.chart, &output->documents))
		return false;
	first = diags->diags.count;
	collected = manifests_collect(arena, diags, &files, &manifests,
				      &output->documents);
	if (collected && rendered)
		return true;
	if (!options->debug || !rendered)
		memset(&output->documents, 0, sizeof(output->documents));
	return collected ? false : hint(&rendering, first);
}
