/*
 * field-deprecated: fields and annotations that should not be used any more.
 *
 * Fields are found by the schema walk; annotations are no part of a schema.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/labels.h"
#include "model/value.h"

/* A name that ends in '/' stands for all that begin with it. */
static const struct {
	const char *name;
	unsigned since;
	const char *help;
} annotations[] = {
	{ "autoscaling.alpha.kubernetes.io/behavior", 23,
	  "use spec.behavior of autoscaling/v2" },
	{ "autoscaling.alpha.kubernetes.io/metrics", 23,
	  "use spec.metrics of autoscaling/v2" },
	{ "container.apparmor.security.beta.kubernetes.io/", 30,
	  "use securityContext.appArmorProfile of the container" },
	{ "container.seccomp.security.alpha.kubernetes.io/", 19,
	  "use securityContext.seccompProfile of the container" },
	{ "kubernetes.io/enforce-mountable-secrets", 32,
	  "use separate namespaces" },
	{ "kubernetes.io/ingress.class", 18, "use spec.ingressClassName" },
	{ "kubernetes.io/psp", 21, "delete it" },
	{ "scheduler.alpha.kubernetes.io/critical-pod", 13,
	  "use priorityClassName" },
	{ "seccomp.security.alpha.kubernetes.io/pod", 19,
	  "use securityContext.seccompProfile" },
	{ "service.kubernetes.io/topology-aware-hints", 27,
	  "use spec.trafficDistribution" },
	{ "volume.beta.kubernetes.io/storage-class", 6,
	  "use spec.storageClassName" },
};

static bool is_named(const char *name, const char *key)
{
	size_t len = strlen(name);

	return name[len - 1] == '/' ? strncmp(name, key, len) == 0
				    : strcmp(name, key) == 0;
}

static void check_annotation(struct lint_run *run,
			     const struct value_entry *entry)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(annotations); i++) {
		if (!is_named(annotations[i].name, entry->key) ||
		    annotations[i].since > run->kubernetes.newest)
			continue;
		lint_report(run, entry->value,
			    "annotation %s is deprecated since Kubernetes 1.%u",
			    entry->key, annotations[i].since);
		lint_help(run, "%s", annotations[i].help);
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	struct lint_label_maps maps = { 0 };
	const struct value_entry *entry;
	size_t i;

	lint_label_maps_of(run, object, &maps);
	for (i = 0; i < maps.count; i++) {
		if (maps.items[i].use != LINT_ANNOTATIONS)
			continue;
		value_foreach (entry, maps.items[i].map)
			check_annotation(run, entry);
	}
}

const struct lint_rule lint_field_deprecated = {
	.name = "field-deprecated",
	.code = "PL9011",
	.group = LINT_API,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A field or an annotation is deprecated.",
	.why = "The API server warns, or ignores it; a later version may drop "
	       "it.",
	.check_object = check,
	.by_schema = true,
};
