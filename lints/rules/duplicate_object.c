/*
 * duplicate-object: two objects with one id; the later apply wins.
 *
 * Versions of one group are the same object, and an empty namespace is the
 * one of the release.  Loose files of a folder may be alternatives, so that two
 * of them with one object are only a warning.
 */
#include "lints/lint.h"
#include "lints/config.h"
#include "lints/index.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static bool may_be_alternatives(const struct lint_run *run,
				const struct object *a, const struct object *b)
{
	return !run->config->layers->whole &&
	       a->root->origin.source != b->root->origin.source;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct object_set *same;
	const struct object *first;
	const char *name_space;

	if (!*object->name || !*object->kind)
		return;
	same = bundle_same_id(run->bundle, object);
	first = same->objects.items[0];
	if (first == object)
		return;
	name_space = lint_namespace(run, object);
	lint_report_as(run,
		       may_be_alternatives(run, object, first) ? DIAG_WARNING
							       : DIAG_ERROR,
		       value_at(object->root, "metadata.name"),
		       *name_space
			       ? "%s '%s' is defined twice in namespace '%s'"
			       : "%s '%s' is defined twice%s",
		       object->kind, object->name, name_space);
	lint_at_key(run);
	lint_related(run, value_at(first->root, "metadata.name"),
		     "first defined here");
}

const struct lint_rule lint_duplicate_object = {
	.name = "duplicate-object",
	.code = "PL8007",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "An object is defined twice.",
	.why = "Whichever is applied last wins, and that may change from one "
	       "apply to the next.",
	.fix = "Delete or rename one.",
	.check_object = check,
};
