/*
 * istio-injection-unset: a namespace that leaves the mesh open.
 */
#include "lints/lint.h"
#include "lints/subjects/packs.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static void check_one(struct lint_run *run, const struct object *object)
{
	const struct value *labels = value_at(object->root, "metadata.labels");

	if (value_get(labels, "istio-injection") ||
	    value_get(labels, "istio.io/rev") ||
	    value_get(labels, "istio.io/dataplane-mode"))
		return;
	lint_report_in(run, object,
		       labels ? labels : value_get(object->root, "metadata"),
		       "namespace '%s' does not say whether sidecars are "
		       "injected",
		       object->name);
}

static void check(struct lint_run *run)
{
	const struct object_set *set;
	size_t i;

	if (!lint_has_group(run, "istio.io"))
		return;
	set = bundle_of_kind(run->bundle, "", "Namespace");
	for (i = 0; set && i < set->objects.count; i++)
		check_one(run, set->objects.items[i]);
}

const struct lint_rule lint_istio_injection_unset = {
	.name = "istio-injection-unset",
	.code = "PLX118",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Namespace does not say whether its pods get a sidecar.",
	.why = "Pods outside of the mesh have no mutual TLS, and nobody "
	       "notices.",
	.fix = "Set istio-injection or istio.io/rev.",
	.check_bundle = check,
};
