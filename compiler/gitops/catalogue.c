/*
 * Objects that others refer to by name, over all bundles of the run.
 *
 * A repository holds several clusters, and each of them has a ConfigMap
 * "settings" in the namespace "flux-system".  Meant is the one of the same
 * bundle, else of a bundle that the same object led to, else the one in the
 * nearest folder: that is where the same cluster is.
 */
#include <string.h>

#include "base/arena.h"
#include "base/origin.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

struct listed {
	const struct object *object;
	const struct job *job;
	const char *file;
};

enum {
	SAME_JOB = 3000, /* above all that can be said of folders */
	SAME_ANCESTOR = 2000
};

VEC_TYPE(listeds, struct listed);

static const struct group_kind referred[] = {
	{ "", "ConfigMap" },
	{ "", "Secret" },
	{ "source.toolkit.fluxcd.io", "Bucket" },
	{ "source.toolkit.fluxcd.io", "GitRepository" },
	{ "source.toolkit.fluxcd.io", "HelmChart" },
	{ "source.toolkit.fluxcd.io", "HelmRepository" },
	{ "source.toolkit.fluxcd.io", "OCIRepository" },
	{ NULL, NULL },
};

static const char *key_of(struct arena *arena, const char *group,
			  const char *kind, const char *name)
{
	return arena_printf(arena, "%s %s %s", group, kind, name);
}

static const char *file_of(const struct object *object)
{
	struct origin origin = gitops_origin(object);
	struct place place;

	return origin_source(&origin) && origin_first(&origin, &place)
		       ? place.source->name
		       : "";
}

static void list(struct gitops *gitops, const struct job *job,
		 const struct object *object, const char *key)
{
	struct listed listed = { object, job, file_of(object) };
	struct listeds *all = table_gets(&gitops->catalogue, key);

	if (!all) {
		all = arena_zalloc(gitops->arena, sizeof(*all));
		table_puts(&gitops->catalogue, key, all);
	}
	vec_push(gitops->arena, all, listed);
}

/* What an ArtifactGenerator makes is referred to as ExternalArtifact. */
static void list_artifacts(struct gitops *gitops, const struct job *job,
			   const struct object *object)
{
	const struct value *artifact;

	list_foreach (artifact, value_at(object->root, "spec.artifacts")) {
		const char *name = value_string(value_get(artifact, "name"));

		if (name)
			list(gitops, job, object,
			     key_of(gitops->arena, "source.toolkit.fluxcd.io",
				    "ExternalArtifact", name));
	}
}

void gitops_index(struct gitops *gitops, struct job *job)
{
	vec_push(gitops->arena, &gitops->unlisted, job);
}

static void list_job(struct gitops *gitops, const struct job *job)
{
	const struct object *object;

	bundle_foreach (object, job->bundle) {
		if (object_is_one_of(object, referred))
			list(gitops, job, object,
			     key_of(gitops->arena, object->group, object->kind,
				    object->name));
		else if (object_is(object, "source.extensions.fluxcd.io",
				   "ArtifactGenerator"))
			list_artifacts(gitops, job, object);
	}
}

/* How many folders two files share. */
static size_t shared_folders(const char *a, const char *b)
{
	size_t count = 0;

	for (; *a && *a == *b; a++, b++)
		count += *a == '/';
	return count;
}

/* An object without a namespace is given one when it is applied. */
static bool may_be_in(const struct object *object, const char *name_space)
{
	return !*name_space || !*object->name_space ||
	       strcmp(name_space, object->name_space) == 0;
}

static bool leads_to(const struct followed *ancestor,
		     const struct followed *followed)
{
	for (; followed; followed = followed->parent)
		if (followed == ancestor)
			return true;
	return false;
}

/* How near a candidate is; more is nearer. */
static size_t nearness(const struct gitops_found *found,
		       const struct listed *listed)
{
	const struct followed *at, *top = found->parent;
	size_t steps = 0, shared, above;

	if (listed->job == found->job)
		return SAME_JOB;
	for (at = found->parent; at; at = at->parent, steps++) {
		if (leads_to(at, listed->job->target->followed))
			return SAME_ANCESTOR - steps;
		top = at;
	}
	shared = shared_folders(file_of(found->object), listed->file);
	above = top ? shared_folders(file_of(top->object), listed->file) : 0;
	return 1 + (above > shared ? above : shared);
}

const struct object *gitops_find(const struct gitops_found *found,
				 const char *group, const char *kind,
				 const char *name_space, const char *name)
{
	struct gitops *gitops = found->gitops;
	const struct listed *best = NULL;
	const struct listeds *all;
	size_t i, near, most = 0;

	/* Most repositories have nothing that asks. */
	for (i = 0; i < gitops->unlisted.count; i++)
		list_job(gitops, gitops->unlisted.items[i]);
	gitops->unlisted.count = 0;
	all = table_gets(&gitops->catalogue,
			 key_of(gitops->arena, group, kind, name));
	for (i = 0; all && i < all->count; i++) {
		if (!may_be_in(all->items[i].object, name_space))
			continue;
		near = nearness(found, &all->items[i]);
		if (near <= most)
			continue;
		best = &all->items[i];
		most = near;
	}
	if (!best)
		return NULL;
	vec_push(gitops->arena, &gitops->asking.asked, best->job);
	return best->object;
}
