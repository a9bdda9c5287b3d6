/*
 * One cause, one finding: what others say again is taken out of what a run
 * found.
 */
#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/config.h"
#include "lints/run.h"
#include "model/value.h"
#include "model/value_path.h"

void lint_meant(struct lint_run *run, const struct value *parent,
		const char *wrong, const char *right)
{
	struct lint_finding *finding;
	const char *path;
	size_t len, tail = strlen(wrong);

	if (!run->found->findings.count || value_at(parent, right))
		return;
	finding = *vec_last(&run->found->findings);
	path = finding->diag->path;
	len = path ? strlen(path) : 0;
	/* Keys that need quotes in a path are no misspelled fields. */
	if (len < tail || strcmp(path + len - tail, wrong) != 0 ||
	    (len > tail && path[len - tail - 1] != '.'))
		return;
	finding->meant = arena_printf(run->found->kept, "%.*s%s",
				      (int)(len - tail), path, right);
}

static const char *key_of(struct lint_run *run,
			  const struct lint_finding *finding, const char *path,
			  size_t len)
{
	return arena_printf(run->arena, "%u\n%.*s", (unsigned)finding->object,
			    (int)len, path);
}

static bool is_on(const struct lint_run *run,
		  const struct lint_finding *finding)
{
	return run->config->settings[finding->rule].on;
}

/* Rules that say more of a value than that its type is wrong, or it is old. */
static bool says_more(const struct lint_finding *finding)
{
	if (finding->rule == LINT_RULE_service_account_deprecated_field)
		return true;
	return finding->diag->severity == DIAG_ERROR &&
	       !lint_rules[finding->rule]->by_schema &&
	       lint_rules[finding->rule]->group != LINT_INPUT;
}

/* Whether the field, or one that it is in, is there under a wrong name. */
static bool is_meant(struct lint_run *run, const struct table *meant,
		     const struct lint_finding *finding)
{
	const char *path = finding->diag->path;
	size_t len = 0;

	while (path[len]) {
		len += 1 + strcspn(path + len + 1, ".[");
		if (table_gets(meant, key_of(run, finding, path, len)))
			return true;
	}
	return false;
}

void lint_fold(struct lint_run *run)
{
	struct lint_found *found = run->found;
	struct table meant, said;
	struct lint_finding *finding;
	size_t i;

	table_init(&meant, run->arena);
	table_init(&said, run->arena);
	for (i = 0; i < found->findings.count; i++) {
		finding = found->findings.items[i];
		if (!is_on(run, finding) || !finding->diag->path)
			continue;
		if (finding->meant)
			table_puts(&meant,
				   key_of(run, finding, finding->meant,
					  strlen(finding->meant)),
				   finding);
		if (says_more(finding))
			table_puts(&said,
				   key_of(run, finding, finding->diag->path,
					  strlen(finding->diag->path)),
				   finding);
	}
	for (i = 0; i < found->findings.count; i++) {
		finding = found->findings.items[i];
		if (!finding->diag->path)
			continue;
		if (meant.count && is_meant(run, &meant, finding))
			finding->folded = true;
		if ((finding->rule == LINT_RULE_schema_wrong_type ||
		     finding->rule == LINT_RULE_field_deprecated) &&
		    said.count)
			finding->folded |= !!table_gets(
				&said, key_of(run, finding, finding->diag->path,
					      strlen(finding->diag->path)));
	}
}
