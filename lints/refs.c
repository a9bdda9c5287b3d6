#include "lints/refs.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/glob.h"
#include "base/source.h"
#include "base/vec.h"
#include "lints/config.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	NAMES_MAX = 2000 /* candidates for "did you mean" */
};

/* Objects that make other objects when they are applied. */
static const struct {
	const char *group;
	const char *kind;
	const char *path; /* of the name it makes; NULL: its own */
	const char *makes;
} makers[] = {
	{ "external-secrets.io", "ExternalSecret", "spec.target.name",
	  "Secret" },
	{ "external-secrets.io", "ExternalSecret", NULL, "Secret" },
	{ "kubernetes-client.io", "ExternalSecret", NULL, "Secret" },
	{ "bitnami.com", "SealedSecret", "spec.template.metadata.name",
	  "Secret" },
	{ "bitnami.com", "SealedSecret", NULL, "Secret" },
	{ "cert-manager.io", "Certificate", "spec.secretName", "Secret" },
	{ "cert-manager.io", "Issuer", "spec.acme.privateKeySecretRef.name",
	  "Secret" },
	{ "secrets.infisical.com", "InfisicalSecret",
	  "spec.managedSecretReference.secretName", "Secret" },
	{ "secrets.hashicorp.com", "VaultStaticSecret", "spec.destination.name",
	  "Secret" },
	{ "secrets.hashicorp.com", "VaultDynamicSecret",
	  "spec.destination.name", "Secret" },
	{ "onepassword.com", "OnePasswordItem", NULL, "Secret" },
	{ "isindir.github.com", "SopsSecret", NULL, "Secret" },
};

bool lint_is_made(const struct object *object)
{
	const struct source *source = object->root->origin.source;

	return !source || source->role != SOURCE_MANIFEST || source->map;
}

/* A maker of the same namespace whose name for it is this one. */
static bool is_made_by_another(struct lint_run *run, const char *kind,
			       const char *name_space, const char *name)
{
	size_t i, k;

	for (k = 0; k < ARRAY_COUNT(makers); k++) {
		const struct object_set *set;

		if (strcmp(makers[k].makes, kind) != 0)
			continue;
		set = bundle_of_kind(run->bundle, makers[k].group,
				     makers[k].kind);
		for (i = 0; set && i < set->objects.count; i++) {
			const struct object *maker = set->objects.items[i];
			const char *made =
				makers[k].path
					? value_string(value_at(maker->root,
								makers[k].path))
					: maker->name;

			if (made && strcmp(made, name) == 0 &&
			    strcmp(lint_namespace(run, maker), name_space) == 0)
				return true;
		}
	}
	return false;
}

/* "Secret/db" or "Secret" in a list of the project. */
static bool is_listed(const char *const *list, const char *kind,
		      const char *name)
{
	size_t len = strlen(kind);

	for (; list && *list; list++) {
		if (strcmp(*list, kind) == 0)
			return true;
		if (strncmp(*list, kind, len) == 0 && (*list)[len] == '/' &&
		    glob_match(GLOB_PROJECT, *list + len + 1, name))
			return true;
	}
	return false;
}

/* What else the set has of that kind and of that name. */
struct neighbours {
	bool same_kind_here; /* in that namespace */
	bool same_name;      /* in another namespace, or of another kind */
	const char *near;
};

static void look_around(struct lint_run *run, const struct lint_ref *ref,
			const char *name_space, struct neighbours *found)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, ref->group, ref->kind);
	VEC(const char *) names = { 0 };
	size_t i;

	memset(found, 0, sizeof(*found));
	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *object = set->objects.items[i];

		if (strcmp(object->name, ref->name) == 0)
			found->same_name = true;
		if (strcmp(lint_namespace(run, object), name_space) != 0)
			continue;
		found->same_kind_here = true;
		if (names.count < NAMES_MAX)
			vec_push(run->arena, &names, object->name);
	}
	vec_push(run->arena, &names, NULL);
	found->near = edit_nearest_of(ref->name, names.items);
}

enum lint_ref_status lint_ref_check(struct lint_run *run,
				    const struct lint_ref *ref,
				    const struct object **target,
				    const char **near)
{
	const char *name_space = *ref->name_space
					 ? ref->name_space
					 : lint_namespace(run, ref->from);
	struct neighbours around;

	*near = NULL;
	*target = bundle_find(run->bundle, ref->group, ref->kind, name_space,
			      ref->name);
	if (*target ||
	    is_listed(run->config->externals, ref->kind, ref->name) ||
	    is_made_by_another(run, ref->kind, name_space, ref->name))
		return LINT_REF_FOUND;
	look_around(run, ref, name_space, &around);
	*near = around.near;
	if (is_listed(run->config->complete, ref->kind, "") || around.near ||
	    around.same_name ||
	    (around.same_kind_here && lint_is_made(ref->from)))
		return LINT_REF_MISSING;
	return LINT_REF_UNKNOWN;
}

void lint_ref_help(struct lint_run *run, const char *near)
{
	if (near)
		lint_help(run,
			  "create it or correct the name (did you mean '%s'?)",
			  near);
}
