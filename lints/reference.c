#include "lints/reference.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "lints/config.h"
#include "lints/lint.h"
#include "lints/names.h"
#include "lints/subjects/makers.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

/* Among more names a near one is chance, and finding it would be slow. */
enum {
	NEAR_NAMES_MAX = 500,
	VARIANTS_MAX = 100 /* of one object, that are looked at */
};

/*
 * Nobody said where objects without a namespace go: whoever applies the set
 * does, and may well mean the one that others name.
 */
static bool may_go_anywhere(const struct lint_run *run,
			    const struct object *object)
{
	return !*object->name_space &&
	       strcmp(run->bundle->name_space, "default") == 0;
}

/*
 * A chart for which nobody chose a namespace: what it names may be where it
 * is to be installed.
 */
static bool is_open(const struct lint_run *run,
		    const struct lint_reference *ref)
{
	return run->config->layers->whole &&
	       strcmp(run->bundle->name_space, "default") == 0 &&
	       strcmp(ref->name_space, "default") == 0;
}

/*
 * Files that are alternatives define the same: what stands in the file of the
 * object that refers to it is meant.
 */
static const struct object *variant(struct lint_run *run,
				    const struct object *found)
{
	const struct object_set *same;
	size_t i;

	if (!found || !run->object || run->config->layers->whole)
		return found;
	same = bundle_same_id(run->bundle, found);
	for (i = 0; i < same->objects.count && i < VARIANTS_MAX; i++)
		if (origin_source(&same->objects.items[i]->root->origin) ==
		    origin_source(&run->object->root->origin))
			return same->objects.items[i];
	return found;
}

const struct object *lint_referred(struct lint_run *run,
				   const struct lint_reference *ref)
{
	const struct object *found = bundle_find(
		run->bundle, ref->group, ref->kind, ref->name_space, ref->name);

	if (found || !*ref->name_space)
		return variant(run, found);
	found = lint_names_anywhere(run, ref->group, ref->kind, ref->name);
	return found && (may_go_anywhere(run, found) || is_open(run, ref))
		       ? found
		       : NULL;
}

/* db-1 is not a slip of the pen for db-2. */
static bool differ_in_digits_only(const char *a, const char *b)
{
	while (*a || *b) {
		while (isdigit((unsigned char)*a))
			a++;
		while (isdigit((unsigned char)*b))
			b++;
		if (*a != *b)
			return false;
		if (*a) {
			a++;
			b++;
		}
	}
	return true;
}

static const char *nearest(struct lint_run *run, const char *name,
			   const struct lint_name_list *names)
{
	VEC(const char *) words = { 0 };
	size_t i;

	if (!names || names->count > NEAR_NAMES_MAX)
		return NULL;
	for (i = 0; i < names->count; i++)
		if (!differ_in_digits_only(names->items[i], name))
			vec_push(run->arena, &words, names->items[i]);
	vec_push(run->arena, &words, NULL);
	return edit_nearest_of(name, words.items);
}

const char *lint_near_name(struct lint_run *run,
			   const struct lint_reference *ref)
{
	return nearest(run, ref->name,
		       lint_names_of(run, ref->kind, ref->name_space));
}

/* The kind that is taken for this one: a name there is a slip. */
static bool has_other_kind(struct lint_run *run,
			   const struct lint_reference *ref)
{
	static const char *const pairs[][2] = {
		{ "ConfigMap", "Secret" },
		{ "Secret", "ConfigMap" },
		{ "Role", "ClusterRole" },
		{ "ClusterRole", "Role" },
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(pairs); i++)
		if (strcmp(pairs[i][0], ref->kind) == 0 &&
		    lint_names_anywhere(run, ref->group, pairs[i][1],
					ref->name))
			return true;
	return false;
}

static bool is_complete(struct lint_run *run, const char *kind)
{
	const char *const *kinds;

	if (lint_names_complete(run, kind))
		return true;
	if (!lint_has_param(run, "complete"))
		return false;
	for (kinds = lint_param_texts(run, "complete"); *kinds; kinds++)
		if (strcmp(*kinds, kind) == 0)
			return true;
	return false;
}

bool lint_is_elsewhere(struct lint_run *run, const struct lint_reference *ref)
{
	if (lint_names_made(run, ref->kind, ref->name_space, ref->name))
		return true;
	return lint_has_param(run, "ignore") &&
	       lint_param_matches(
		       run, "ignore",
		       arena_printf(run->arena, "%s/%s", ref->kind, ref->name));
}

/*
 * By a HelmRelease or the like, that is.  Deployers themselves stand in the
 * repository as a rule.
 */
static bool may_be_applied(struct lint_run *run,
			   const struct lint_reference *ref)
{
	return !strstr(ref->group, ".toolkit.fluxcd.io") &&
	       lint_names_filled(run, ref->name_space);
}

/* By an operator of this set; then only a slip in the name is reported. */
static bool may_be_made(struct lint_run *run, const struct lint_reference *ref)
{
	if (strcmp(ref->kind, "Secret") == 0)
		return lint_may_be_made(run, ref->name_space, "secrets");
	return strcmp(ref->kind, "ConfigMap") == 0 &&
	       lint_may_be_made(run, ref->name_space, "configmaps");
}

bool lint_dangles(struct lint_run *run, const struct lint_reference *ref)
{
	if (!*ref->name || lint_referred(run, ref) ||
	    lint_is_elsewhere(run, ref))
		return false;
	if (is_complete(run, ref->kind))
		return true;
	if (may_be_applied(run, ref))
		return false;
	if (may_be_made(run, ref))
		return lint_near_name(run, ref) != NULL;
	if (run->config->layers->whole &&
	    lint_names_of(run, ref->kind, ref->name_space))
		return true;
	return lint_names_anywhere(run, ref->group, ref->kind, ref->name) ||
	       has_other_kind(run, ref) || lint_near_name(run, ref);
}

const char *lint_did_you_mean(struct lint_run *run, const char *near)
{
	return near ? arena_printf(run->arena, " (did you mean '%s'?)", near)
		    : "";
}

void lint_help_create(struct lint_run *run, const struct lint_reference *ref)
{
	lint_at_use(run);
	lint_help(run, "create it or correct the name%s",
		  lint_did_you_mean(run, lint_near_name(run, ref)));
}

/* Tokens and certificates are filled in by the control plane. */
static bool is_filled(const struct object *object)
{
	const struct value *data = value_get(object->root, "data");
	const struct value *texts =
		value_get(object->root, strcmp(object->kind, "Secret") == 0
						? "stringData"
						: "binaryData");

	return (!value_count(data) && !value_count(texts)) ||
	       value_equals_string(value_get(object->root, "type"),
				   "kubernetes.io/service-account-token");
}

bool lint_lacks_key(const struct object *object, const char *key)
{
	return !is_filled(object) &&
	       !value_get(value_get(object->root, "data"), key) &&
	       !value_get(value_get(object->root, "stringData"), key) &&
	       !value_get(value_get(object->root, "binaryData"), key);
}

const char *lint_near_key(struct lint_run *run, const struct object *object,
			  const char *key)
{
	static const char *const fields[] = { "data", "stringData",
					      "binaryData" };
	struct lint_name_list keys = { 0 };
	const struct value_entry *entry;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(fields); i++)
		value_foreach (entry, value_get(object->root, fields[i]))
			vec_push(run->arena, &keys, entry->key);
	return nearest(run, key, &keys);
}

const struct group_kind lint_ingress_kinds[] = { { "networking.k8s.io",
						   "Ingress" },
						 { "extensions", "Ingress" },
						 { NULL, NULL } };

void lint_each_backend(struct lint_run *run, const struct object *ingress,
		       void (*check)(struct lint_run *run,
				     const struct value *backend))
{
	const struct value *spec = value_get(ingress->root, "spec");
	const struct value *rule, *path;

	check(run, value_get(spec, "defaultBackend"));
	check(run, value_get(spec, "backend"));
	list_foreach (rule, value_get(spec, "rules"))
		list_foreach (path, value_at(rule, "http.paths"))
			check(run, value_get(path, "backend"));
}
