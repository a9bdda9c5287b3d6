/*
 * dns-ndots-unset: names that are looked up five times.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/number.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = { { "ndots", LINT_PARAM_INT, "2",
					      "The highest that is wanted." },
					    { .name = NULL } };

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *options = value_at(pod->spec, "dnsConfig.options");
	const struct value *item;
	int64_t most = lint_param_int(run, "ndots"), dots;

	list_foreach (item, options) {
		const char *text =
			value_string_or(value_get(item, "value"), "");

		if (!value_equals_string(value_get(item, "name"), "ndots") ||
		    number_parse_int(text, strlen(text), 10, &dots) !=
			    NUMBER_OK)
			continue;
		if (dots > most)
			lint_report(run, item, "ndots is %s, not %lld", text,
				    (long long)most);
		return;
	}
	lint_report_absent(run, pod->spec, "dnsConfig.options",
			   "ndots is not set: it is 5, not %lld",
			   (long long)most);
}

const struct lint_rule lint_dns_ndots_unset = {
	.name = "dns-ndots-unset",
	.code = "PL5134",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod keeps ndots at 5.",
	.why = "Each name of the internet is first looked up in all domains of "
	       "the cluster.",
	.fix = "Set ndots to 2 in dnsConfig.options.",
	.params = params,
	.check_pod = check,
};
