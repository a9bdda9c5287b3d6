/*
 * helm-hook-invalid: annotations of hooks that Helm does not understand.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/number.h"
#include "lints/index.h"
#include "lints/subjects/pods.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *const events[] = {
	"pre-install", "post-install", "pre-delete",   "post-delete",
	"pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback",
	"test",        "test-success", "test-failure", "crd-install",
	NULL
};
static const char *const policies[] = { "before-hook-creation",
					"hook-succeeded", "hook-failed", NULL };

static bool is_one_of(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

static void check_words(struct lint_run *run, const struct value *annotations,
			const char *key, const char *const *words)
{
	const struct value *value = value_get(annotations, key);
	const char *at = value_string_or(value, ""), *word;
	size_t len;

	while (*at) {
		at += strspn(at, ", ");
		len = strcspn(at, ", ");
		word = arena_strndup(run->arena, at, len);
		at += len;
		if (!len || is_one_of(words, word))
			continue;
		lint_report(run, value, "annotation %s: '%s' is unknown", key,
			    word);
		word = edit_nearest_of(word, words);
		if (word)
			lint_help(run, "use %s", word);
	}
}

static void check_weight(struct lint_run *run, const struct value *annotations)
{
	const struct value *value =
		value_get(annotations, "helm.sh/hook-weight");
	const char *text = value_string(value);
	int64_t number;

	if (value && !text && !value_is_null(value)) {
		lint_report(run, value,
			    "annotation helm.sh/hook-weight: '%s' is not a "
			    "string",
			    value->kind < VALUE_STRING && value->text
				    ? value->text
				    : "");
		lint_help(run, "quote it");
	} else if (text && number_parse_int(text, strlen(text), 10, &number) !=
				   NUMBER_OK) {
		lint_report(run, value,
			    "annotation helm.sh/hook-weight: '%s' is not a "
			    "whole number",
			    text);
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *annotations =
		value_at(object->root, "metadata.annotations");
	const struct value *hook = value_get(annotations, "helm.sh/hook");

	if (!hook)
		return;
	check_words(run, annotations, "helm.sh/hook", events);
	check_words(run, annotations, "helm.sh/hook-delete-policy", policies);
	check_weight(run, annotations);
	if (lint_is_test(object) && strcmp(object->kind, "Pod") != 0 &&
	    strcmp(object->kind, "Job") != 0 && lint_workload_of(run, object))
		lint_report_as(run, DIAG_WARNING, hook,
			       "annotation helm.sh/hook: 'test' waits for a "
			       "Pod or a Job, and a %s never ends",
			       object->kind);
}

const struct lint_rule lint_helm_hook_invalid = {
	.name = "helm-hook-invalid",
	.code = "PL0114",
	.group = LINT_INPUT,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An annotation of a Helm hook has a value that Helm does "
		   "not know.",
	.why = "The hook runs at another time, or not at all.",
	.fix = "Correct the annotation.",
	.check_object = check,
};
