/*
 * pdb-blocks-eviction: a budget that lets no pod go.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

static const struct group_kind kinds[] = { { "policy", "PodDisruptionBudget" },
					   { NULL, NULL } };

/* "0", "0%", "00%" */
static bool is_number(const struct value *value, const char *number)
{
	const char *text = value_string(value);

	if (!text)
		return false;
	text += strspn(text, "0");
	if (*number == '0')
		return strcmp(text, "%") == 0 || !*text;
	return strncmp(text, number, strlen(number)) == 0 &&
	       strcmp(text + strlen(number), "%") == 0;
}

static void report(struct lint_run *run, const struct value *at,
		   const char *field)
{
	lint_report(run, at,
		    "%s: %s allows no voluntary eviction: node drains hang",
		    field, value_is_string(at) ? value_string(at) : "0");
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *max = value_get(spec, "maxUnavailable");
	const struct value *min = value_get(spec, "minAvailable");

	if (value_equals_int(max, 0) || is_number(max, "0"))
		report(run, max, "maxUnavailable");
	else if (is_number(min, "100"))
		report(run, min, "minAvailable");
}

const struct lint_rule lint_pdb_blocks_eviction = {
	.name = "pdb-blocks-eviction",
	.code = "PL1013",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A PodDisruptionBudget allows no eviction at all.",
	.why = "Draining a node then waits for ever, and upgrades of the "
	       "cluster stop there.",
	.fix = "Use maxUnavailable: 1.",
	.kinds = kinds,
	.check_object = check,
};
