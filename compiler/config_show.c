#include "compiler/config_show.h"

#include <string.h>

#include "base/arena.h"
#include "base/origin.h"
#include "base/str.h"
#include "compiler/run.h"
#include "model/json.h"
#include "model/value.h"

enum {
	NAME_COLUMNS = 16,
	PLACE_COLUMN = 60
};

/* Where a setting is said: at a value, by a flag, or nowhere. */
struct said_at {
	const struct value *at;
	const char *flag;
};

static void put_line(struct str *out, const char *name, const char *text,
		     struct said_at place)
{
	const struct origin *origin = place.at ? &place.at->origin : NULL;
	size_t begin = out->len;
	struct line_column position;

	str_printf(out, "  %-*s %s", NAME_COLUMNS, name,
		   str_tame_name(out->arena, text));
	if (out->len - begin < PLACE_COLUMN)
		str_fill(out, ' ', PLACE_COLUMN - (out->len - begin));
	if (place.flag) {
		str_printf(out, "  # %s\n", place.flag);
		return;
	}
	if (!origin || !origin_source(origin)) {
		str_puts(out, "  # by default\n");
		return;
	}
	position = source_position(origin_source(origin), origin->begin);
	str_printf(out, "  # %s:%u:%u\n",
		   str_tame_name(out->arena, origin_source(origin)->name),
		   position.line, position.column);
}

static void put_at(struct str *out, const char *name, const char *text,
		   const struct value *at)
{
	put_line(out, name, text, (struct said_at){ at, NULL });
}

/* The value as JSON has it; a scalar as it was written. */
static const char *shown(struct arena *arena, const struct value *value)
{
	const struct json_options options = { .raw = true };
	const char *text = scope_source_text(value), *error;
	struct str out;

	if (text)
		return text;
	str_init(&out, arena);
	json_write(&out, value, &options, NULL, &error);
	return str_text(&out);
}

/* A switch of the target or of one of its sources. */
static void put_switch(struct str *out, const char *name, bool on,
		       const struct value *at)
{
	put_at(out, name, on ? "true" : "false", at);
}

static void put_kubernetes(struct str *out, const struct job *job)
{
	const struct versions *versions = &job->scope.kubernetes;
	const struct said_at place = {
		settings_get(&job->scope.settings, "kubernetes"),
		job->run->options->kubernetes ? "--kubernetes" : NULL,
	};
	struct str text;

	str_init(&text, job->arena);
	str_printf(&text, "1.%u", versions->render);
	if (versions->oldest != versions->newest)
		str_printf(&text, ", checked 1.%u to 1.%u", versions->oldest,
			   versions->newest);
	put_line(out, "kubernetes", str_text(&text), place);
}

static void put_chain(struct str *out, const struct job *job)
{
	const struct environment *environment = job->environment;
	const struct value *at = NULL;
	struct str names;
	size_t i;

	if (environment->chain.count < 2)
		return;
	str_init(&names, job->arena);
	for (i = 1; i < environment->chain.count; i++)
		str_printf(&names, "%s%s", i > 1 ? ", " : "",
			   environment->chain.items[i]->name);
	for (i = 0; i < environment->nodes.count && !at; i++)
		at = value_get(environment->nodes.items[i].map, "extends");
	put_at(out, "extends", str_text(&names), at);
}

static void put_values(struct str *out, struct job *job,
		       const struct job_source *source)
{
	size_t i;

	for (i = 0; i < source->values.count; i++) {
		const struct job_values *values = &source->values.items[i];
		const char *text =
			values->inlined
				? shown(job->arena, values->inlined)
				: arena_printf(job->arena, "%s%s",
					       tree_view_display(&job->view,
								 values->path),
					       values->optional
						       ? " (may be absent)"
						       : "");

		put_at(out, i ? "" : "  values", text, values->at);
	}
}

/* What the target or the source says; the source is stronger. */
static const struct value *said(const struct job *job, size_t index,
				const char *name)
{
	const struct value *own =
		value_get(job->target->sources.items[index].node, name);

	return own ? own : value_get(job->target->node, name);
}

static void put_api_versions(struct str *out, struct job *job, size_t index)
{
	const struct job_source *source = &job->sources.items[index];
	const struct value *at = said(job, index, "apiVersions");
	struct str list;
	size_t i;

	if (!at)
		at = settings_get(&job->scope.settings, "apiVersions");
	str_init(&list, job->arena);
	for (i = 0; source->api_versions[i]; i++)
		str_printf(&list, "%s%s", i ? ", " : "",
			   source->api_versions[i]);
	put_at(out, "  apiVersions", list.len ? str_text(&list) : "[]", at);
}

static void put_release(struct str *out, struct job *job, size_t index)
{
	const struct job_source *source = &job->sources.items[index];
	bool given = !source->name_space_at && job->run->options->name_space;

	put_at(out, "  release", source->release, source->release_at);
	put_line(out, "  namespace", source->name_space,
		 (struct said_at){ source->name_space_at,
				   given ? "--namespace" : NULL });
	put_values(out, job, source);
	put_api_versions(out, job, index);
	if (source->kind == SOURCE_KIND_CHART)
		put_switch(out, "  crds", source->crds,
			   said(job, index, "crds"));
	put_switch(out, "  tests", source->tests, said(job, index, "tests"));
}

static void put_source(struct str *out, struct job *job, size_t index)
{
	static const char *const kinds[] = { "chart", "kustomization",
					     "manifests", "templates",
					     "stream" };
	const struct job_source *source = &job->sources.items[index];
	size_t i;

	for (i = 0; i < source->patterns.count; i++)
		put_at(out, kinds[source->kind],
		       tree_view_display(&job->view, source->patterns.items[i]),
		       source->at);
	if (source->path)
		put_at(out, kinds[source->kind],
		       tree_view_display(&job->view, source->path), source->at);
	if (source->kind == SOURCE_KIND_CHART ||
	    source->kind == SOURCE_KIND_TEMPLATES)
		put_release(out, job, index);
	if (source->kind != SOURCE_KIND_KUSTOMIZATION)
		return;
	put_at(out, "  loadRestrictor", source->any_file ? "none" : "root",
	       said(job, index, "loadRestrictor"));
	put_switch(out, "  crdMergeKeys", source->crd_merge_keys,
		   said(job, index, "crdMergeKeys"));
}

static void put_substitute(struct str *out, struct job *job)
{
	const struct value_entry *entry;
	const char *name = "substitute";

	if (job->variables && !value_count(job->variables))
		put_at(out, name, "{}", job->variables);
	value_foreach (entry, job->variables) {
		put_at(out, name,
		       arena_printf(job->arena, "%s = %s", entry->key,
				    shown(job->arena, entry->value)),
		       entry->value);
		name = "";
	}
}

static bool is_given(const struct job *job, const char *name)
{
	const struct option_texts *given = &job->run->options->var;
	size_t len = strlen(name), i;

	for (i = 0; i < given->count; i++)
		if (strncmp(given->items[i], name, len) == 0 &&
		    given->items[i][len] == '=')
			return true;
	return false;
}

/* One variable; a null is one that this run does not use. */
static void put_variable(struct str *out, struct job *job, const char *name,
			 const char **heading)
{
	struct said_at place = {
		settings_variable(&job->scope.settings, name, strlen(name)),
		is_given(job, name) ? "--var" : NULL,
	};
	struct value *text;

	if (!place.flag && value_is_null(place.at))
		return;
	text = value_new_cstring(job->arena, NULL,
				 arena_printf(job->arena, "${%s}", name));
	put_line(out, *heading,
		 arena_printf(job->arena, "%s = %s", name,
			      place.flag || scope_source_text(place.at)
				      ? scope_text(&job->scope, text)
				      : shown(job->arena, place.at)),
		 place);
	*heading = "";
}

static void put_variables(struct str *out, struct job *job)
{
	const struct table *captures = job->target->captures;
	const struct project_file *file;
	const char *heading = "vars";
	struct table seen;
	uint32_t i;

	table_init(&seen, job->arena);
	for (i = 0; captures && i < captures->count; i++) {
		const struct value *value = captures->entries[i].value;

		if (strchr(captures->entries[i].key, ':'))
			continue;
		put_at(out, heading,
		       arena_printf(job->arena, "%s = %s",
				    captures->entries[i].key, value->string),
		       job->target->key);
		heading = "";
	}
	for (file = job->target->file; file; file = file->parent)
		for (i = 0; i < file->variables.count; i++) {
			const char *name = file->variables.entries[i].key;

			if (table_gets(&seen, name))
				continue;
			table_puts(&seen, name, &seen);
			put_variable(out, job, name, &heading);
		}
}

/* The strongest word for each key of a map in `lint:`. */
static void put_lint_map(struct str *out, struct job *job, const char *name,
			 const char *heading)
{
	const struct settings *settings = &job->scope.settings;
	const struct value_entry *entry;
	struct table seen;
	size_t i;

	table_init(&seen, job->arena);
	for (i = 0; i < settings->levels.count; i++)
		value_foreach (
			entry,
			value_get(value_get(settings->levels.items[i].node,
					    "lint"),
				  name)) {
			if (table_gets(&seen, entry->key))
				continue;
			table_puts(&seen, entry->key, entry->value);
			put_at(out, heading,
			       arena_printf(job->arena, "%s: %s", entry->key,
					    shown(job->arena, entry->value)),
			       entry->value);
			heading = "";
		}
}

/* All ignores count, those of all places. */
static void put_ignores(struct str *out, struct job *job)
{
	const struct settings *settings = &job->scope.settings;
	const char *heading = "lint.ignore";
	const struct value *item;
	size_t i;

	for (i = 0; i < settings->levels.count; i++)
		list_foreach (
			item,
			value_get(value_get(settings->levels.items[i].node,
					    "lint"),
				  "ignore")) {
			put_at(out, heading, shown(job->arena, item), item);
			heading = "";
		}
}

static void put_lint(struct str *out, struct job *job)
{
	static const char *const lists[] = { "externals", "complete" };
	const struct settings *settings = &job->scope.settings;
	const char *flag = job->run->options->profile;
	const struct value *profile = NULL, *at;
	size_t i, j;

	for (i = 0; i < settings->levels.count && !profile; i++) {
		at = value_get(settings->levels.items[i].node, "lint");
		profile = value_is_string(at) ? at : value_get(at, "profile");
	}
	put_line(out, "lint.profile",
		 flag ? flag : value_string_or(profile, "default"),
		 (struct said_at){ profile, flag ? "--profile" : NULL });
	put_lint_map(out, job, "rules", "lint.rules");
	put_lint_map(out, job, "paths", "lint.paths");
	put_ignores(out, job);
	for (j = 0; j < ARRAY_COUNT(lists); j++)
		for (i = 0, at = NULL; i < settings->levels.count && !at; i++) {
			at = value_get(value_get(settings->levels.items[i].node,
						 "lint"),
				       lists[j]);
			if (at)
				put_at(out,
				       arena_join(job->arena, "lint.",
						  lists[j]),
				       shown(job->arena, at), at);
		}
	put_lint_map(out, job, "workloads", "lint.workloads");
}

static void put_output(struct str *out, struct job *job)
{
	static const struct {
		const char *name;
		const char *heading;
		const char *otherwise;
	} rows[] = {
		{ "dir", "output.dir", "-" },
		{ "path", "output.path", NULL },
		{ "layout", "output.layout", "-" },
		{ "header", "output.header", "-" },
	};
	const struct run *run = job->run;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct value *at = value_get(
			value_get(job->target->node, "output"), rows[i].name);
		const char *otherwise = rows[i].otherwise;
		bool flag = i == 0 && run->options->output;

		if (!at)
			at = value_get(value_get(run->project->root, "output"),
				       rows[i].name);
		if (!otherwise)
			otherwise = *job->environment->name
					    ? "${env}/${target}.yaml"
					    : "${target}.yaml";
		if (at || flag || !rows[i].otherwise)
			put_line(out, rows[i].heading,
				 flag ? run->options->output
				 : at ? shown(job->arena, at)
				      : otherwise,
				 (struct said_at){ at,
						   flag ? "--output" : NULL });
	}
}

static void put_job(struct str *out, struct job *job)
{
	const struct value *empty = value_get(job->target->node, "allowEmpty");
	size_t i;

	str_printf(out, "%s%s\n", out->len ? "\n" : "",
		   str_tame_name(out->arena, job_name(job)));
	put_kubernetes(out, job);
	put_chain(out, job);
	for (i = 0; i < job->sources.count; i++)
		put_source(out, job, i);
	for (i = 0; i < job->overlays.count; i++)
		put_at(out, i ? "" : "overlay",
		       tree_view_display(&job->view,
					 job->overlays.items[i].path),
		       job->overlays.items[i].at);
	put_substitute(out, job);
	put_line(out, "allowEmpty", job->allow_empty ? "true" : "false",
		 (struct said_at){ empty, job->run->options->allow_empty
						  ? "--allow-empty"
						  : NULL });
	put_variables(out, job);
	put_lint(out, job);
	put_output(out, job);
}

/* Those that are set; the help of --limit has the others. */
static void put_limits(struct str *out, struct run *run)
{
	const char *heading = "limits";
	const struct value *map = value_get(run->project->root, "limits");
	const struct option_texts *given = &run->options->limit;
	const struct {
		const char *name;
		uint64_t value;
	} limits[] = {
#define LIMIT(field, text, initial, help) { text, run->project->limits.field },
		LIMITS(LIMIT)
#undef LIMIT
	};
	size_t i, j, len;

	for (i = 0; i < ARRAY_COUNT(limits); i++) {
		struct said_at place = { value_get(map, limits[i].name), NULL };

		len = strlen(limits[i].name);
		for (j = 0; j < given->count; j++)
			if (strncmp(given->items[j], limits[i].name, len) ==
				    0 &&
			    given->items[j][len] == '=')
				place.flag = "--limit";
		if (!place.at && !place.flag)
			continue;
		put_line(out, heading,
			 arena_printf(run->arena, "%s = %llu", limits[i].name,
				      (unsigned long long)limits[i].value),
			 place);
		heading = "";
	}
}

static void put_texts(struct str *out, struct run *run, const char *heading,
		      const struct project_texts *texts, bool paths)
{
	size_t i;

	for (i = 0; i < texts->count; i++)
		put_at(out, i ? "" : heading,
		       paths ? tree_view_display(&run->view,
						 texts->items[i].text)
			     : texts->items[i].text,
		       texts->items[i].at);
}

static void put_compat(struct str *out, struct run *run)
{
	static const char *const overlays[] = {
		[OVERLAY_5_8_2] = "kustomize-5.8.2",
		[OVERLAY_5_8_1] = "kustomize-5.8.1",
		[OVERLAY_5_5] = "kustomize-5.5",
	};
	const struct said_at place = {
		value_get(run->project->root, "compat"),
		run->options->compat.count ? "--compat" : NULL,
	};

	put_line(out, "compat",
		 arena_printf(run->arena, "%s, %s",
			      run->dialect == CHART_HELM4 ? "helm4" : "helm3",
			      overlays[run->overlay_compat]),
		 place);
}

static void put_project(struct str *out, struct run *run)
{
	const struct project *project = run->project;
	const struct value *follow = value_get(project->root, "follow");
	const struct value *schemas;
	size_t i;

	str_printf(out, "%sproject\n", out->len ? "\n" : "");
	for (i = 0; i < project->files.count; i++)
		put_line(out, i ? "  include" : "file",
			 project->files.items[i]->source->name,
			 (struct said_at){ project->files.items[i]->included,
					   i                      ? NULL
					   : run->options->config ? "--config"
								  : "found" });
	put_compat(out, run);
	for (i = 0; i < project->files.count; i++) {
		schemas = value_get(project->files.items[i]->root, "schemas");
		if (schemas)
			put_at(out, "schemas", shown(run->arena, schemas),
			       schemas);
	}
	put_texts(out, run, "repository", &project->repository, false);
	put_texts(out, run, "discover.in", &project->discover.in, true);
	put_texts(out, run, "discover.exclude", &project->discover.exclude,
		  true);
	if (follow)
		put_at(out, "follow", shown(run->arena, follow), follow);
	put_limits(out, run);
}

void config_show(struct run *run, struct str *out)
{
	size_t i;

	for (i = 0; i < run->jobs.count; i++)
		if (!run->jobs.items[i]->failed)
			put_job(out, run->jobs.items[i]);
	put_project(out, run);
}
