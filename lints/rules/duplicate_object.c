/*
 * duplicate-object: two objects with one id; the later apply wins.
 *
 * Versions of one group are the same object, and an empty namespace is the
 * one of the release.  Loose files of a folder may be alternatives, so that two
 * of them with the same objects are one warning.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "base/table.h"
#include "lints/config.h"
#include "lints/index.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

/* What a loose file defines again. */
struct again {
	const struct object *object; /* the first of it */
	const struct object *first;  /* where it was before */
	size_t count;
};

static void report(struct lint_run *run, enum diag_severity severity,
		   const struct again *again)
{
	const struct object *object = again->object;
	const char *name_space = lint_namespace(run, object);

	run->object = object;
	lint_report_as(run, severity, value_at(object->root, "metadata.name"),
		       "%s '%s' is defined twice%s%s%s%s", object->kind,
		       object->name, *name_space ? " in namespace '" : "",
		       name_space, *name_space ? "'" : "",
		       again->count < 2
			       ? ""
			       : arena_printf(run->arena,
					      ", as %s %zu other%s of the file",
					      again->count > 2 ? "are" : "is",
					      again->count - 1,
					      again->count > 2 ? "s" : ""));
	lint_at_key(run);
	lint_related(run, value_at(again->first->root, "metadata.name"),
		     "first defined here");
	run->object = NULL;
}

static void note(struct lint_run *run, struct table *files,
		 const struct object *object, const struct object *first)
{
	const char *source = origin_source_key(&object->root->origin);
	struct again *again = table_get(files, source, sizeof(struct source *));

	if (!again) {
		again = arena_zalloc(run->arena, sizeof(*again));
		again->object = object;
		again->first = first;
		table_put(files, source, sizeof(struct source *), again);
	}
	again->count++;
}

static void check(struct lint_run *run)
{
	const struct object *object, *first;
	struct table files;
	size_t i;

	table_init(&files, run->arena);
	bundle_foreach (object, run->bundle) {
		if (!*object->name || !*object->kind)
			continue;
		first = bundle_same_id(run->bundle, object)->objects.items[0];
		if (first == object)
			continue;
		if (run->config->layers->whole ||
		    origin_source(&first->root->origin) ==
			    origin_source(&object->root->origin))
			report(run, DIAG_ERROR,
			       &(struct again){ object, first, 1 });
		else
			note(run, &files, object, first);
	}
	for (i = 0; i < files.count; i++)
		report(run, DIAG_WARNING, files.entries[i].value);
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
	.check_bundle = check,
};
