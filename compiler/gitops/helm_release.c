/*
 * HelmRelease (helm.toolkit.fluxcd.io): a chart of the repository, or a copy
 * of one from elsewhere that stands in the tree, with the object's values.
 */
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/path.h"
#include "base/sha.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/gitops/amend.h"
#include "compiler/gitops/helm_hooks.h"
#include "compiler/gitops/private.h"
#include "compiler/gitops/values.h"
#include "compiler/job.h"
#include "compiler/render.h"
#include "compiler/resolve.h"
#include "compiler/run.h"
#include "model/bundle.h"
#include "model/json.h"
#include "model/value.h"
#include "model/value_path.h"
#include "overlays/overlay.h"

enum {
	RELEASE_MAX = 53,  /* as long as Helm lets one be */
	RELEASE_KEPT = 40, /* what stays in front of a digest */
	RELEASE_DIGEST = 6
};

struct plan {
	const char *chart;
	const struct value *chart_at;
	const char *release;
	const char *name_space;
	const struct value *spec;
	struct gitops_layers layers;
	struct helm_hooks hooks;
	bool crds;
	bool no_defaults;
	bool skip_schema;
};

static const struct gitops_field fields[] = {
	{ "chart", 'm' },          { "chartRef", 'm' },
	{ "values", 'm' },         { "valuesFrom", 'l' },
	{ "releaseName", 's' },    { "targetNamespace", 's' },
	{ "postRenderers", 'l' },  { "postRenderStrategy", 's' },
	{ "install", 'm' },        { "upgrade", 'm' },
	{ "uninstall", 'm' },      { "rollback", 'm' },
	{ "commonMetadata", 'm' }, { NULL, 0 },
};

static const struct gitops_field chart_fields[] = {
	{ "chart", 's' },       { "version", 's' }, { "sourceRef", 'm' },
	{ "valuesFiles", 'l' }, { NULL, 0 },
};

/* A long name keeps its front, and a digest of all of it. */
static const char *release_name(struct arena *arena,
				const struct object *object,
				const struct value *spec)
{
	const char *own = value_string_or(value_get(spec, "releaseName"), "");
	const char *target =
		value_string_or(value_get(spec, "targetNamespace"), "");
	char hex[2 * RELEASE_DIGEST + 1];
	uint8_t digest[SHA256_BYTES];
	const char *name;

	if (*own)
		return own;
	name = arena_printf(arena, "%s%s%s", target, *target ? "-" : "",
			    object->name);
	if (strlen(name) <= RELEASE_MAX)
		return name;
	sha256(name, strlen(name), digest);
	sha_hex(digest, RELEASE_DIGEST, hex);
	return arena_printf(arena, "%.*s-%s", (int)RELEASE_KEPT, name, hex);
}

/* Custom resources are made unless both policies leave them out. */
static bool wants_crds(const struct value *spec)
{
	const char *install =
		value_string_or(value_at(spec, "install.crds"), "Create");
	const char *upgrade =
		value_string_or(value_at(spec, "upgrade.crds"), "Skip");

	return strcmp(install, "Skip") != 0 || strcmp(upgrade, "Skip") != 0;
}

/* What one action lets through the other one refuses. */
static bool skips_schema(const struct value *spec)
{
	return value_is_true(
		       value_at(spec, "install.disableSchemaValidation")) &&
	       value_is_true(value_at(spec, "upgrade.disableSchemaValidation"));
}

static bool is_readable(const struct value *value)
{
	return value_is_string(value) && strncmp(value->string, "ENC[", 4) != 0;
}

/* The text under a key of a ConfigMap or a Secret; NULL: not readable. */
static const char *text_of_key(struct arena *arena, const struct object *object,
			       const char *key, const struct value **at)
{
	const struct value *plain = value_at(object->root, "stringData");
	bool secret = strcmp(object->kind, "Secret") == 0;
	struct str out;
	size_t where;

	*at = secret ? value_get(plain, key) : NULL;
	if (*at)
		return is_readable(*at) ? (*at)->string : NULL;
	*at = value_get(value_get(object->root, "data"), key);
	if (!is_readable(*at))
		return NULL;
	str_init(&out, arena);
	if (!secret)
		return (*at)->string;
	return base64_decode(&out, (*at)->string, (*at)->len, &where)
		       ? str_text(&out)
		       : NULL;
}

/* Quotes around a value say that it is a string whatever it looks like. */
static void add_assignment(struct arena *arena, struct plan *plan,
			   struct gitops_layer *layer,
			   const struct value *entry)
{
	size_t len = strlen(layer->text);
	char quote = layer->text[0];

	layer->name = value_string(value_get(entry, "targetPath"));
	layer->kind = LAYER_SET;
	if (value_is_true(value_get(entry, "literal"))) {
		layer->kind = LAYER_SET_LITERAL;
	} else if (len > 1 && (quote == '\'' || quote == '"') &&
		   layer->text[len - 1] == quote) {
		layer->kind = LAYER_SET_STRING;
		layer->text = arena_strndup(arena, layer->text + 1, len - 2);
	}
	vec_push(arena, &plan->layers, *layer);
}

/* One entry of valuesFrom; false: see `*answer`. */
static bool add_reference(const struct gitops_found *found, struct plan *plan,
			  const struct value *entry, enum gitops_answer *answer)
{
	struct arena *arena = found->gitops->arena;
	const char *kind = value_string_or(value_get(entry, "kind"), "");
	const char *name = value_string_or(value_get(entry, "name"), "");
	const char *key =
		value_string_or(value_get(entry, "valuesKey"), "values.yaml");
	const struct object *object =
		gitops_find(found, "", kind, found->object->name_space, name);
	struct gitops_layer layer = { .kind = LAYER_TEXT };

	if (!object && !found->last) {
		*answer = GITOPS_WAIT;
		return false;
	}
	if (object)
		layer.text = text_of_key(arena, object, key, &layer.value);
	if (!layer.text && value_is_true(value_get(entry, "optional")))
		return true;
	if (!layer.text) {
		*answer = gitops_skip(
			found,
			object ? "%s %s of its values cannot be read here"
			       : "%s %s of its values is not in the tree",
			kind, name);
		return false;
	}
	if (value_is_string(value_get(entry, "targetPath")))
		add_assignment(arena, plan, &layer, entry);
	else
		vec_push(arena, &plan->layers, layer);
	return true;
}

static bool add_values(const struct gitops_found *found, struct plan *plan,
		       enum gitops_answer *answer)
{
	struct gitops_layer tree = {
		.kind = LAYER_TREE,
		.value = value_get(plan->spec, "values"),
	};
	const struct value *entry;

	list_foreach (entry, value_get(plan->spec, "valuesFrom"))
		if (!add_reference(found, plan, entry, answer))
			return false;
	if (tree.value)
		vec_push(found->gitops->arena, &plan->layers, tree);
	return true;
}

/*
 * Those of the chart's source take the place of values.yaml; of a repository
 * of charts, that is the chart itself.
 */
static bool add_files(const struct gitops_found *found, struct plan *plan,
		      const struct value *chart, enum gitops_answer *answer)
{
	struct arena *arena = found->gitops->arena;
	const struct value *files = value_get(chart, "valuesFiles"), *file;
	bool copied = value_equals_string(value_at(chart, "sourceRef.kind"),
					  "HelmRepository");
	struct gitops_layer layer = {
		.kind = LAYER_FILE,
		.optional = value_is_true(
			value_get(chart, "ignoreMissingValuesFiles")),
	};

	list_foreach (file, files) {
		const char *name = value_string_or(file, "");
		const char *path =
			copied ? arena_printf(arena, "%s/%s", plan->chart, name)
			       : gitops_source_path(
					 found, value_get(chart, "sourceRef"),
					 name, answer);

		if (!path)
			return false;
		if (copied && strcmp(path_ext(plan->chart), ".tgz") == 0) {
			layer.kind = LAYER_MEMBER;
			path = name;
		}
		layer.text = path_clean(arena, path + strspn(path, "/"));
		layer.value = file;
		vec_push(arena, &plan->layers, layer);
		plan->no_defaults = true;
	}
	return true;
}

static enum gitops_answer not_here(const struct gitops_found *found,
				   const struct value *ref, const char *chart)
{
	const char *kind = value_string_or(value_get(ref, "kind"), "");
	const char *name = value_string_or(value_get(ref, "name"), "");
	const struct object *source =
		gitops_find(found, "source.toolkit.fluxcd.io", kind,
			    value_string_or(value_get(ref, "namespace"),
					    found->object->name_space),
			    name);
	const char *url =
		source ? value_string(value_at(source->root, "spec.url"))
		       : NULL;

	if (!source && !found->last)
		return GITOPS_WAIT;
	if (!url)
		return gitops_skip(found,
				   "the source of its chart%s%s, %s %s, is not "
				   "in the tree",
				   *chart ? " " : "", chart, kind, name);
	if (!*chart)
		return gitops_skip(found, "the chart %s is not in the tree",
				   url);
	return gitops_skip(found, "chart %s of %s is not in the tree", chart,
			   url);
}

/* What an OCIRepository of a chart says, as that of a repository would. */
static const struct value *chart_of_artifact(const struct gitops_found *found,
					     const struct value *ref)
{
	struct arena *arena = found->gitops->arena;
	const struct object *source =
		gitops_find(found, "source.toolkit.fluxcd.io", "OCIRepository",
			    value_string_or(value_get(ref, "namespace"),
					    found->object->name_space),
			    value_string_or(value_get(ref, "name"), ""));
	const struct value *url =
		source ? value_at(source->root, "spec.url") : NULL;
	const struct value *tag =
		source ? value_at(source->root, "spec.ref.tag") : NULL;
	struct value *spec, *kind;
	const char *name;

	if (!value_is_string(url) || !value_is_string(tag))
		return NULL;
	name = path_base(arena, url->string);
	if (!gitops_chart_copy(found, name, tag->string))
		return NULL;
	spec = value_new_map(arena, &url->origin);
	kind = value_new_map(arena, &url->origin);
	value_set(arena, kind, "kind",
		  value_new_cstring(arena, &url->origin, "HelmRepository"));
	value_set(arena, spec, "chart",
		  value_new_cstring(arena, &url->origin, name));
	value_set(arena, spec, "version", value_copy(arena, tag));
	value_set(arena, spec, "sourceRef", kind);
	return spec;
}

/* spec.chart.spec, or that of a HelmChart; NULL: see `*answer`. */
static const struct value *chart_spec(const struct gitops_found *found,
				      const struct value *spec,
				      enum gitops_answer *answer)
{
	const struct value *ref = value_get(spec, "chartRef");
	const struct value *copied;
	const struct object *chart;

	*answer = GITOPS_DONE;
	if (!ref) {
		ref = value_at(spec, "chart.spec");
		if (!value_is_map(ref))
			*answer = gitops_skip(found, "it names no chart");
		return value_is_map(ref) ? ref : NULL;
	}
	copied = value_equals_string(value_get(ref, "kind"), "OCIRepository")
			 ? chart_of_artifact(found, ref)
			 : NULL;
	if (copied)
		return copied;
	if (!value_equals_string(value_get(ref, "kind"), "HelmChart")) {
		*answer = not_here(found, ref, "");
		return NULL;
	}
	chart = gitops_find(found, "source.toolkit.fluxcd.io", "HelmChart",
			    value_string_or(value_get(ref, "namespace"),
					    found->object->name_space),
			    value_string_or(value_get(ref, "name"), ""));
	if (chart && value_is_map(value_get(chart->root, "spec")))
		return value_get(chart->root, "spec");
	*answer = not_here(found, ref, "");
	return NULL;
}

/* The chart's folder or archive; NULL: see `*answer`. */
static const char *find_chart(const struct gitops_found *found,
			      struct plan *plan, const struct value *chart,
			      enum gitops_answer *answer)
{
	const struct value *ref = value_get(chart, "sourceRef");
	const char *kind = value_string_or(value_get(ref, "kind"), "");
	const char *path;

	plan->chart_at = value_get(chart, "chart");
	path = value_string_or(plan->chart_at, ".");
	if (strcmp(kind, "HelmRepository") == 0) {
		plan->chart = gitops_chart_copy(
			found, path,
			value_string_or(value_get(chart, "version"), ""));
		if (!plan->chart)
			*answer = not_here(found, ref, path);
		return plan->chart && add_files(found, plan, chart, answer)
			       ? plan->chart
			       : NULL;
	}
	path = gitops_source_path(found, ref, path, answer);
	if (!path)
		return NULL;
	plan->chart = gitops_path_in(found, ref, path, plan->chart_at);
	return plan->chart && add_files(found, plan, chart, answer)
		       ? plan->chart
		       : NULL;
}

static const char *settings_of(struct gitops *gitops, const struct plan *plan)
{
	static const char *const kept[] = { "postRenderers",
					    "postRenderStrategy",
					    "commonMetadata" };
	const struct helm_hooks *hooks = &plan->hooks;
	const char *error;
	struct str out;
	size_t i;

	str_init(&out, gitops->arena);
	str_printf(&out, "%s %s %s %d%d%d %d%d%d%d", plan->chart, plan->release,
		   plan->name_space, plan->crds, plan->no_defaults,
		   plan->skip_schema, hooks->install, hooks->upgrade,
		   hooks->uninstall, hooks->rollback);
	for (i = 0; i < ARRAY_COUNT(kept); i++) {
		const struct value *value = value_get(plan->spec, kept[i]);

		str_putc(&out, '\n');
		if (value)
			(void)json_write(&out, value, NULL, NULL, &error);
	}
	gitops_layers_put(&plan->layers, &out);
	return str_text(&out);
}

static enum gitops_answer follow(const struct gitops_found *found)
{
	struct arena *arena = found->gitops->arena;
	const struct value *spec = value_get(found->object->root, "spec");
	struct plan *plan = arena_zalloc(arena, sizeof(*plan));
	const struct value *chart;
	enum gitops_answer answer;

	if (!value_is_map(spec))
		return gitops_skip(found, "it has no spec");
	if (!gitops_check(found, spec, fields))
		return GITOPS_DONE;
	chart = chart_spec(found, spec, &answer);
	if (!chart)
		return answer;
	if (!gitops_check(found, chart, chart_fields))
		return GITOPS_DONE;
	plan->spec = spec;
	plan->release = release_name(arena, found->object, spec);
	plan->name_space = value_string_or(value_get(spec, "targetNamespace"),
					   found->object->name_space);
	if (!*plan->name_space)
		plan->name_space = "default";
	plan->crds = wants_crds(spec);
	plan->hooks = helm_hooks_of(spec);
	plan->skip_schema = skips_schema(spec);
	if (!find_chart(found, plan, chart, &answer) ||
	    !add_values(found, plan, &answer))
		return answer;
	return gitops_add(found, settings_of(found->gitops, plan), plan);
}

static struct value *amend(void *context, struct arena *arena,
			   struct value *read)
{
	static const char *const lists[] = { "patches", "images" };
	const struct value *options = context;
	struct value *document = value_new_map(arena, &options->origin);
	size_t i;

	(void)read;
	for (i = 0; i < ARRAY_COUNT(lists); i++)
		gitops_append(arena, document, lists[i],
			      value_get(options, lists[i]));
	return document;
}

static bool post_render(struct job *job, const struct value *options)
{
	struct resolver resolver = resolve_for_job(job);
	struct overlay_options how = resolve_overlay_options(job);
	const struct overlay_amend change = {
		.context = (void *)options,
		.no_file = true,
		.document = amend,
	};

	if (!value_count(value_get(options, "patches")) &&
	    !value_count(value_get(options, "images")))
		return true;
	how.resolver = &resolver;
	how.amend = &change;
	job->bundle = overlay_apply(job->arena, &how, job->bundle, "");
	return job->bundle != NULL;
}

static bool render_stream(struct job *job, const struct value *renderers)
{
	const struct value *renderer;

	if (!job->bundle->objects.count)
		return true;
	list_foreach (renderer, renderers)
		if (!post_render(job, value_get(renderer, "kustomize")))
			return false;
	return true;
}

/*
 * Helm 4 sends hooks through post renderers, together with the rest or after
 * it; Helm 3 did not.
 */
static bool post_render_all(struct job *job, const struct plan *plan)
{
	const struct value *renderers = value_get(plan->spec, "postRenderers");
	const char *strategy = value_string_or(
		value_get(plan->spec, "postRenderStrategy"), "combined");
	const struct value *metadata = value_get(plan->spec, "commonMetadata");
	struct bundle *templates, *hooks = NULL;
	struct object *object;

	if (strcmp(strategy, "nohooks") == 0 ||
	    strcmp(strategy, "separate") == 0)
		hooks = helm_hooks_split(job);
	if (!render_stream(job, renderers))
		return false;
	gitops_common_metadata(job, metadata);
	if (!hooks)
		return true;
	templates = job->bundle;
	job->bundle = hooks;
	if (strcmp(strategy, "separate") == 0) {
		if (!render_stream(job, renderers))
			return false;
		gitops_common_metadata(job, metadata);
	}
	bundle_foreach (object, job->bundle)
		bundle_append(templates, object);
	job->bundle = templates;
	return true;
}

static bool produce(struct job *job, const struct followed *followed)
{
	const struct plan *plan = followed->plan;
	const char *const none[] = { NULL };
	struct job_source source = {
		.kind = SOURCE_KIND_CHART,
		.at = plan->chart_at ? plan->chart_at : plan->spec,
		.path = plan->chart,
		.release = plan->release,
		.name_space = plan->name_space,
		.api_versions = (const char **)none,
		.crds = plan->crds,
		.no_defaults = plan->no_defaults,
		.skip_schema = plan->skip_schema,
	};

	job->kustomized =
		value_count(value_get(plan->spec, "postRenderers")) > 0;
	job->bundle = bundle_new(job->arena, plan->name_space);
	if (!load_chart(job, &source) ||
	    !gitops_layers_merge(job, &source, &plan->layers) ||
	    !render_chart(job, &source))
		return false;
	helm_hooks_drop(job, &plan->hooks);
	if (!post_render_all(job, plan))
		return false;
	job->bundle->name_space = plan->name_space;
	return true;
}

const struct gitops_kind gitops_helm_release = {
	.group = "helm.toolkit.fluxcd.io",
	.kind = "HelmRelease",
	.follow = follow,
	.produce = produce,
};
