/*
 * flux-depends-on-invalid: an object of Flux that waits for nothing, or for
 * itself.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/index.h"
#include "lints/names.h"
#include "lints/reference.h"
#include "lints/subjects/cycles.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static const char *const kinds[][2] = {
	{ "helm.toolkit.fluxcd.io", "HelmRelease" },
	{ "kustomize.toolkit.fluxcd.io", "Kustomization" },
};

static void refer(struct lint_run *run, const struct object *object,
		  const struct value *item, struct lint_reference *ref)
{
	ref->group = object->group;
	ref->kind = object->kind;
	ref->name_space = value_string_or(value_get(item, "namespace"),
					  lint_namespace(run, object));
	ref->name = value_string_or(value_get(item, "name"), "");
}

static const struct object *target(struct lint_run *run,
				   const struct object *object,
				   const struct value *item)
{
	struct lint_reference ref;

	refer(run, object, item, &ref);
	return lint_referred(run, &ref);
}

/*
 * Each Kustomization of a cluster applies some releases, and one of them waits
 * for those of others as a rule: then only a slip in the name is reported.
 */
static bool may_be_elsewhere(struct lint_run *run,
			     const struct lint_reference *ref)
{
	return strcmp(ref->kind, "HelmRelease") == 0 &&
	       !lint_names_complete(run, ref->kind) &&
	       !lint_near_name(run, ref);
}

static void check_one(struct lint_run *run, struct lint_cycles *cycles,
		      const struct object *object)
{
	const struct value *item;

	list_foreach (item, value_at(object->root, "spec.dependsOn")) {
		const struct value *name = value_get(item, "name");
		struct lint_reference ref;
		const struct object *next = target(run, object, item);

		refer(run, object, item, &ref);
		if (next ? !lint_closes_cycle(run, cycles, object, next)
			 : !*ref.name || !lint_dangles(run, &ref) ||
				    may_be_elsewhere(run, &ref))
			continue;
		lint_report_in(run, object, name, "dependsOn '%s' %s", ref.name,
			       next ? "closes a cycle" : "does not exist");
		if (next)
			lint_help(run, "break the cycle");
		else
			lint_help(run, "name an object of the set%s",
				  lint_did_you_mean(run,
						    lint_near_name(run, &ref)));
	}
}

static void check(struct lint_run *run)
{
	const struct object_set *set;
	struct lint_cycles cycles;
	size_t i, j;

	lint_cycles_init(run, &cycles, "spec.dependsOn", target);
	for (i = 0; i < ARRAY_COUNT(kinds); i++) {
		set = bundle_of_kind(run->bundle, kinds[i][0], kinds[i][1]);
		for (j = 0; set && j < set->objects.count; j++)
			check_one(run, &cycles, set->objects.items[j]);
	}
}

const struct lint_rule lint_flux_depends_on_invalid = {
	.name = "flux-depends-on-invalid",
	.code = "PLX132",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "dependsOn of an object of Flux names nothing, or closes "
		   "a cycle.",
	.why = "It is never applied.",
	.fix = "Name an object of the set, or break the cycle.",
	.params = params,
	.check_bundle = check,
};
