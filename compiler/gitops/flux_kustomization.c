/*
 * Kustomization (kustomize.toolkit.fluxcd.io): a folder of a source, built
 * after the object's own options were written into its kustomization.yaml.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/gitops/amend.h"
#include "compiler/gitops/private.h"
#include "compiler/gitops/variables.h"
#include "compiler/job.h"
#include "compiler/render.h"
#include "compiler/run.h"
#include "model/bundle.h"
#include "model/json.h"
#include "model/value.h"
#include "model/value_path.h"
#include "overlays/overlay.h"

struct plan {
	const char *dir;
	const struct value *spec;
	struct gitops_folder folder;
	struct gitops_variables variables;
};

static const struct gitops_field fields[] = {
	{ "path", 's' },
	{ "sourceRef", 'm' },
	{ "patches", 'l' },
	{ "patchesStrategicMerge", 'l' },
	{ "patchesJson6902", 'l' },
	{ "components", 'l' },
	{ "images", 'l' },
	{ "buildMetadata", 'l' },
	{ "namePrefix", 's' },
	{ "nameSuffix", 's' },
	{ "targetNamespace", 's' },
	{ "commonMetadata", 'm' },
	{ "postBuild", 'm' },
	{ NULL, 0 },
};

/* What decides on the result, as text. */
static const char *settings_of(struct gitops *gitops, const struct plan *plan)
{
	static const char *const kept[] = {
		"patches",         "patchesStrategicMerge",
		"patchesJson6902", "components",
		"images",          "namePrefix",
		"nameSuffix",      "targetNamespace",
		"commonMetadata",  "postBuild",
		"buildMetadata",   "ignoreMissingComponents",
	};
	const char *error;
	struct str out;
	size_t i;

	str_init(&out, gitops->arena);
	str_puts(&out, plan->dir);
	for (i = 0; i < ARRAY_COUNT(kept); i++) {
		const struct value *value = value_get(plan->spec, kept[i]);

		str_putc(&out, '\n');
		if (value)
			(void)json_write(&out, value, NULL, NULL, &error);
	}
	gitops_variables_put(&plan->variables, &out);
	str_puts(&out, plan->folder.ignore ? plan->folder.ignore : "");
	return str_text(&out);
}

static enum gitops_answer follow(const struct gitops_found *found)
{
	struct arena *arena = found->gitops->arena;
	const struct value *spec = value_get(found->object->root, "spec");
	const struct value *at = value_get(spec, "path");
	struct plan *plan = arena_zalloc(arena, sizeof(*plan));
	enum gitops_answer answer;
	const char *path;

	if (!value_is_map(spec))
		return gitops_skip(found, "it has no spec");
	if (!gitops_check(found, spec, fields))
		return GITOPS_DONE;
	path = gitops_source_path(found, value_get(spec, "sourceRef"),
				  value_string_or(at, "."), &answer);
	if (!path)
		return answer;
	plan->dir =
		gitops_path_in(found, value_get(spec, "sourceRef"), path, at);
	if (!plan->dir)
		return GITOPS_DONE;
	if (!gitops_variables_find(found, value_get(spec, "postBuild"),
				   &plan->variables))
		return GITOPS_WAIT;
	plan->spec = spec;
	plan->folder.at = at ? &at->origin : &spec->origin;
	plan->folder.ignore =
		gitops_source_ignore(found, value_get(spec, "sourceRef"));
	return gitops_add(found, settings_of(found->gitops, plan), plan);
}

struct amending {
	struct job *job;
	const struct plan *plan;
};

/* A patch of the object has no path: the text stands in it. */
static void add_patches(struct arena *arena, struct value *document,
			const struct value *patches)
{
	struct value *list, *patch, *kept;
	const struct value *item;

	if (!value_count(patches))
		return;
	list = value_new_list(arena, &patches->origin);
	list_foreach (item, patches) {
		kept = value_new_map(arena, &item->origin);
		patch = value_get(item, "patch");
		if (patch)
			value_set(arena, kept, "patch", patch);
		patch = value_get(item, "target");
		if (patch)
			value_set(arena, kept, "target", patch);
		value_append(arena, list, kept);
	}
	gitops_append(arena, document, "patches", list);
}

/* Objects where kustomize takes texts: these are JSON, which is YAML. */
static void add_texts(struct arena *arena, struct value *document,
		      const char *field, const struct value *patches)
{
	struct value *list, *text;
	const struct value *item;
	const char *error;
	struct str out;

	if (!value_count(patches))
		return;
	list = value_new_list(arena, &patches->origin);
	list_foreach (item, patches) {
		const struct value *patch = value_get(item, "patch");

		str_init(&out, arena);
		(void)json_write(&out, patch ? patch : item, NULL, NULL,
				 &error);
		text = value_new_string(arena, &item->origin, out.text,
					out.len);
		if (patch) {
			struct value *entry =
				value_new_map(arena, &item->origin);

			value_set(arena, entry, "patch", text);
			patch = value_get(item, "target");
			if (patch)
				value_set(arena, entry, "target",
					  value_copy(arena, patch));
			text = entry;
		}
		value_append(arena, list, text);
	}
	gitops_append(arena, document, field, list);
}

static void set_texts(struct arena *arena, struct value *document,
		      const struct value *spec)
{
	static const char *const rows[][2] = {
		{ "targetNamespace", "namespace" },
		{ "namePrefix", "namePrefix" },
		{ "nameSuffix", "nameSuffix" },
		{ "buildMetadata", "buildMetadata" },
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		struct value *value = value_get(spec, rows[i][0]);

		if (value_is_string(value) || value_count(value))
			gitops_set(arena, document, rows[i][1], value);
	}
}

/*
 * A file without resources would be refused as empty; Flux adds metadata to
 * it, which shows in what its generators make.
 */
static void fill(struct arena *arena, struct value *document,
		 const struct origin *at)
{
	struct value *list;

	if (value_count(value_get(document, "resources")))
		return;
	list = value_new_list(arena, at);
	value_append(arena, list,
		     value_new_cstring(arena, at, "originAnnotations"));
	value_set(arena, document, "buildMetadata", list);
}

static struct value *amend(void *context, struct arena *arena,
			   struct value *read)
{
	const struct amending *amending = context;
	const struct plan *plan = amending->plan;
	struct value *document = read;

	if (!read)
		document = gitops_generate(amending->job, arena, plan->dir,
					   &plan->folder);
	else if (!value_is_map(read))
		return read;
	else
		fill(arena, document, &read->origin);
	set_texts(arena, document, plan->spec);
	add_patches(arena, document, value_get(plan->spec, "patches"));
	gitops_append(arena, document, "components",
		      gitops_components(arena, amending->job,
					amending->plan->spec,
					amending->plan->dir));
	add_texts(arena, document, "patchesStrategicMerge",
		  value_get(plan->spec, "patchesStrategicMerge"));
	add_texts(arena, document, "patchesJson6902",
		  value_get(plan->spec, "patchesJson6902"));
	gitops_images(arena, document, value_get(plan->spec, "images"));
	return document;
}

static bool produce(struct job *job, const struct followed *followed)
{
	const struct plan *plan = followed->plan;
	struct amending amending = { job, plan };
	const struct overlay_amend how = {
		.context = &amending,
		.no_file = !gitops_kustomization(job, plan->dir),
		.document = amend,
	};
	/* kustomize-controller reads files anywhere in the source. */
	struct job_source source = {
		.kind = SOURCE_KIND_KUSTOMIZATION,
		.path = plan->dir,
		.any_file = true,
	};

	job->kustomized = true;
	job->bundle = bundle_new(job->arena, NULL);
	if (!render_kustomization(job, &source, &how))
		return false;
	if (value_get(plan->spec, "postBuild") &&
	    !gitops_variables_apply(job, &plan->variables))
		return false;
	gitops_common_metadata(job, value_get(plan->spec, "commonMetadata"));
	return true;
}

const struct gitops_kind gitops_flux_kustomization = {
	.group = "kustomize.toolkit.fluxcd.io",
	.kind = "Kustomization",
	.follow = follow,
	.produce = produce,
};
