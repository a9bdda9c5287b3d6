/*
 * git-sync-env: a git-sync that runs what others say.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const names[] = { "GITSYNC_GIT", "GIT_SYNC_GIT" };
	const struct value *item;
	size_t i;

	list_foreach (item, value_get(c->spec, "env"))
		for (i = 0; i < ARRAY_COUNT(names); i++)
			if (value_equals_string(value_get(item, "name"),
						names[i]))
				lint_report(run, value_get(item, "name"),
					    "%s makes git-sync run a command "
					    "of the caller's choice",
					    names[i]);
}

const struct lint_rule lint_git_sync_env = {
	.name = "git-sync-env",
	.code = "PL3145",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A variable of git-sync names the program that it runs.",
	.why = "Who can change the pod or its values gets commands run with "
	       "its account.",
	.fix = "Delete the variable.",
	.check_container = check,
};
