/*
 * flux-depends-on-invalid: an object of Flux that waits for nothing, or for
 * itself.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	LINT_REFERENCE_PARAMS,
	{ .name = NULL }
};

enum {
	STEPS_MAX = 200 /* a longer chain is not followed */
};

static const char *const kinds[][2] = {
	{ "helm.toolkit.fluxcd.io", "HelmRelease" },
	{ "kustomize.toolkit.fluxcd.io", "Kustomization" },
};

static const struct object *target(struct lint_run *run,
				   const struct object *object,
				   const struct value *item,
				   struct lint_reference *ref)
{
	ref->group = object->group;
	ref->kind = object->kind;
	ref->name_space = value_string_or(value_get(item, "namespace"),
					  lint_namespace(run, object));
	ref->name = value_string_or(value_get(item, "name"), "");
	return lint_referred(run, ref);
}

/* Along all dependencies; each object is gone through once. */
static bool comes_back(struct lint_run *run, const struct object *start,
		       const struct object *at, struct table *seen,
		       unsigned steps)
{
	const struct object *next;
	struct lint_reference ref;
	const struct value *item;

	if (at == start)
		return true;
	if (steps >= STEPS_MAX ||
	    table_put(seen, (const char *)&at->index, sizeof(at->index), seen))
		return false;
	list_foreach (item, value_at(at->root, "spec.dependsOn")) {
		next = target(run, at, item, &ref);
		if (next && comes_back(run, start, next, seen, steps + 1))
			return true;
	}
	return false;
}

static bool closes_cycle(struct lint_run *run, const struct object *start,
			 const struct object *next)
{
	struct table seen;

	table_init(&seen, run->arena);
	return comes_back(run, start, next, &seen, 0);
}

static void check_one(struct lint_run *run, const struct object *object)
{
	const struct value *item;

	list_foreach (item, value_at(object->root, "spec.dependsOn")) {
		const struct value *name = value_get(item, "name");
		struct lint_reference ref;
		const struct object *next = target(run, object, item, &ref);

		if (next ? !closes_cycle(run, object, next)
			 : !*ref.name || !lint_dangles(run, &ref))
			continue;
		lint_report_in(run, object, name, "dependsOn '%s' %s",
			       ref.name,
			       next ? "closes a cycle" : "does not exist");
		if (!next)
			lint_help(run, "name an object of the set%s",
				  lint_did_you_mean(run,
						    lint_near_name(run, &ref)));
	}
}

static void check(struct lint_run *run)
{
	const struct object_set *set;
	size_t i, j;

	for (i = 0; i < ARRAY_COUNT(kinds); i++) {
		set = bundle_of_kind(run->bundle, kinds[i][0], kinds[i][1]);
		for (j = 0; set && j < set->objects.count; j++)
			check_one(run, set->objects.items[j]);
	}
}

const struct lint_rule lint_flux_depends_on_invalid = {
	.name = "flux-depends-on-invalid",
	.code = "PLX132",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "dependsOn of an object of Flux names nothing, or closes "
		   "a cycle.",
	.why = "It is never applied.",
	.fix = "Name an object of the set, or break the cycle.",
	.params = params,
	.check_bundle = check,
};
