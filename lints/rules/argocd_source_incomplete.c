/*
 * argocd-source-incomplete: a source that says too little, or two things.
 */
#include "lints/lint.h"
#include "lints/subjects/argocd.h"
#include "model/value.h"

static void check_source(struct lint_run *run, const struct object *object,
			 const struct value *source)
{
	bool chart = *value_string_or(value_get(source, "chart"), "");
	bool path = *value_string_or(value_get(source, "path"), "");
	bool ref = *value_string_or(value_get(source, "ref"), "");
	const char *reason = NULL, *help = NULL;

	if (!chart && !path && !ref) {
		reason = "it has neither path nor chart";
		help = "add a path or a chart";
	} else if (chart &&
		   value_is_null(value_get(source, "targetRevision"))) {
		reason = "a chart without targetRevision";
		help = "add the version of the chart";
	} else if (value_count(value_get(source, "helm")) &&
		   value_count(value_get(source, "kustomize"))) {
		reason = "it has options of helm and of kustomize";
		help = "delete those that are not used";
	}
	if (!reason)
		return;
	lint_report(run, source, "source of %s '%s': %s", object->kind,
		    object->name, reason);
	lint_help(run, "%s", help);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = lint_app_spec(object);
	const struct value *source = value_get(spec, "source");
	const struct value *sources = value_get(spec, "sources"), *item;

	if (value_is_map(source))
		check_source(run, object, source);
	list_foreach (item, sources)
		check_source(run, object, item);
	if (!value_is_map(spec) || source || value_count(sources) ||
	    value_get(spec, "sourceHydrator"))
		return;
	lint_report(run, spec, "source of %s '%s': there is none", object->kind,
		    object->name);
	lint_help(run, "add a source");
}

const struct lint_rule lint_argocd_source_incomplete = {
	.name = "argocd-source-incomplete",
	.code = "PLX103",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A source of an Application cannot be rendered.",
	.why = "Argo CD needs a path or a chart, and a chart needs its "
	       "version.",
	.fix = "Name a path, or a chart with its targetRevision.",
	.kinds = lint_app_kinds,
	.check_object = check,
};
