/*
 * What administrators write: roles, volumes, limits, webhooks, priorities.
 */
#include "lints/schema/refuse.h"

#include <string.h>

#include "base/arena.h"
#include "lints/schema/quantity.h"
#include "model/object.h"
#include "model/value.h"

enum {
	PRIORITY_MOST = 1000000000,
	ADDRESSES = 100,
	ENDPOINTS = 1000
};

static const char rbac_group[] = "rbac.authorization.k8s.io";

void schema_check_policy_rule(struct schema_walk *walk,
			      const struct schema_at *at)
{
	static const char *const regular[] = { "apiGroups", "resources",
					       "resourceNames" };
	size_t i;

	if (strcmp(walk->object->group, rbac_group) != 0)
		return;
	if (schema_has(at, "verbs") &&
	    !value_count(value_get(at->value, "verbs")))
		schema_refuse_field(walk, at, "verbs",
				    "must contain at least one value");
	if (!value_count(value_get(at->value, "nonResourceURLs"))) {
		for (i = 0; i < 2; i++)
			if (!value_count(value_get(at->value, regular[i])))
				schema_refuse_field(walk, at, regular[i],
						    "must contain at least one "
						    "value");
		return;
	}
	if (strcmp(walk->object->kind, "Role") == 0)
		schema_refuse_field(walk, at, "nonResourceURLs",
				    "namespaced rules cannot apply to non-"
				    "resource URLs");
	for (i = 0; i < ARRAY_COUNT(regular); i++)
		if (value_count(value_get(at->value, regular[i]))) {
			schema_refuse_field(walk, at, "nonResourceURLs",
					    "rules cannot apply to both "
					    "regular resources and non-"
					    "resource URLs");
			return;
		}
}

void schema_check_role_ref(struct schema_walk *walk, const struct schema_at *at)
{
	const char *group = schema_text(at, "apiGroup");

	if (*group && strcmp(group, rbac_group) != 0)
		schema_refuse_field(walk, at, "apiGroup", "'%s' is not %s",
				    group, rbac_group);
	if (strcmp(walk->object->kind, "ClusterRoleBinding") == 0 &&
	    strcmp(schema_text(at, "kind"), "Role") == 0)
		schema_refuse_field(walk, at, "kind",
				    "must be ClusterRole in a "
				    "ClusterRoleBinding");
	if (schema_has(at, "name"))
		schema_refuse_empty(walk, at, "name");
}

void schema_check_subject(struct schema_walk *walk, const struct schema_at *at)
{
	const char *group = schema_text(at, "apiGroup");
	const char *kind = schema_text(at, "kind");

	if (strcmp(walk->object->group, rbac_group) != 0)
		return;
	if (schema_has(at, "name"))
		schema_refuse_empty(walk, at, "name");
	if (strcmp(kind, "ServiceAccount") == 0) {
		schema_refuse_name(walk, at, "name", LINT_NAME_SUBDOMAIN);
		if (*group)
			schema_refuse_field(walk, at, "apiGroup",
					    "must be empty for a "
					    "ServiceAccount");
	} else if (*kind && *group && strcmp(group, rbac_group) != 0) {
		schema_refuse_field(walk, at, "apiGroup", "'%s' is not %s",
				    group, rbac_group);
	}
}

void schema_check_aggregation(struct schema_walk *walk,
			      const struct schema_at *at)
{
	if (!value_count(value_get(at->value, "clusterRoleSelectors")))
		schema_refuse_field(walk, at, "clusterRoleSelectors",
				    "at least one is required");
}

/* Everything else in the spec of a PersistentVolume is a source. */
static bool is_source(const char *field)
{
	static const char *const others[] = {
		"accessModes",      "capacity",
		"claimRef",         "mountOptions",
		"nodeAffinity",     "persistentVolumeReclaimPolicy",
		"storageClassName", "volumeAttributesClassName",
		"volumeMode",
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(others); i++)
		if (strcmp(field, others[i]) == 0)
			return false;
	return true;
}

void schema_check_volume_spec(struct schema_walk *walk,
			      const struct schema_at *at)
{
	struct schema_at affinity = schema_child(walk, at, "nodeAffinity");
	const struct value_entry *entry;
	const char *first = NULL;

	value_foreach (entry, at->value) {
		if (!is_source(entry->key) || value_is_null(entry->value))
			continue;
		if (first)
			schema_refuse_field(walk, at, entry->key,
					    "may not specify more than one "
					    "volume type; %s is one",
					    first);
		else
			first = entry->key;
	}
	if (!first)
		schema_refuse(walk, at, "must specify a volume type");
	if (schema_has(at, "local") && !schema_has(&affinity, "required"))
		schema_refuse_field(walk, at, "nodeAffinity",
				    "a local volume requires node affinity");
	if (schema_has(at, "volumeAttributesClassName") &&
	    !schema_has(at, "csi"))
		schema_refuse_field(walk, at, "volumeAttributesClassName",
				    "can only be used with csi volumes");
}

void schema_check_storage_class(struct schema_walk *walk,
				const struct schema_at *at)
{
	if (schema_has(at, "provisioner"))
		schema_refuse_empty(walk, at, "provisioner");
}

/* One map of quantities may not exceed another: "min" and "max". */
static void check_order(struct schema_walk *walk, const struct schema_at *at,
			const char *lower, const char *upper)
{
	struct schema_at low = schema_child(walk, at, lower);
	const struct value *high = value_get(at->value, upper);
	const struct value_entry *entry;
	struct quantity a, b;

	value_foreach (entry, low.value) {
		const struct value *limit = value_get(high, entry->key);

		if (limit && quantity_of(entry->value, &a) &&
		    quantity_of(limit, &b) && quantity_compare(&a, &b) > 0)
			schema_refuse_field(walk, &low, entry->key,
					    "%s is greater than %s", lower,
					    upper);
	}
}

void schema_check_limit_range(struct schema_walk *walk,
			      const struct schema_at *at)
{
	static const char *const defaults[] = { "default", "defaultRequest",
						NULL };
	static const char *const order[] = { "min", "defaultRequest", "default",
					     "max" };
	const char *type = schema_text(at, "type");
	const struct value *min = value_get(at->value, "min");
	const struct value *max = value_get(at->value, "max");
	size_t i, j;

	if (strcmp(type, "Pod") == 0)
		schema_refuse_there(walk, at, defaults, "when the type is Pod");
	if (strcmp(type, "PersistentVolumeClaim") == 0 &&
	    !value_get(min, "storage") && !value_get(max, "storage"))
		schema_refuse(walk, at,
			      "either minimum or maximum storage value is "
			      "required");
	for (i = 0; i < ARRAY_COUNT(order); i++)
		for (j = i + 1; j < ARRAY_COUNT(order); j++)
			check_order(walk, at, order[i], order[j]);
}

void schema_check_quota(struct schema_walk *walk, const struct schema_at *at)
{
	static const char *const pairs[][2] = {
		{ "BestEffort", "NotBestEffort" },
		{ "Terminating", "NotTerminating" },
	};
	const struct value *scopes = value_get(at->value, "scopes"), *item;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(pairs); i++) {
		unsigned seen = 0;

		list_foreach (item, scopes)
			seen |= value_equals_string(item, pairs[i][0]) |
				value_equals_string(item, pairs[i][1]) << 1;
		if (seen == 3)
			schema_refuse_field(walk, at, "scopes",
					    "%s and %s exclude each other",
					    pairs[i][0], pairs[i][1]);
	}
}

void schema_check_priority(struct schema_walk *walk, const struct schema_at *at)
{
	const char *name = walk->object->name;

	if (strcmp(name, "system-node-critical") == 0 ||
	    strcmp(name, "system-cluster-critical") == 0)
		return;
	if (strncmp(name, "system-", 7) == 0)
		schema_refuse(walk, at,
			      "names with the prefix system- are reserved for "
			      "Kubernetes");
	if (schema_int(at, "value", 0) > PRIORITY_MOST)
		schema_refuse_field(walk, at, "value",
				    "must not be more than %d", PRIORITY_MOST);
}

void schema_check_endpoint(struct schema_walk *walk, const struct schema_at *at)
{
	const struct value *addresses = value_get(at->value, "addresses");

	if (strcmp(walk->object->kind, "EndpointSlice") != 0 ||
	    !value_is_list(addresses))
		return;
	if (!value_count(addresses))
		schema_refuse_field(walk, at, "addresses",
				    "must contain at least one address");
	else if (value_count(addresses) > ADDRESSES)
		schema_refuse_field(walk, at, "addresses",
				    "must not have more than %d", ADDRESSES);
}

void schema_check_endpoint_slice(struct schema_walk *walk,
				 const struct schema_at *at)
{
	if (value_count(value_get(at->value, "endpoints")) > ENDPOINTS)
		schema_refuse_field(walk, at, "endpoints",
				    "must not have more than %d", ENDPOINTS);
}

void schema_check_client_config(struct schema_walk *walk,
				const struct schema_at *at)
{
	static const char *const fields[] = { "url", "service", NULL };
	const char *url = schema_text(at, "url");

	schema_refuse_union(walk, at, fields, SCHEMA_EXACTLY_ONE,
			    "of url and service");
	if (*url && strncmp(url, "https://", 8) != 0 && !schema_is_open(url))
		schema_refuse_field(walk, at, "url",
				    "'https' is the only allowed scheme");
}

/* "*" stands for all, so nothing stands beside it. */
void schema_check_webhook_rule(struct schema_walk *walk,
			       const struct schema_at *at)
{
	static const char *const lists[] = { "operations", "apiGroups",
					     "apiVersions", "resources" };
	const struct value *item;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(lists); i++) {
		const struct value *list = value_get(at->value, lists[i]);

		if (!value_count(list))
			schema_refuse_field(walk, at, lists[i],
					    "at least one is required");
		if (i == 3 || value_count(list) < 2)
			continue;
		list_foreach (item, list)
			if (value_equals_string(item, "*"))
				schema_refuse_field(walk, at, lists[i],
						    "if '*' is present, must "
						    "not specify others");
	}
}

void schema_check_owner(struct schema_walk *walk, const struct schema_at *at)
{
	static const char *const fields[] = { "apiVersion", "kind", "name",
					      "uid" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(fields); i++)
		if (value_equals_string(value_get(at->value, fields[i]), ""))
			schema_refuse_field(walk, at, fields[i],
					    "must not be empty");
}

/* Kinds whose server looks at more than the form of a finalizer. */
static bool has_standard_finalizers(const struct object *object)
{
	return !*object->group || strcmp(object->group, "apps") == 0 ||
	       strcmp(object->group, "batch") == 0;
}

void schema_check_metadata(struct schema_walk *walk, const struct schema_at *at)
{
	static const char *const standard[] = { "kubernetes", "orphan",
						"foregroundDeletion" };
	struct schema_at list = schema_child(walk, at, "finalizers");
	size_t i, j;

	for (i = 0; i < value_count(list.value); i++) {
		struct schema_at item = schema_item(&list, i);
		const char *text = value_string(item.value);
		const char *reason =
			text ? lint_name_refused_key(walk->run->arena, text)
			     : NULL;

		if (!text || schema_is_open(text))
			continue;
		for (j = 0; j < ARRAY_COUNT(standard); j++)
			if (strcmp(text, standard[j]) == 0)
				break;
		if (reason)
			schema_refuse(walk, &item, "'%s' %s", text, reason);
		else if (j == ARRAY_COUNT(standard) && at->depth == 1 &&
			 !strchr(text, '/') &&
			 has_standard_finalizers(walk->object))
			schema_refuse(walk, &item,
				      "'%s' is neither a standard finalizer "
				      "nor of the form DOMAIN/NAME",
				      text);
	}
}
