/*
 * linkerd-injection-unset: a workload that leaves the mesh open.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/packs.h"
#include "lints/reference.h"
#include "model/bundle.h"
#include "model/value.h"

static const char note[] = "linkerd.io/inject";

static bool has_note(const struct value *metadata)
{
	return value_get(value_get(metadata, "annotations"), note);
}

static void check_one(struct lint_run *run,
		      const struct lint_workload *workload)
{
	const struct object *object = workload->object;
	struct lint_reference ref = { "", "Namespace", "",
				      workload->name_space };
	const struct object *home = lint_referred(run, &ref);

	if (has_note(workload->pod.metadata) ||
	    (home && has_note(value_get(home->root, "metadata"))))
		return;
	lint_report_in(run, object, value_get(object->root, "metadata"),
		       "%s '%s' does not say whether the proxy is injected",
		       object->kind, object->name);
}

static void check(struct lint_run *run)
{
	const struct lint_workload *workload;
	const struct object *object;

	if (!lint_has_group(run, "linkerd.io"))
		return;
	bundle_foreach (object, run->bundle) {
		workload = lint_workload_of(run, object);
		if (workload)
			check_one(run, workload);
	}
}

const struct lint_rule lint_linkerd_injection_unset = {
	.name = "linkerd-injection-unset",
	.code = "PLX119",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "Neither a workload nor its Namespace says whether it "
		   "gets the proxy of Linkerd.",
	.why = "Pods outside of the mesh have no mutual TLS, and nobody "
	       "notices.",
	.fix = "Set linkerd.io/inject.",
	.check_bundle = check,
};
