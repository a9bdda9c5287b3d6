/*
 * namespace-mixed: objects of one kind that partly name their namespace and
 * partly do not.
 *
 * Rights are often given in another namespace on purpose, so only kinds that
 * refer to one another are looked at.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "", "ConfigMap" },       { "", "PersistentVolumeClaim" },
	{ "", "Secret" },          { "", "Service" },
	{ "", "ServiceAccount" },  { "apps", "Deployment" },
	{ "apps", "StatefulSet" }, { "networking.k8s.io", "Ingress" },
};

/* Of the objects that have one, how many name it and how many do not. */
struct tally {
	size_t with;
	size_t without;
	const struct object *names;
	const struct object *does_not;
};

static void count(struct tally *tally, const struct object_set *set)
{
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *object = set->objects.items[i];

		if (*object->name_space) {
			if (!tally->with++)
				tally->names = object;
		} else if (!tally->without++) {
			tally->does_not = object;
		}
	}
}

static const struct object_set *set_of(const struct lint_run *run, size_t kind)
{
	return bundle_of_kind(run->bundle, kinds[kind].group, kinds[kind].kind);
}

/* Who is one of a few is the one to edit. */
static void report(struct lint_run *run, const struct tally *tally, bool few)
{
	const struct object *object = few ? tally->does_not : tally->names;
	size_t others = few ? tally->with : tally->without;

	lint_report_in(
		run, object,
		value_at(object->root,
			 few ? "metadata.name" : "metadata.namespace"),
		"'%s' names %s namespace, %zu %s of this set %s%s: references "
		"depend on -n",
		object->name, few ? "no" : "its", others,
		others == 1 ? "other" : "others", others == 1 ? "does" : "do",
		few ? "" : " not");
	/* Often a helper makes it. */
	lint_at_key(run);
}

static void check(struct lint_run *run)
{
	struct tally all = { 0 }, tally;
	size_t k;

	for (k = 0; k < ARRAY_COUNT(kinds); k++)
		count(&all, set_of(run, k));

	for (k = 0; k < ARRAY_COUNT(kinds); k++) {
		memset(&tally, 0, sizeof(tally));
		count(&tally, set_of(run, k));
		if (tally.with && tally.without)
			report(run, &tally, all.without < all.with);
	}
}

const struct lint_rule lint_namespace_mixed = {
	.name = "namespace-mixed",
	.code = "PL8119",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "Some objects of a kind name their namespace and others do "
		   "not.",
	.why = "Their references hold only if the others are applied to that "
	       "namespace.",
	.fix = "Write it everywhere or nowhere.",
	.check_bundle = check,
};
