/*
 * psa-namespace-violation: a pod that its own namespace refuses.
 *
 * The server looks only at pods, so that controllers are created and then
 * never get their pods.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/pss.h"
#include "model/value.h"
#include "model/value_path.h"

static const char prefix[] = "pod-security.kubernetes.io/";

static const char *label(struct lint_run *run, const struct object *object,
			 const char *name)
{
	const struct value *labels = value_at(object->root, "metadata.labels");

	return value_string_or(
		value_get(labels, arena_join(run->arena, prefix, name)), "");
}

static bool level_of(const char *text, enum lint_pss_level *level)
{
	*level = LINT_PSS_BASELINE;
	if (strcmp(text, "restricted") == 0)
		*level = LINT_PSS_RESTRICTED;
	return *level || strcmp(text, "baseline") == 0;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	struct lint_reference ref = { "", "Namespace", "",
				      lint_namespace(run, object) };
	const struct object *home = lint_referred(run, &ref);
	struct lint_pss_violation found;
	enum lint_pss_level level;
	const char *text;
	unsigned minor;
	size_t at = 0;

	if (!home)
		return;
	text = label(run, home, "enforce");
	if (!level_of(text, &level) ||
	    !lint_pss_version(label(run, home, "enforce-version"),
			      run->kubernetes.newest, &minor))
		return;
	while (lint_pss_next(pod, level, minor, &at, &found)) {
		lint_report(run, found.at,
			    "%s '%s' would be refused by its namespace's own "
			    "level '%s': %s",
			    object->kind, object->name, text, found.says);
		lint_related(run, home->root, "the namespace");
	}
}

const struct lint_rule lint_psa_namespace_violation = {
	.name = "psa-namespace-violation",
	.code = "PL3141",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A pod violates the level that its namespace enforces.",
	.why = "Its namespace carries a label by which admission refuses the "
	       "pod.",
	.fix = "Correct the pod, or lower the namespace's enforce label.",
	.check_pod = check,
};
