/*
 * api-wrong-group: the kind exists, but not in this group and version.
 *
 * Groups of others may have kinds with the names of Kubernetes' own (Knative
 * has a Service), so only groups that are Kubernetes' own, or that no custom
 * resource can have, or that are nearly one of Kubernetes', are judged.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "lints/schema/lifecycle.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static bool is_judged(const char *group)
{
	const struct lifecycle *row;
	size_t i;

	if (!strchr(group, '.') || lifecycle_has_group(group))
		return true;
	for (i = 0; i < lifecycle_count; i++) {
		row = &lifecycle_table[i];
		if (*row->group && strchr(row->group, '.') &&
		    edit_distance(row->group, group, 2) <= 2)
			return true;
	}
	return false;
}

/* A custom resource that the set itself defines. */
static bool is_defined(struct lint_run *run, const struct object *object)
{
	const struct object_set *crds =
		bundle_of_kind(run->bundle, "apiextensions.k8s.io",
			       "CustomResourceDefinition");
	size_t i;

	for (i = 0; crds && i < crds->objects.count; i++) {
		const struct value *root = crds->objects.items[i]->root;

		if (value_equals_string(value_at(root, "spec.group"),
					object->group) &&
		    value_equals_string(value_at(root, "spec.names.kind"),
					object->kind))
			return true;
	}
	return false;
}

/* Stable before beta, the same group before others. */
static const struct lifecycle *best(const struct lint_run *run,
				    const char *group,
				    const struct lifecycle *rows, size_t count)
{
	const struct lifecycle *found = NULL;
	size_t i;
	int rank, most = -1;

	for (i = 0; i < count; i++) {
		if (!lifecycle_serves(&rows[i], run->kubernetes.newest))
			continue;
		rank = 2 * !strpbrk(rows[i].version, "ab") +
		       (strcmp(rows[i].group, group) == 0);
		if (rank > most) {
			most = rank;
			found = &rows[i];
		}
	}
	return found;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *at = value_get(object->root, "apiVersion");
	const char *spelled = object->kind, *api;
	const struct lifecycle *rows;
	size_t count;

	if (!*object->kind || !*object->api_version ||
	    strcmp(object->kind, "List") == 0 ||
	    lifecycle_find(object->group, object->version, object->kind) ||
	    !is_judged(object->group) || is_defined(run, object))
		return;
	rows = lifecycle_of_misspelled(object->kind, &count, &spelled);
	rows = rows ? best(run, object->group, rows, count) : NULL;
	if (rows)
		api = arena_printf(run->arena, "%s%s%s", rows->group,
				   *rows->group ? "/" : "", rows->version);
	else
		api = lifecycle_of_other(object->kind);
	if (!api)
		return;
	if (strcmp(spelled, object->kind) != 0)
		lint_report(run, value_get(object->root, "kind"),
			    "%s is not in %s; %s is in %s", object->kind,
			    object->api_version, spelled, api);
	else
		lint_report(run, at, "%s is not in %s; it is in %s",
			    object->kind, object->api_version, api);
	lint_help(run, "use apiVersion: %s%s%s", api,
		  strcmp(spelled, object->kind) != 0 ? " and kind: " : "",
		  strcmp(spelled, object->kind) != 0 ? spelled : "");
}

const struct lint_rule lint_api_wrong_group = {
	.name = "api-wrong-group",
	.code = "PL9004",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "The kind exists, but not in this group or version.",
	.why = "The API server answers that it does not know the kind.",
	.check_object = check,
};
