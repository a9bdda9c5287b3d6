/*
 * ignore-expired: an ignore whose last day is over.
 */
#include "lints/lint.h"
#include "lints/config.h"
#include "model/value.h"

static void check(struct lint_run *run)
{
	size_t i;

	for (i = 0; i < run->config->expired.count; i++) {
		const struct value *item = run->config->expired.items[i];
		const struct value *until = value_get(item, "until");
		const struct value *rule = value_get(item, "rule");
		const char *text = value_is_string(until) ? value_string(until)
				   : until->text          ? until->text
							  : "";

		if (value_is_list(rule))
			rule = value_item(rule, 0);
		lint_report(run, until, "ignore of %s expired on %s",
			    value_string_or(rule, "all rules"), text);
	}
}

const struct lint_rule lint_ignore_expired = {
	.name = "ignore-expired",
	.code = "PL0117",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "An ignore of the project file has expired.",
	.why = "It leaves nothing out any more; what it was for is either "
	       "mended or has to be decided again.",
	.fix = "Fix the finding or renew the date.",
	.check_bundle = check,
};
