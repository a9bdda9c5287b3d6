/*
 * Containers: their environment, handlers, resources and rights.
 */
#include "lints/schema/refuse.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "model/object.h"
#include "model/value.h"

enum {
	RESTART_RULES_SINCE = 34, /* containers restart by rules of their own */
	UNMASKED_SINCE = 33,
	FILE_KEYS_SINCE = 34
};

/* cpu, "example.com/gpu"; as validateContainerResourceName does. */
static const char *resource_refused(struct arena *arena, const char *name)
{
	static const char *const standard[] = { "cpu", "memory",
						"ephemeral-storage" };
	const char *reason = lint_name_refused_key(arena, name);
	size_t i;

	if (reason)
		return reason;
	if (!strchr(name, '/')) {
		for (i = 0; i < ARRAY_COUNT(standard); i++)
			if (strcmp(name, standard[i]) == 0)
				return NULL;
		return strncmp(name, "hugepages-", 10) == 0
			       ? NULL
			       : "must be a standard resource for containers";
	}
	if (!strstr(name, "kubernetes.io/") &&
	    strncmp(name, "requests.", 9) == 0)
		return "doesn't follow extended resource name standard";
	return NULL;
}

static void check_resource_names(struct schema_walk *walk,
				 const struct schema_at *at)
{
	static const char *const lists[] = { "limits", "requests" };
	struct schema_at resources = schema_child(walk, at, "resources");
	const struct value_entry *entry;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(lists); i++) {
		struct schema_at list =
			schema_child(walk, &resources, lists[i]);

		value_foreach (entry, list.value) {
			const char *reason =
				resource_refused(walk->run->arena, entry->key);

			if (reason && !schema_is_open(entry->key))
				schema_refuse_field(walk, &list, entry->key,
						    "%s", reason);
		}
	}
}

/* A pod with hostNetwork has the host's ports and no others. */
static void check_host_ports(struct schema_walk *walk,
			     const struct schema_at *at)
{
	const struct value *pod = at->up->up->value;
	struct schema_at ports = schema_child(walk, at, "ports");
	size_t i;

	if (!value_is_true(value_get(pod, "hostNetwork")))
		return;
	for (i = 0; i < value_count(ports.value); i++) {
		struct schema_at port = schema_item(&ports, i);
		int64_t host = schema_int(&port, "hostPort", 0);

		if (host && host != schema_int(&port, "containerPort", host))
			schema_refuse_field(walk, &port, "hostPort",
					    "must match containerPort when "
					    "hostNetwork is true");
	}
}

static void check_claims(struct schema_walk *walk, const struct schema_at *at)
{
	const struct value *pod = at->up->up->value;
	struct schema_at resources = schema_child(walk, at, "resources");
	struct schema_at claims = schema_child(walk, &resources, "claims");
	const struct value *declared;
	size_t i;

	for (i = 0; i < value_count(claims.value); i++) {
		struct schema_at claim = schema_item(&claims, i);
		const char *name = schema_text(&claim, "name");
		bool found = false;

		list_foreach (declared, value_get(pod, "resourceClaims"))
			found |= value_equals_string(
				value_get(declared, "name"), name);
		if (!found)
			schema_refuse_field(walk, &claim, "name",
					    "must be one of the names in "
					    "resourceClaims of the pod");
	}
}

/* Block devices come from claims; volumeClaimTemplates are claims, too. */
static void check_devices(struct schema_walk *walk, const struct schema_at *at)
{
	const struct value *pod = at->up->up->value;
	struct schema_at devices = schema_child(walk, at, "volumeDevices");
	const struct value *volume;
	size_t i;

	for (i = 0; i < value_count(devices.value); i++) {
		struct schema_at device = schema_item(&devices, i);

		list_foreach (volume, value_get(pod, "volumes"))
			if (value_equals(value_get(volume, "name"),
					 value_get(device.value, "name")) &&
			    value_is_null(value_get(volume,
						    "persistentVolumeClaim")) &&
			    value_is_null(value_get(volume, "ephemeral")))
				schema_refuse_field(
					walk, &device, "name",
					"can only use volume source type of "
					"persistentVolumeClaim or ephemeral "
					"for block mode");
	}
}

void schema_check_container(struct schema_walk *walk,
			    const struct schema_at *at)
{
	/* Fragments of older versions stand elsewhere. */
	if (!at->up || !at->up->up || !at->up->entry)
		return;
	schema_refuse_name(walk, at, "name", LINT_NAME_LABEL);
	if (schema_has(at, "image"))
		schema_refuse_empty(walk, at, "image");
	check_resource_names(walk, at);
	check_host_ports(walk, at);
	check_claims(walk, at);
	check_devices(walk, at);
	if (strcmp(at->up->entry->key, "containers") == 0 &&
	    !schema_since(walk, RESTART_RULES_SINCE) &&
	    schema_has(at, "restartPolicy"))
		schema_refuse_field(walk, at, "restartPolicy",
				    "may not be set for containers that are "
				    "not init containers");
}

static void check_field_path(struct schema_walk *walk,
			     const struct schema_at *at)
{
	static const char *const paths[] = {
		"metadata.name",
		"metadata.namespace",
		"metadata.uid",
		"spec.nodeName",
		"spec.serviceAccountName",
		"status.hostIP",
		"status.hostIPs",
		"status.podIP",
		"status.podIPs",
	};
	struct schema_at ref = schema_child(walk, at, "fieldRef");
	const char *path = schema_text(&ref, "fieldPath");
	size_t i;

	if (!*path || schema_is_open(path))
		return;
	for (i = 0; i < ARRAY_COUNT(paths); i++)
		if (strcmp(path, paths[i]) == 0)
			return;
	if (strncmp(path, "metadata.labels['", 17) == 0 ||
	    strncmp(path, "metadata.annotations['", 22) == 0)
		return;
	schema_refuse_field(walk, &ref, "fieldPath",
			    "'%s' cannot be a variable: %s", path,
			    strncmp(path, "metadata.", 9) == 0
				    ? "labels and annotations are named as "
				      "metadata.labels['KEY']"
				    : "only names, addresses, labels and "
				      "annotations of the pod can");
}

static void check_resource_path(struct schema_walk *walk,
				const struct schema_at *at)
{
	static const char *const names[] = { "cpu", "memory",
					     "ephemeral-storage" };
	struct schema_at ref = schema_child(walk, at, "resourceFieldRef");
	const char *text = schema_text(&ref, "resource");
	const char *name = strchr(text, '.');
	size_t i;

	if (!*text || schema_is_open(text))
		return;
	if (name && (strncmp(text, "limits.", 7) == 0 ||
		     strncmp(text, "requests.", 9) == 0)) {
		name++;
		for (i = 0; i < ARRAY_COUNT(names); i++)
			if (strcmp(name, names[i]) == 0)
				return;
		if (strncmp(name, "hugepages-", 10) == 0)
			return;
	}
	schema_refuse_field(walk, &ref, "resource",
			    "'%s' is not limits. or requests. with cpu, "
			    "memory, ephemeral-storage or hugepages-SIZE",
			    text);
}

void schema_check_env_source(struct schema_walk *walk,
			     const struct schema_at *at)
{
	static const char *const fields[] = { "fieldRef", "resourceFieldRef",
					      "configMapKeyRef", "secretKeyRef",
					      NULL };

	/* A fifth one since then, which is counted as well. */
	if (schema_has(at, "fileKeyRef"))
		return;
	schema_refuse_union(walk, at, fields, SCHEMA_EXACTLY_ONE, "source");
	check_field_path(walk, at);
	check_resource_path(walk, at);
}

void schema_check_env_from(struct schema_walk *walk, const struct schema_at *at)
{
	static const char *const fields[] = { "configMapRef", "secretRef",
					      NULL };
	size_t i;

	schema_refuse_union(walk, at, fields, SCHEMA_EXACTLY_ONE, "source");
	for (i = 0; fields[i]; i++) {
		struct schema_at ref = schema_child(walk, at, fields[i]);

		if (ref.value)
			schema_refuse_empty(walk, &ref, "name");
	}
}

/* The key of a ConfigMap or Secret. */
void schema_check_key_ref(struct schema_walk *walk, const struct schema_at *at)
{
	const char *key = schema_text(at, "key");
	const char *reason;

	if (schema_has(at, "name"))
		schema_refuse_empty(walk, at, "name");
	schema_refuse_name(walk, at, "name", LINT_NAME_SUBDOMAIN);
	if (schema_has(at, "key"))
		schema_refuse_empty(walk, at, "key");
	if (!*key || schema_is_open(key))
		return;
	reason = lint_name_refused_data(walk->run->arena, key);
	if (reason)
		schema_refuse_field(walk, at, "key", "'%s': %s", key, reason);
}

void schema_check_lifecycle_handler(struct schema_walk *walk,
				    const struct schema_at *at)
{
	static const char *const fields[] = { "exec", "httpGet", "tcpSocket",
					      "sleep", NULL };

	schema_refuse_union(walk, at, fields, SCHEMA_EXACTLY_ONE,
			    "handler type");
}

void schema_check_exec(struct schema_walk *walk, const struct schema_at *at)
{
	if (!value_count(value_get(at->value, "command")))
		schema_refuse_field(walk, at, "command", "is required");
}

void schema_check_http_header(struct schema_walk *walk,
			      const struct schema_at *at)
{
	const char *name = schema_text(at, "name"), *c;

	for (c = name; isalnum((unsigned char)*c) || *c == '-'; c++)
		;
	if (*c && !schema_is_open(name))
		schema_refuse_field(walk, at, "name",
				    "'%s' is not the name of a header: "
				    "letters, digits and '-'",
				    name);
}

static void check_escalation(struct schema_walk *walk,
			     const struct schema_at *at)
{
	struct schema_at capabilities = schema_child(walk, at, "capabilities");
	const struct value *item;

	if (!value_is_false(value_get(at->value, "allowPrivilegeEscalation")))
		return;
	if (value_is_true(value_get(at->value, "privileged")))
		schema_refuse_field(walk, at, "allowPrivilegeEscalation",
				    "cannot be false where privileged is true");
	/* Only this spelling is looked for. */
	list_foreach (item, value_get(capabilities.value, "add"))
		if (value_equals_string(item, "CAP_SYS_ADMIN"))
			schema_refuse_field(walk, at,
					    "allowPrivilegeEscalation",
					    "cannot be false where "
					    "CAP_SYS_ADMIN is added");
}

void schema_check_security_context(struct schema_walk *walk,
				   const struct schema_at *at)
{
	const struct value *pod = at->up && at->up->up && at->up->up->up
					  ? at->up->up->up->value
					  : NULL;

	check_escalation(walk, at);
	if (strcmp(schema_text(at, "procMount"), "Unmasked") == 0 &&
	    schema_since(walk, UNMASKED_SINCE) &&
	    !value_is_false(value_get(pod, "hostUsers")))
		schema_refuse_field(walk, at, "procMount",
				    "Unmasked needs hostUsers: false");
}

/* Of seccomp and AppArmor. */
void schema_check_profile(struct schema_walk *walk, const struct schema_at *at)
{
	const char *type = schema_text(at, "type");
	const char *local = schema_text(at, "localhostProfile");

	if (strcmp(type, "Localhost") == 0) {
		schema_refuse_empty(walk, at, "localhostProfile");
		if (strcmp(schema_name(at->def->name), "SeccompProfile") == 0)
			schema_refuse_path(walk, at, "localhostProfile");
	} else if (*type && *local) {
		schema_refuse_field(walk, at, "localhostProfile",
				    "can only be set when type is Localhost");
	}
}
