/*
 * label-key-invalid: a key that labels cannot have, or that belongs to
 * Kubernetes.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/labels.h"
#include "lints/subjects/name_syntax.h"
#include "model/value.h"

/* Names with the bare prefixes that Kubernetes itself defines. */
static const char *const own[] = {
	"kubernetes.io/arch",
	"kubernetes.io/bootstrapping",
	"kubernetes.io/cluster-service",
	"kubernetes.io/created-by",
	"kubernetes.io/hostname",
	"kubernetes.io/legacy-token-last-used",
	"kubernetes.io/metadata.name",
	"kubernetes.io/minimize-bandwidth",
	"kubernetes.io/name",
	"kubernetes.io/os",
	"kubernetes.io/service-name",
};

static bool is_reserved(const char *key)
{
	size_t i;

	if (strncmp(key, "kubernetes.io/", 14) != 0 &&
	    strncmp(key, "k8s.io/", 7) != 0)
		return false;
	for (i = 0; i < ARRAY_COUNT(own); i++)
		if (strcmp(own[i], key) == 0)
			return false;
	/* Cloud providers mark what belongs to a cluster. */
	return strncmp(key, "kubernetes.io/cluster/", 22) != 0;
}

static void check(struct lint_run *run, const struct object *object)
{
	struct lint_label_maps maps = { 0 };
	const struct value_entry *entry;
	const char *reason;
	size_t i;

	lint_label_maps_of(run, object, &maps);
	for (i = 0; i < maps.count; i++) {
		if (maps.items[i].use == LINT_ANNOTATIONS)
			continue;
		value_foreach (entry, maps.items[i].map) {
			if (strstr(entry->key, "${"))
				continue;
			reason = lint_name_refused_key(run->arena, entry->key);
			if (reason)
				lint_report(run, entry->value,
					    "label key '%s' %s", entry->key,
					    reason);
			else if (maps.items[i].use == LINT_LABELS &&
				 is_reserved(entry->key))
				lint_report_as(run, DIAG_INFO, entry->value,
					       "label key '%s' has a prefix "
					       "that is reserved for "
					       "Kubernetes",
					       entry->key);
		}
	}
}

const struct lint_rule lint_label_key_invalid = {
	.name = "label-key-invalid",
	.code = "PL8109",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The key of a label has a form that is not allowed.",
	.why = "The API server rejects the object.",
	.fix = "Use [prefix/]name with a name of at most 63 characters.",
	.check_object = check,
};
