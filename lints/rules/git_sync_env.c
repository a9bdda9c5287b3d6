/*
 * git-sync-env: a git-sync that runs what others say.
 *
 * Names as of version 4 (GITSYNC_) and before.  A hook whose command is
 * written in the manifest is a part of it; one that comes from a ConfigMap or
 * Secret is whoever's may change those.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "model/value.h"

static const struct {
	const char *name;
	bool hook; /* runs what it says: fine if that is written here */
} variables[] = {
	{ "GITSYNC_EXECHOOK_COMMAND", true },
	{ "GITSYNC_GIT", false },
	{ "GITSYNC_SYNC_HOOK_COMMAND", true },
	{ "GIT_SYNC_EXECHOOK_COMMAND", true },
	{ "GIT_SYNC_GIT", false },
	{ "GIT_SYNC_HOOK_COMMAND", true },
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *item, *name;
	size_t i;

	list_foreach (item, value_get(c->spec, "env")) {
		name = value_get(item, "name");
		for (i = 0; i < ARRAY_COUNT(variables); i++)
			if (value_equals_string(name, variables[i].name) &&
			    (!variables[i].hook ||
			     value_get(item, "valueFrom")))
				lint_report(run, name,
					    "%s makes git-sync run a command "
					    "of the caller's choice",
					    variables[i].name);
	}
}

const struct lint_rule lint_git_sync_env = {
	.name = "git-sync-env",
	.code = "PL3145",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A variable of git-sync decides what program it runs.",
	.why = "Who can change the pod or its values gets commands run with "
	       "its account.",
	.fix = "Delete the variable.",
	.check_container = check,
};
