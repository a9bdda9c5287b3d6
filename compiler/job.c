#include "compiler/job.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/envsubst.h"
#include "compiler/project/path_pattern.h"
#include "compiler/run.h"
#include "model/bundle.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "overlays/overlay.h"

void job_init(struct job *job, struct run *run, const struct target *target,
	      const struct environment *environment)
{
	memset(job, 0, sizeof(*job));
	job->run = run;
	job->target = target;
	job->environment = environment;
	job->arena = arena_new();
	diag_sink_init(&job->diags, job->arena);
	diag_sink_init(&job->findings, job->arena);
	fact_log_init(&job->facts, job->arena);
	tree_view_init(&job->view, run->tree, job->arena);
	job->scope.arena = job->arena;
	job->scope.diags = &job->diags;
	job->scope.environment = environment;
	job->scope.given = &run->options->var;
	job->syntax_is_fact = run->lint;
}

void job_release(struct job *job)
{
	arena_free(job->arena);
}

const char *job_name(const struct job *job)
{
	if (!*job->environment->name)
		return job->target->name;
	return arena_printf(job->arena, "%s@%s", job->target->name,
			    job->environment->name);
}

bool job_lacks_input(const struct job *job)
{
	size_t i;

	for (i = 0; i < job->facts.facts.count; i++)
		if (job->facts.facts.items[i].kind == FACT_INPUT_NOT_VENDORED)
			return true;
	return false;
}

const char *job_path(struct job *job, const char *typed)
{
	const char *path = path_join(job->arena, job->target->dir, typed);

	return strcmp(path, ".") == 0 ? "" : path;
}

/* The setting of a source, else of its target. */
static const struct value *setting(const struct job *job,
				   const struct target_source *source,
				   const char *name)
{
	const struct value *own = value_get(source->node, name);

	return own ? own : value_get(job->target->node, name);
}

/* The text for one link of the environment's chain; NULL: reported. */
static const char *link_text(struct job *job, const struct value *value,
			     size_t link)
{
	const char *text;

	job->scope.link = job->environment->chain.items[link];
	text = scope_text(&job->scope, value);
	job->scope.link = job->environment;
	return text;
}

/*
 * The path of the nearest link that is there; if none is, that of the
 * environment itself.  NULL: reported.
 */
static const char *nearest_path(struct job *job, const struct value *value,
				enum path_wanted wanted)
{
	const struct environment *environment = job->environment;
	const char *text = link_text(job, value, 0), *path, *other;
	size_t i;

	if (!text)
		return NULL;
	path = job_path(job, text);
	if (environment->chain.count == 1 || path_is(&job->view, path, wanted))
		return path;
	for (i = 1; i < environment->chain.count; i++) {
		other = link_text(job, value, i);
		if (!other)
			return NULL;
		if (strcmp(other, text) == 0)
			continue;
		other = job_path(job, other);
		if (path_is(&job->view, other, wanted))
			return other;
	}
	return path;
}

static void add_file(struct job *job, struct job_source *into,
		     const struct value *entry, const char *path, bool optional)
{
	struct job_values *values = vec_new(job->arena, &into->values);

	memset(values, 0, sizeof(*values));
	values->at = entry;
	values->path = path;
	values->optional = optional;
}

/* The path of a values file without the "?" that says it may be absent. */
static const char *file_of(struct job *job, const char *text, bool *optional)
{
	size_t len = strlen(text);

	*optional = len && text[len - 1] == '?';
	return job_path(job, arena_strndup(job->arena, text, len - *optional));
}

/*
 * An entry that depends on the environment is one for each link of its chain,
 * the farthest first; those that are not there are left out if one is.
 */
static bool add_chain(struct job *job, struct job_source *into,
		      const struct value *entry, const char *own)
{
	bool optional, found = false;
	const char *text, *before = NULL, *path;
	size_t i;

	for (i = job->environment->chain.count; i-- > 0;) {
		text = link_text(job, entry, i);
		if (!text)
			return false;
		path = file_of(job, text, &optional);
		if (before && strcmp(before, path) == 0)
			continue;
		before = path;
		if (!path_is(&job->view, path, PATH_ANY))
			continue;
		add_file(job, into, entry, path, optional);
		found = true;
	}
	/* What is wrong is said of the environment's own. */
	if (!found) {
		path = file_of(job, own, &optional);
		add_file(job, into, entry, path, optional);
	}
	return true;
}

static bool add_values(struct job *job, struct job_source *into,
		       const struct value *entry)
{
	const char *text, *path;
	bool optional;

	if (value_is_map(entry)) {
		add_file(job, into, entry, NULL, false);
		vec_last(&into->values)->inlined =
			scope_value(&job->scope, (struct value *)entry);
		return vec_last(&into->values)->inlined != NULL;
	}
	text = scope_text(&job->scope, entry);
	if (!text)
		return false;
	if (job->environment->chain.count > 1)
		return add_chain(job, into, entry, text);
	path = file_of(job, text, &optional);
	add_file(job, into, entry, path, optional);
	return true;
}

static bool resolve_values(struct job *job, const struct target_source *source,
			   struct job_source *into)
{
	const struct value *list = setting(job, source, "values"), *entry;

	if (!list)
		return true;
	if (!value_is_list(list))
		return add_values(job, into, list);
	list_foreach (entry, list)
		if (!add_values(job, into, entry))
			return false;
	return true;
}

static bool add_pattern(struct job *job, struct job_source *into,
			const struct value *entry)
{
	const char *path = nearest_path(job, entry, PATH_PATTERN);

	if (!path)
		return false;
	vec_push(job->arena, &into->patterns, path);
	return true;
}

static bool resolve_patterns(struct job *job, const struct value *from,
			     struct job_source *into)
{
	const struct value *entry;

	if (!value_is_list(from))
		return add_pattern(job, into, from);
	list_foreach (entry, from)
		if (!add_pattern(job, into, entry))
			return false;
	return true;
}

/* The environment's, or that of the nearest one it extends. */
static const struct value *
environment_setting(const struct environment *environment, const char *name)
{
	const struct value *value = NULL;
	size_t i, j;

	for (i = 0; !value && i < environment->chain.count; i++) {
		const struct environment *link = environment->chain.items[i];

		for (j = 0; !value && j < link->nodes.count; j++)
			value = value_get(link->nodes.items[j].map, name);
	}
	return value;
}

/* All lists of `apiVersions:` that apply, one after the other. */
static bool resolve_api_versions(struct job *job,
				 const struct target_source *source,
				 struct job_source *into)
{
	const struct value *lists[] = {
		environment_setting(job->environment, "apiVersions"),
		setting(job, source, "apiVersions"),
	};
	VEC(const char *) texts = { 0 };
	const struct value *entry;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(lists); i++)
		list_foreach (entry, lists[i]) {
			const char *text = scope_text(&job->scope, entry);

			if (!text)
				return false;
			vec_push(job->arena, &texts, text);
		}
	/*
	 * Every cluster aggregates, but Helm's own list lacks it: a chart that
	 * asks would be judged by what it has for clusters of long ago.
	 */
	if (job->run->lint && job->target->discovered) {
		vec_push(job->arena, &texts, "apiregistration.k8s.io/v1");
		vec_push(job->arena, &texts,
			 "apiregistration.k8s.io/v1/APIService");
	}
	vec_push(job->arena, &texts, NULL);
	into->api_versions = texts.items;
	return true;
}

static bool resolve_text(struct job *job, const struct value *value,
			 const char *otherwise, const char **text)
{
	*text = value ? scope_text(&job->scope, value) : otherwise;
	return *text != NULL;
}

static bool resolve_source(struct job *job, const struct target_source *source)
{
	struct job_source *into = vec_new(job->arena, &job->sources);
	const struct value *crds = setting(job, source, "crds");
	const char *otherwise = job->run->options->name_space
					? job->run->options->name_space
					: "default";

	memset(into, 0, sizeof(*into));
	into->kind = source->kind;
	into->at = source->from;
	into->crds = !value_is_false(crds);
	into->tests = value_is_true(setting(job, source, "tests"));
	into->any_file = value_equals_string(
		setting(job, source, "loadRestrictor"), "none");
	into->crd_merge_keys =
		value_is_true(setting(job, source, "crdMergeKeys"));
	into->release_at = setting(job, source, "release");
	into->name_space_at = setting(job, source, "namespace");
	if (!resolve_text(job, into->release_at, path_name(job->target->name),
			  &into->release) ||
	    !resolve_text(job, into->name_space_at, otherwise,
			  &into->name_space) ||
	    !resolve_values(job, source, into) ||
	    !resolve_api_versions(job, source, into))
		return false;
	if (source->kind == SOURCE_KIND_STREAM)
		return true;
	if (source->kind == SOURCE_KIND_MANIFESTS)
		return resolve_patterns(job, source->from, into);
	into->path = nearest_path(job, source->from,
				  source->kind == SOURCE_KIND_CHART ? PATH_CHART
				  : source->kind == SOURCE_KIND_KUSTOMIZATION
					  ? PATH_KUSTOMIZATION
					  : PATH_FOLDER);
	return into->path != NULL;
}

static bool resolve_overlays(struct job *job)
{
	const struct value *list = value_get(job->target->node, "overlay");
	const struct value *entry;
	struct job_values *overlay;
	const char *path;
	size_t i, count = value_is_list(list) ? value_count(list) : !!list;

	for (i = 0; i < count; i++) {
		entry = value_is_list(list) ? value_item(list, i) : list;
		path = nearest_path(job, entry, PATH_KUSTOMIZATION);
		if (!path)
			return false;
		overlay = vec_new(job->arena, &job->overlays);
		memset(overlay, 0, sizeof(*overlay));
		overlay->path = path;
		overlay->at = entry;
	}
	return true;
}

static bool resolve_variables(struct job *job)
{
	struct value *map = value_get(job->target->node, "substitute");
	const struct value_entry *entry;

	value_foreach (entry, map) {
		if (envsubst_is_name(entry->key, entry->len))
			continue;
		diag_error(&job->diags, &entry->origin,
			   "%s cannot be the name of a variable",
			   diag_quote(job->arena, entry->key, entry->len));
		diag_help(&job->diags,
			  "letters, digits and \"_\" make names, and a digit "
			  "does not begin one");
		return false;
	}
	if (!map)
		return true;
	job->variables = scope_value(&job->scope, map);
	return job->variables != NULL;
}

static void put_source_key(struct job *job, struct str *key,
			   const struct job_source *source)
{
	struct json_options options = { .raw = true };
	const char *error;
	size_t i;

	str_printf(key, "%d %s %s %s %d%d%d%d\n", (int)source->kind,
		   source->path ? source->path : "", source->release,
		   source->name_space, source->crds, source->tests,
		   source->any_file, source->crd_merge_keys);
	for (i = 0; i < source->patterns.count; i++)
		str_printf(key, "+%s\n", source->patterns.items[i]);
	for (i = 0; source->api_versions[i]; i++)
		str_printf(key, "@%s\n", source->api_versions[i]);
	for (i = 0; i < source->values.count; i++) {
		const struct job_values *values = &source->values.items[i];

		str_putc(key, '=');
		if (values->inlined)
			json_write(key, values->inlined, &options, NULL,
				   &error);
		else
			str_puts(key, values->path);
		str_putc(key, '\n');
	}
	(void)job;
}

/* Everything that decides what is produced; equal keys, equal bundles. */
static void make_key(struct job *job)
{
	struct json_options options = { .raw = true };
	const char *error;
	struct str key;
	size_t i;

	str_init(&key, job->arena);
	str_printf(&key, "%u\n", job->scope.kubernetes.render);
	if (job->variables)
		json_write(&key, job->variables, &options, NULL, &error);
	for (i = 0; i < job->sources.count; i++)
		put_source_key(job, &key, &job->sources.items[i]);
	for (i = 0; i < job->overlays.count; i++)
		str_printf(&key, "~%s\n", job->overlays.items[i].path);
	job->key = str_text(&key);
}

bool job_resolve(struct job *job)
{
	size_t i;

	if (!scope_init(&job->scope, job->target,
			job->run->options->kubernetes))
		return false;
	for (i = 0; i < job->target->sources.count; i++)
		if (!resolve_source(job, &job->target->sources.items[i]))
			return false;
	if (!resolve_overlays(job) || !resolve_variables(job))
		return false;
	job->kustomized = job->overlays.count > 0;
	for (i = 0; i < job->sources.count; i++)
		if (job->sources.items[i].kind == SOURCE_KIND_KUSTOMIZATION)
			job->kustomized = true;
	job->allow_empty =
		job->run->options->allow_empty || job->target->discovered ||
		value_is_true(value_get(job->target->node, "allowEmpty"));
	make_key(job);
	return true;
}

static struct overlay_options write_options(struct job *job)
{
	struct overlay_options options = {
		.view = &job->view,
		.diags = &job->diags,
		.limits = &job->run->project->limits,
		.compat = job->run->overlay_compat,
	};

	return options;
}

bool job_write_object(struct job *job, const struct object *object,
		      struct str *out)
{
	const struct overlay_options options = write_options(job);
	const char *error = NULL;

	if (job->kustomized)
		return overlay_write_object(object->root, &options, out);
	if (yaml_emit(out, object->root, YAML_FORM_HELM, NULL, &error))
		return true;
	return diag_error(&job->diags, &object->root->origin,
			  "%s %s cannot be written: %s", object->kind,
			  object->name, error ? error : "it has no YAML form");
}

bool job_write(struct job *job, struct str *out)
{
	const struct overlay_options options = write_options(job);
	const struct object *object;
	size_t begin = out->len;

	if (job->kustomized)
		return overlay_write(job->bundle, &options, out);
	bundle_foreach (object, job->bundle) {
		if (out->len > begin)
			str_puts(out, "---\n");
		if (!job_write_object(job, object, out))
			return false;
	}
	return true;
}
