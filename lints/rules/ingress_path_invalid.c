/*
 * ingress-path-invalid: paths that the server refuses, or that mean
 * something else than they look like.
 *
 * Patterns are accepted with any type, but match only as texts.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/edit_distance.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "networking.k8s.io", "Ingress" },
					   { NULL, NULL } };

static const char *const types[] = { "Prefix", "Exact",
				     "ImplementationSpecific", NULL };

static bool is_known(const char *type)
{
	size_t i;

	for (i = 0; types[i]; i++)
		if (strcmp(types[i], type) == 0)
			return true;
	return false;
}

/* Steps that a path could be normalised by. */
static const char *misstep(const char *path)
{
	if (strstr(path, "//"))
		return "it has '//'";
	if (strstr(path, "/./") || strstr(path, "/../"))
		return "it has '.' or '..' as a step";
	if (strstr(path, "%2f") || strstr(path, "%2F"))
		return "it has '%2f'";
	return NULL;
}

static void check_path(struct lint_run *run, const struct value *entry)
{
	const struct value *type = value_get(entry, "pathType");
	const struct value *path = value_get(entry, "path");
	const char *text = value_string_or(path, "");
	const char *name = value_string_or(type, "");
	bool free = strcmp(name, "ImplementationSpecific") == 0;
	const char *reason = free ? NULL : misstep(text);

	if (!type) {
		lint_report_absent(run, entry, "pathType",
				   "path '%s': it has no pathType", text);
		return;
	}
	if (!is_known(name)) {
		lint_report(
			run, type, "path '%s': pathType '%s' is unknown%s",
			text, name,
			lint_did_you_mean(run, edit_nearest_of(name, types)));
		return;
	}
	if ((!free || *text) && *text != '/')
		reason = "it does not start with '/'";
	if (reason)
		lint_report(run, path ? path : entry, "path '%s': %s", text,
			    reason);
	else if (!free && strpbrk(text, "()[]|^$*?\\"))
		lint_report_as(run, DIAG_WARNING, path,
			       "path '%s': a pattern is no pattern with "
			       "pathType %s",
			       text, name);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule, *path;

	if (strcmp(object->version, "v1") != 0)
		return;
	list_foreach (rule, value_at(object->root, "spec.rules"))
		list_foreach (path, value_at(rule, "http.paths"))
			check_path(run, path);
}

const struct lint_rule lint_ingress_path_invalid = {
	.name = "ingress-path-invalid",
	.code = "PL5123",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The path of an Ingress is malformed, or has no pathType.",
	.why = "The API server rejects the object.",
	.fix = "Set pathType to Prefix, Exact or ImplementationSpecific and "
	       "start the path with /.",
	.kinds = kinds,
	.check_object = check,
};
