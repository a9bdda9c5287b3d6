/*
 * rolling-update-out-of-bounds: a rollout that is not as the project wants it.
 *
 * A number is compared with numbers and a percentage with percentages.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/number.h"
#include "model/value.h"
#include "model/value_path.h"

#define BOUND(name, what)                                                      \
	{                                                                      \
		name, LINT_PARAM_TEXT, "\"\"",                                 \
			what " A number or a percentage; empty: any."          \
	}

static const struct lint_param params[] = {
	{ "strategyType", LINT_PARAM_PATTERNS, "[^Rolling]",
	  "Patterns over the type of the strategy." },
	BOUND("minMaxUnavailable", "The least maxUnavailable."),
	BOUND("maxMaxUnavailable", "The greatest maxUnavailable."),
	BOUND("minMaxSurge", "The least maxSurge."),
	BOUND("maxMaxSurge", "The greatest maxSurge."),
	{ .name = NULL }
};

static const struct group_kind kinds[] = { { "apps", "Deployment" },
					   { "apps", "DaemonSet" },
					   { "apps.openshift.io",
					     "DeploymentConfig" },
					   { NULL, NULL } };

struct amount {
	int64_t number;
	bool percent;
};

static bool parse(const char *text, struct amount *amount)
{
	size_t len = strlen(text);

	amount->percent = len && text[len - 1] == '%';
	return number_parse_int(text, len - amount->percent, 10,
				&amount->number) == NUMBER_OK;
}

static bool read_amount(const struct value *value, struct amount *amount)
{
	if (value_is_string(value))
		return parse(value_string(value), amount);
	amount->percent = false;
	return value_as_int(value, &amount->number);
}

static void compare(struct lint_run *run, const struct value *rolling,
		    const char *field, const char *least, const char *greatest)
{
	const struct value *at = value_get(rolling, field);
	const char *min = lint_param_text(run, least);
	const char *max = lint_param_text(run, greatest);
	struct amount have, bound;

	if (!read_amount(at, &have))
		return;
	if (parse(min, &bound) && bound.percent == have.percent &&
	    have.number < bound.number)
		lint_report(run, at, "%s %lld%s is below %s", field,
			    (long long)have.number, have.percent ? "%" : "",
			    min);
	if (parse(max, &bound) && bound.percent == have.percent &&
	    have.number > bound.number)
		lint_report(run, at, "%s %lld%s is above %s", field,
			    (long long)have.number, have.percent ? "%" : "",
			    max);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *strategy = value_get(spec, "strategy");
	const struct value *type, *rolling;

	if (!strategy)
		strategy = value_get(spec, "updateStrategy");
	type = value_get(strategy, "type");
	if (value_is_string(type) &&
	    !lint_param_matches(run, "strategyType", value_string(type)))
		lint_report(run, type, "strategy %s is not what is wanted here",
			    value_string(type));
	rolling = value_get(strategy, "rollingUpdate");
	if (!rolling)
		rolling = value_get(strategy, "rollingParams");
	compare(run, rolling, "maxUnavailable", "minMaxUnavailable",
		"maxMaxUnavailable");
	compare(run, rolling, "maxSurge", "minMaxSurge", "maxMaxSurge");
}

const struct lint_rule lint_rolling_update_out_of_bounds = {
	.name = "rolling-update-out-of-bounds",
	.code = "PL1127",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A rollout is faster or slower than the project wants.",
	.why = "How many pods go at once decides how much capacity is left "
	       "while a release is rolled out.",
	.fix = "Use values inside of the bounds.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
