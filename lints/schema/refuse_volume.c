/*
 * Volumes of pods, and where containers mount them.
 */
#include "lints/schema/refuse.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"

enum {
	TOKEN_SHORTEST = 600 /* seconds */
};

static const int64_t token_longest = (int64_t)1 << 32;

/* A source that is there but null is none: the volume becomes an emptyDir. */
static void check_source(struct schema_walk *walk, const struct schema_at *at)
{
	const struct value_entry *entry;
	const char *first = NULL;

	value_foreach (entry, at->value) {
		if (strcmp(entry->key, "name") == 0 ||
		    value_is_null(entry->value))
			continue;
		if (first) {
			schema_refuse_field(walk, at, entry->key,
					    "may not specify more than one "
					    "volume type; %s is one",
					    first);
			return;
		}
		first = entry->key;
	}
	if (first || schema_has(at, "emptyDir") ||
	    value_get(at->value, "emptyDir"))
		return;
	walk->soft = true;
	schema_refuse(walk, at,
		      "has no source, so that it becomes an emptyDir");
	walk->soft = false;
}

void schema_check_volume(struct schema_walk *walk, const struct schema_at *at)
{
	/* PersistentVolumes have a definition of their own. */
	schema_refuse_name(walk, at, "name", LINT_NAME_LABEL);
	check_source(walk, at);
}

void schema_check_host_path(struct schema_walk *walk,
			    const struct schema_at *at)
{
	const char *path = schema_text(at, "path");

	schema_refuse_empty(walk, at, "path");
	if (*path == '/')
		path++;
	if (strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0 ||
	    strstr(path, "/../") ||
	    (strlen(path) > 3 && strcmp(path + strlen(path) - 3, "/..") == 0))
		schema_refuse_field(walk, at, "path", "must not contain '..'");
}

void schema_check_nfs(struct schema_walk *walk, const struct schema_at *at)
{
	const char *path = schema_text(at, "path");

	schema_refuse_empty(walk, at, "server");
	schema_refuse_empty(walk, at, "path");
	if (*path && *path != '/' && !schema_is_open(path))
		schema_refuse_field(walk, at, "path",
				    "must be an absolute path");
}

void schema_check_secret_volume(struct schema_walk *walk,
				const struct schema_at *at)
{
	schema_refuse_empty(walk, at, "secretName");
}

void schema_check_config_map_volume(struct schema_walk *walk,
				    const struct schema_at *at)
{
	schema_refuse_empty(walk, at, "name");
}

/* An absent claimName is missing by the schema. */
void schema_check_claim_volume(struct schema_walk *walk,
			       const struct schema_at *at)
{
	if (schema_has(at, "claimName"))
		schema_refuse_empty(walk, at, "claimName");
}

void schema_check_key_to_path(struct schema_walk *walk,
			      const struct schema_at *at)
{
	const char *path = schema_text(at, "path");

	if (schema_has(at, "key"))
		schema_refuse_empty(walk, at, "key");
	if (schema_has(at, "path"))
		schema_refuse_empty(walk, at, "path");
	schema_refuse_path(walk, at, "path");
	if (strncmp(path, "..", 2) == 0 && path[2] && path[2] != '/')
		schema_refuse_field(walk, at, "path",
				    "must not start with '..'");
}

void schema_check_projection(struct schema_walk *walk,
			     const struct schema_at *at)
{
	static const char *const fields[] = { "secret",
					      "downwardAPI",
					      "configMap",
					      "serviceAccountToken",
					      "clusterTrustBundle",
					      "podCertificate",
					      NULL };

	schema_refuse_union(walk, at, fields, SCHEMA_AT_MOST_ONE,
			    "volume type per source");
}

void schema_check_token_projection(struct schema_walk *walk,
				   const struct schema_at *at)
{
	schema_refuse_range(walk, at, "expirationSeconds", TOKEN_SHORTEST,
			    token_longest);
	schema_refuse_path(walk, at, "path");
}

void schema_check_named_projection(struct schema_walk *walk,
				   const struct schema_at *at)
{
	schema_refuse_empty(walk, at, "name");
}

static bool is_subscript(const char *path, const char *map)
{
	size_t len = strlen(map), end = strlen(path);

	return strncmp(path, map, len) == 0 && end > len + 4 &&
	       strncmp(path + len, "['", 2) == 0 &&
	       strcmp(path + end - 2, "']") == 0;
}

void schema_check_downward_file(struct schema_walk *walk,
				const struct schema_at *at)
{
	static const char *const fields[] = { "fieldRef", "resourceFieldRef",
					      NULL };
	static const char *const paths[] = { "metadata.annotations",
					     "metadata.labels", "metadata.name",
					     "metadata.namespace",
					     "metadata.uid" };
	struct schema_at ref = schema_child(walk, at, "fieldRef");
	struct schema_at resource = schema_child(walk, at, "resourceFieldRef");
	const char *path = schema_text(&ref, "fieldPath");
	size_t i;

	if (schema_has(at, "path"))
		schema_refuse_empty(walk, at, "path");
	schema_refuse_path(walk, at, "path");
	schema_refuse_union(walk, at, fields, SCHEMA_EXACTLY_ONE, "source");
	if (resource.value)
		schema_refuse_empty(walk, &resource, "containerName");
	if (!*path || is_subscript(path, paths[0]) ||
	    is_subscript(path, paths[1]))
		return;
	for (i = 0; i < ARRAY_COUNT(paths); i++)
		if (strcmp(path, paths[i]) == 0)
			return;
	schema_refuse_field(walk, &ref, "fieldPath",
			    "'%s' cannot be a file of a volume", path);
}

void schema_check_ephemeral_volume(struct schema_walk *walk,
				   const struct schema_at *at)
{
	if (!schema_has(at, "volumeClaimTemplate"))
		schema_refuse_field(walk, at, "volumeClaimTemplate",
				    "is required");
}

void schema_check_csi_volume(struct schema_walk *walk,
			     const struct schema_at *at)
{
	if (schema_has(at, "driver"))
		schema_refuse_empty(walk, at, "driver");
}

static bool is_privileged(const struct schema_at *mount)
{
	const struct value *container =
		mount->up && mount->up->up ? mount->up->up->value : NULL;

	return value_is_true(value_get(value_get(container, "securityContext"),
				       "privileged"));
}

void schema_check_mount(struct schema_walk *walk, const struct schema_at *at)
{
	static const char *const paths[] = { "subPath", "subPathExpr", NULL };
	const char *propagation = schema_text(at, "mountPropagation");
	const char *recursive = schema_text(at, "recursiveReadOnly");

	if (schema_has(at, "mountPath"))
		schema_refuse_empty(walk, at, "mountPath");
	if (schema_has(at, "name"))
		schema_refuse_empty(walk, at, "name");
	schema_refuse_path(walk, at, paths[0]);
	schema_refuse_path(walk, at, paths[1]);
	if (*schema_text(at, paths[0]) && *schema_text(at, paths[1]))
		schema_refuse_field(walk, at, paths[1],
				    "subPathExpr and subPath are mutually "
				    "exclusive");
	if (strcmp(propagation, "Bidirectional") == 0 && !is_privileged(at))
		schema_refuse_field(walk, at, "mountPropagation",
				    "Bidirectional mount propagation is "
				    "available only to privileged containers");
	if (!*recursive || strcmp(recursive, "Disabled") == 0)
		return;
	if (!value_is_true(value_get(at->value, "readOnly")))
		schema_refuse_field(walk, at, "recursiveReadOnly",
				    "may only be specified when readOnly is "
				    "true");
	if (*propagation && strcmp(propagation, "None") != 0)
		schema_refuse_field(walk, at, "recursiveReadOnly",
				    "may only be specified when "
				    "mountPropagation is None or not set");
}
