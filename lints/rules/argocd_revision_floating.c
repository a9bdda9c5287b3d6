/*
 * argocd-revision-floating: an Application that follows something that moves.
 *
 * What is neither a version nor the hash of a commit is taken for a branch.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/argocd.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "allowBranches", LINT_PARAM_TEXTS, "[]",
	  "Branches that may be followed." },
	{ .name = NULL }
};

static bool is_commit(const char *text)
{
	size_t len = strspn(text, "0123456789abcdef");

	return !text[len] && len >= 7 && len <= 40;
}

/* v1.2.3, release-1.2, 2024.05: a digit and no sign of a range. */
static bool is_version(const char *text)
{
	const char *last = strrchr(text, '/');

	if (strpbrk(text, "*^~<>=| ") || !strpbrk(text, "0123456789"))
		return false;
	text = last ? last + 1 : text;
	text += *text == 'v';
	return strspn(text, "0123456789") && strchr(text, '.') &&
	       !strstr(text, ".x");
}

static bool is_allowed(struct lint_run *run, const char *text)
{
	const char *const *branch = lint_param_texts(run, "allowBranches");

	for (; *branch; branch++)
		if (strcmp(*branch, text) == 0)
			return true;
	return false;
}

static void check_source(struct lint_run *run, const struct object *object,
			 const struct value *source)
{
	const struct value *revision = value_get(source, "targetRevision");
	const char *text = value_string_or(revision, "HEAD");

	if (!value_is_map(source) || is_commit(text) || is_version(text) ||
	    is_allowed(run, text) || strstr(text, "{{") || strstr(text, "${"))
		return;
	lint_report(run, revision ? revision : source, "%s '%s' follows %s",
		    object->kind, object->name, *text ? text : "HEAD");
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = lint_app_spec(object), *item;

	check_source(run, object, value_get(spec, "source"));
	list_foreach (item, value_get(spec, "sources"))
		check_source(run, object, item);
}

const struct lint_rule lint_argocd_revision_floating = {
	.name = "argocd-revision-floating",
	.code = "PLX104",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An Application follows a branch or a range of versions.",
	.why = "What runs then changes without a change here.",
	.fix = "Pin a tag or commit.",
	.kinds = lint_app_kinds,
	.params = params,
	.check_object = check,
};
