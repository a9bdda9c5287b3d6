/*
 * flux-source-missing: an object of Flux that names a source that is not
 * there.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "helm.toolkit.fluxcd.io", "HelmRelease" },
	{ "kustomize.toolkit.fluxcd.io", "Kustomization" },
	{ NULL, NULL }
};

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static const char *group_of(const char *kind)
{
	if (strcmp(kind, "ConfigMap") == 0 || strcmp(kind, "Secret") == 0)
		return "";
	return "source.toolkit.fluxcd.io";
}

static void check_ref(struct lint_run *run, const struct object *object,
		      const struct value *at, const char *field)
{
	const struct value *name = value_get(at, "name");
	struct lint_reference ref = {
		group_of(value_string_or(value_get(at, "kind"), "")),
		value_string_or(value_get(at, "kind"), ""),
		value_string_or(value_get(at, "namespace"),
				lint_namespace(run, object)),
		value_string_or(name, ""),
	};

	if (!*ref.name || !*ref.kind || strstr(ref.name, "${") ||
	    value_is_true(value_get(at, "optional")) ||
	    !lint_dangles(run, &ref))
		return;
	lint_report(run, name, "%s '%s' does not exist", field, ref.name);
	lint_at_use(run);
	lint_help(run, "correct the reference%s",
		  lint_did_you_mean(run, lint_near_name(run, &ref)));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *item;

	check_ref(run, object, value_get(spec, "sourceRef"), "sourceRef");
	check_ref(run, object, value_get(spec, "chartRef"), "chartRef");
	check_ref(run, object, value_at(spec, "chart.spec.sourceRef"),
		  "sourceRef");
	list_foreach (item, value_get(spec, "valuesFrom"))
		check_ref(run, object, item, "valuesFrom");
}

const struct lint_rule lint_flux_source_missing = {
	.name = "flux-source-missing",
	.code = "PLX109",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Kustomization or HelmRelease of Flux refers to what "
		   "does not exist.",
	.why = "It waits for it and applies nothing.",
	.fix = "Correct the reference.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
