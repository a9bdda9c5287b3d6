/*
 * statefulset-claim-annotation: claims that backups or policies do not find.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "annotation", LINT_PARAM_TEXT, "\"\"",
	  "The annotation that is wanted; empty: none." },
	{ .name = NULL }
};

static const struct group_kind kinds[] = { { "apps", "StatefulSet" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *claims =
		value_at(object->root, "spec.volumeClaimTemplates");
	const char *wanted = lint_param_text(run, "annotation");
	const struct value *claim;

	list_foreach (claim, claims)
		if (*wanted &&
		    !value_get(value_at(claim, "metadata.annotations"), wanted))
			lint_report(
				run, claim,
				"volumeClaimTemplate '%s' lacks the "
				"annotation '%s'",
				value_string_or(
					value_at(claim, "metadata.name"), ""),
				wanted);
}

const struct lint_rule lint_statefulset_claim_annotation = {
	.name = "statefulset-claim-annotation",
	.code = "PL2116",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A volumeClaimTemplate lacks an annotation that the project "
		   "wants.",
	.why = "Backups and policies find claims by their annotations.",
	.fix = "Add the annotation.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
