/*
 * ingress-class-missing: an Ingress that no controller, or more than one,
 * takes for its own.
 *
 * A class of the set that is the default makes it unnecessary to name one.
 */
#include "lints/lint.h"

#include "lints/reference.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "classes", LINT_PARAM_TEXTS, "[]",
	  "The classes that are allowed; none: all." },
	{ .name = NULL }
};

static bool has_default(struct lint_run *run)
{
	const struct object_set *set = bundle_of_kind(
		run->bundle, "networking.k8s.io", "IngressClass");
	size_t i;

	for (i = 0; set && i < set->objects.count; i++)
		if (value_equals_string(
			    value_at(set->objects.items[i]->root,
				     "metadata.annotations[\"ingressclass."
				     "kubernetes.io/is-default-class\"]"),
			    "true"))
			return true;
	return false;
}

static bool is_listed(struct lint_run *run, const char *name)
{
	return !*lint_param_texts(run, "classes") ||
	       lint_param_lists(run, "classes", name);
}

static void check_class(struct lint_run *run, const struct value *class)
{
	struct lint_reference ref = { "networking.k8s.io", "IngressClass", "",
				      value_string_or(class, "") };
	const char *name = run->object->name;

	if (!is_listed(run, ref.name)) {
		lint_report(run, class,
			    "Ingress '%s' has class '%s', which is not in the "
			    "list",
			    name, ref.name);
	} else if (lint_dangles(run, &ref)) {
		lint_report_as(
			run, DIAG_INFO, class,
			"Ingress '%s' has class '%s', which is not in "
			"this set%s",
			name, ref.name,
			lint_did_you_mean(run, lint_near_name(run, &ref)));
	}
}

static void check_one(struct lint_run *run, const struct object *object,
		      bool defaulted)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *class = value_get(spec, "ingressClassName");
	const struct value *old =
		value_at(object->root, "metadata.annotations"
				       "[\"kubernetes.io/ingress.class\"]");

	run->object = object;
	if (class && old)
		lint_report(run, old,
			    "Ingress '%s' names its class twice, also by "
			    "annotation",
			    object->name);
	if (class || old)
		check_class(run, class ? class : old);
	else if (!defaulted && value_is_map(spec))
		lint_report_absent(run, spec, "ingressClassName",
				   "Ingress '%s' names no class", object->name);
}

static void check(struct lint_run *run)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "networking.k8s.io", "Ingress");
	bool defaulted = has_default(run);
	size_t i;

	for (i = 0; set && i < set->objects.count; i++)
		check_one(run, set->objects.items[i], defaulted);
	run->object = NULL;
}

const struct lint_rule lint_ingress_class_missing = {
	.name = "ingress-class-missing",
	.code = "PL5122",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "An Ingress names no class, two, or one that is not wanted.",
	.why = "No controller serves it, or another than was meant.",
	.fix = "Set spec.ingressClassName.",
	.params = params,
	.check_bundle = check,
};
