/*
 * What is odd about a chart though Helm renders it: facts for rules.
 */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/path.h"
#include "base/source.h"
#include "model/value.h"
#include "templates/chart_parts.h"
#include "templates/chart_verbs.h"
#include "templates/dependency.h"

struct suspicion {
	struct chart *chart;
	struct arena *arena;
	struct fact_log *facts;
};

static const struct value *field(const struct chart *chart,
				 enum metadata_field at)
{
	return chart->metadata->fields[at];
}

static void note(struct suspicion *suspicion, const struct value *at,
		 const char *text, const char *help)
{
	struct fact_log *facts = suspicion->facts;

	fact_add(facts, FACT_HELM_CHART,
		 at ? &at->origin : &suspicion->chart->origin, "%s", text);
	facts->facts.items[facts->facts.count - 1].help = help;
}

void chart_note_versions(const struct chart *chart, struct arena *arena,
			 unsigned oldest, unsigned newest,
			 struct fact_log *facts)
{
	const struct value *wants = field(chart, METADATA_KubeVersion);
	const char *constraint = value_string_or(wants, "");
	unsigned minor;

	for (minor = oldest; *constraint && minor <= newest; minor++) {
		if (dependency_in_range(arena, constraint,
					arena_printf(arena, "v1.%u.0", minor)))
			continue;
		fact_add(facts, FACT_HELM_KUBEVERSION, &wants->origin,
			 "kubeVersion '%s' excludes the target 1.%u",
			 constraint, minor);
		return;
	}
}

/* "1.2.3-rc.1+build": three numbers, whatever Helm lets pass. */
static bool is_semver(const char *text)
{
	size_t part, digits;

	for (part = 0; part < 3; part++) {
		digits = strspn(text, "0123456789");
		if (!digits || (digits > 1 && *text == '0'))
			return false;
		text += digits;
		if (part < 2 && *text++ != '.')
			return false;
	}
	return !*text || *text == '-' || *text == '+';
}

/* The one chart of a repository often lies in a folder that says so. */
static bool is_generic(const char *folder)
{
	static const char *const names[] = { "chart",      "charts",
					     "deploy",     "helm",
					     "helm-chart", "helm-charts" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(names[i], folder) == 0)
			return true;
	return false;
}

static void check_metadata(struct suspicion *suspicion)
{
	const struct chart *chart = suspicion->chart;
	const struct value *version = field(chart, METADATA_Version);
	const struct value *name = field(chart, METADATA_Name);
	const struct value *api = field(chart, METADATA_APIVersion);
	const char *file = origin_source(&chart->origin)->name;
	const char *dir = path_dir(suspicion->arena, file);

	if (value_equals_string(api, "v1"))
		note(suspicion, api, "apiVersion v1 is that of Helm 2",
		     "write apiVersion: v2, with the dependencies in "
		     "Chart.yaml");
	if (value_is_string(version) && !is_semver(value_string(version)))
		note(suspicion, version,
		     arena_printf(suspicion->arena,
				  "version '%s' is no SemVer 2 version",
				  value_string(version)),
		     "write three numbers: 1.2.3");
	/* An archive's folder is Helm's; one at the root has no name here. */
	if (value_is_string(name) &&
	    strcmp(path_base(suspicion->arena, file), "Chart.yaml") == 0 &&
	    strcmp(dir, ".") != 0 && !strstr(file, ".tgz") &&
	    !is_generic(path_base(suspicion->arena, dir)) &&
	    strcmp(path_base(suspicion->arena, dir), value_string(name)) != 0)
		note(suspicion, name,
		     arena_printf(suspicion->arena,
				  "the chart is called '%s' and its folder "
				  "'%s'",
				  value_string(name),
				  path_base(suspicion->arena, dir)),
		     "give both the same name");
}

/* What lies in charts/ and names no place is nothing to be fetched. */
static bool is_fetched(const struct chart *chart)
{
	const struct dependencies *needs = &chart->metadata->dependencies;
	size_t i;

	for (i = 0; i < needs->count; i++)
		if (needs->items[i]->repository && *needs->items[i]->repository)
			return true;
	return false;
}

static void check_lock(struct suspicion *suspicion)
{
	struct chart *chart = suspicion->chart;
	const struct value *needs = field(chart, METADATA_Dependencies);
	struct diag_sink unheard;
	struct chart_lock *lock;

	if (!chart->metadata->dependencies.count)
		return;
	if (!chart->lock) {
		if (is_fetched(chart))
			note(suspicion, needs,
			     "the chart has dependencies and no Chart.lock",
			     "run helm dependency update, and commit "
			     "Chart.lock");
		return;
	}
	diag_sink_init(&unheard, suspicion->arena);
	lock = chart_lock(chart, suspicion->arena, &unheard);
	if (lock && strcmp(lock->digest,
			   chart_lock_digest(suspicion->arena, chart,
					     lock->needs, lock->count)) != 0)
		note(suspicion, needs,
		     "Chart.lock is not that of these dependencies",
		     "run helm dependency update");
}

/* Definitions in crds/ are installed once and never again. */
static void check_definitions(struct suspicion *suspicion,
			      const struct chart_output *output)
{
	const struct chart_document *rendered = NULL;
	bool plain = false;
	size_t i;

	for (i = 0; i < suspicion->chart->raw.count; i++)
		plain |= chart_file_is_crd(suspicion->chart->raw.items[i]);
	for (i = 0; i < output->documents.count; i++) {
		const struct chart_document *document =
			&output->documents.items[i];

		if (!document->crd &&
		    strcmp(document->kind, "CustomResourceDefinition") == 0)
			rendered = document;
	}
	if (plain && rendered)
		note(suspicion, NULL,
		     arena_printf(suspicion->arena,
				  "the chart has definitions both in crds/ and "
				  "in %s",
				  rendered->path),
		     "keep them in one place");
}

/* A guard that only fails may be written as a comment: # {{- if ... }} */
static bool is_action(const char *comment)
{
	const char *at = comment + strspn(comment, "# ");

	if (strncmp(at, "{{", 2) != 0)
		return false;
	at += 2;
	at += *at == '-';
	return strncmp(at + strspn(at, " "), "/*", 2) != 0;
}

/* Nothing but white space and comments of YAML. */
static bool is_empty(const struct source *source)
{
	const char *at = source->text;

	while (*at) {
		if (*at == '#' && !is_action(at))
			at += strcspn(at, "\n");
		else if (isspace((unsigned char)*at) ||
			 strncmp(at, "---", 3) == 0)
			at += *at == '-' ? 3 : 1;
		else
			return false;
	}
	return true;
}

static void check_templates(struct suspicion *suspicion)
{
	const struct chart_files *files = &suspicion->chart->templates;
	size_t i;

	for (i = 0; i < files->count; i++) {
		const struct source *source = files->items[i]->source;
		struct value at = { .kind = VALUE_NULL };
		const char *name;

		if (!source || !is_empty(source))
			continue;
		name = path_base(suspicion->arena, source->name);
		if (name[0] == '_' || strcmp(name, "NOTES.txt") == 0)
			continue;
		at.origin = origin_at(source, 0, 0);
		note(suspicion, &at, "the template is empty", "delete it");
	}
}

void chart_note_oddities(struct chart *chart, struct arena *arena,
			 const struct chart_output *output,
			 struct fact_log *facts)
{
	struct suspicion suspicion = { .chart = chart,
				       .arena = arena,
				       .facts = facts };

	if (chart->plain || !origin_source(&chart->origin))
		return;
	check_metadata(&suspicion);
	check_lock(&suspicion);
	check_definitions(&suspicion, output);
	check_templates(&suspicion);
}
