/*
 * What a change of a field risks, as a table.
 */
#include <string.h>

#include "base/attr.h"
#include "compiler/difference.h"
#include "model/object.h"
#include "model/value.h"

const char *change_risk_name(enum change_risk risk)
{
	switch (risk) {
	case RISK_IMMUTABLE:
		return "immutable";
	case RISK_REMOVED:
		return "removed";
	case RISK_SELECTOR:
		return "selector";
	case RISK_ACCESS:
		return "access";
	case RISK_IMAGE:
		return "image";
	case RISK_REPLICAS:
		return "replicas";
	case RISK_RESOURCES:
		return "resources";
	case RISK_NONE:
		break;
	}
	return "";
}

/* The first row whose kind and path fit counts; "" is any kind. */
static const struct {
	const char *group;
	const char *kind;
	const char *path; /* it, and all below it */
	enum change_risk risk;
} rows[] = {
	{ "apps", "Deployment", "spec.selector", RISK_IMMUTABLE },
	{ "apps", "ReplicaSet", "spec.selector", RISK_IMMUTABLE },
	{ "apps", "DaemonSet", "spec.selector", RISK_IMMUTABLE },
	{ "apps", "StatefulSet", "spec.selector", RISK_IMMUTABLE },
	{ "apps", "StatefulSet", "spec.serviceName", RISK_IMMUTABLE },
	{ "apps", "StatefulSet", "spec.podManagementPolicy", RISK_IMMUTABLE },
	{ "apps", "StatefulSet", "spec.volumeClaimTemplates", RISK_IMMUTABLE },
	{ "batch", "Job", "spec.selector", RISK_IMMUTABLE },
	{ "batch", "Job", "spec.template", RISK_IMMUTABLE },
	{ "batch", "Job", "spec.completionMode", RISK_IMMUTABLE },
	{ "", "Service", "spec.clusterIP", RISK_IMMUTABLE },
	{ "", "Service", "spec.selector", RISK_SELECTOR },
	{ "", "PersistentVolumeClaim", "spec.accessModes", RISK_IMMUTABLE },
	{ "", "PersistentVolumeClaim", "spec.selector", RISK_IMMUTABLE },
	{ "", "PersistentVolumeClaim", "spec.storageClassName",
	  RISK_IMMUTABLE },
	{ "", "PersistentVolumeClaim", "spec.volumeMode", RISK_IMMUTABLE },
	{ "", "PersistentVolumeClaim", "spec.volumeName", RISK_IMMUTABLE },
	{ "", "Secret", "type", RISK_IMMUTABLE },
	{ "rbac.authorization.k8s.io", "RoleBinding", "roleRef",
	  RISK_IMMUTABLE },
	{ "rbac.authorization.k8s.io", "ClusterRoleBinding", "roleRef",
	  RISK_IMMUTABLE },
	{ "storage.k8s.io", "StorageClass", "parameters", RISK_IMMUTABLE },
	{ "storage.k8s.io", "StorageClass", "provisioner", RISK_IMMUTABLE },
	{ "storage.k8s.io", "StorageClass", "reclaimPolicy", RISK_IMMUTABLE },
	{ "storage.k8s.io", "StorageClass", "volumeBindingMode",
	  RISK_IMMUTABLE },
	{ "scheduling.k8s.io", "PriorityClass", "value", RISK_IMMUTABLE },
	{ "networking.k8s.io", "IngressClass", "spec.controller",
	  RISK_IMMUTABLE },
	{ "apiextensions.k8s.io", "CustomResourceDefinition", "spec.group",
	  RISK_IMMUTABLE },
	{ "apiextensions.k8s.io", "CustomResourceDefinition", "spec.scope",
	  RISK_IMMUTABLE },
	{ "networking.k8s.io", "NetworkPolicy", "spec.podSelector",
	  RISK_SELECTOR },
	{ "policy", "PodDisruptionBudget", "spec.selector", RISK_SELECTOR },
	{ "autoscaling", "HorizontalPodAutoscaler", "spec.minReplicas",
	  RISK_REPLICAS },
	{ "autoscaling", "HorizontalPodAutoscaler", "spec.maxReplicas",
	  RISK_REPLICAS },
	{ NULL, NULL, "spec.replicas", RISK_REPLICAS },
};

/* Fields that mean the same wherever they lie. */
static const struct {
	const char *part;
	enum change_risk risk;
} parts[] = {
	{ "].image", RISK_IMAGE },
	{ "].resources", RISK_RESOURCES },
};

/* Rules and subjects that are added, or take in more by "*". */
static const struct {
	const char *kind;
	const char *path;
} grants[] = {
	{ "Role", "rules" },
	{ "ClusterRole", "rules" },
	{ "RoleBinding", "subjects" },
	{ "ClusterRoleBinding", "subjects" },
};

static bool is_path_below(const char *path, const char *of)
{
	size_t len = strlen(of);

	return strncmp(path, of, len) == 0 &&
	       (!path[len] || path[len] == '.' || path[len] == '[');
}

static bool grants_more(const struct object *object,
			const struct field_change *field)
{
	size_t i;

	if (strcmp(object->group, "rbac.authorization.k8s.io") != 0 ||
	    field->kind == CHANGE_REMOVED)
		return false;
	for (i = 0; i < ARRAY_COUNT(grants); i++)
		if (strcmp(object->kind, grants[i].kind) == 0 &&
		    is_path_below(field->path, grants[i].path))
			return true;
	return false;
}

/* The data of what was made immutable cannot change any more. */
static bool is_frozen(const struct object *object,
		      const struct field_change *field)
{
	return (object_is(object, "", "ConfigMap") ||
		object_is(object, "", "Secret")) &&
	       value_is_true(value_get(object->root, "immutable")) &&
	       (is_path_below(field->path, "data") ||
		is_path_below(field->path, "binaryData") ||
		is_path_below(field->path, "stringData"));
}

enum change_risk change_risk_of(const struct object *object,
				const struct field_change *field)
{
	const char *path = field->path, *part;
	size_t i;

	if (is_frozen(object, field))
		return RISK_IMMUTABLE;
	if (grants_more(object, field))
		return RISK_ACCESS;
	for (i = 0; i < ARRAY_COUNT(rows); i++)
		if ((!rows[i].kind ||
		     object_is(object, rows[i].group, rows[i].kind)) &&
		    is_path_below(path, rows[i].path))
			return rows[i].risk;
	for (i = 0; i < ARRAY_COUNT(parts); i++) {
		part = strstr(path, parts[i].part);
		if (part && is_path_below(part, parts[i].part))
			return parts[i].risk;
	}
	return RISK_NONE;
}
