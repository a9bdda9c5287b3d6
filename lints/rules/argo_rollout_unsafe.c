/*
 * argo-rollout-unsafe: a Rollout that hangs or cannot go back.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "argoproj.io", "Rollout" },
					   { NULL, NULL } };

enum {
	SCALE_DOWN_DELAY = 30 /* seconds, in which addresses are forgotten */
};

static void report(struct lint_run *run, const struct value *at,
		   const char *reason, const char *help)
{
	lint_report(run, at, "Rollout '%s': %s", run->object->name, reason);
	lint_help(run, "%s", help);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *canary = value_at(spec, "strategy.canary");
	const struct value *green = value_at(spec, "strategy.blueGreen");
	const struct value *steps = value_get(canary, "steps");
	const struct value *last = value_item(steps, value_count(steps) - 1);
	const struct value *pause = value_get(last, "pause");
	const struct value *delay =
		value_get(green ? green : canary, "scaleDownDelaySeconds");
	const struct value *abort = value_get(spec, "progressDeadlineAbort");
	const struct value *history = value_get(spec, "revisionHistoryLimit");
	int64_t seconds;

	if (value_is_map(pause) && value_is_null(value_get(pause, "duration")))
		report(run, pause, "the last step waits for ever",
		       "give the pause a duration");
	if (value_as_int(delay, &seconds) && seconds < SCALE_DOWN_DELAY)
		report(run, delay,
		       "old pods go before all know of the new ones",
		       "set scaleDownDelaySeconds to at least 30");
	if (value_is_false(abort))
		report(run, abort, "it does not give up after its deadline",
		       "set progressDeadlineAbort: true");
	if (value_equals_int(history, 0))
		report(run, history, "there is nothing to go back to",
		       "set revisionHistoryLimit above 0");
}

const struct lint_rule lint_argo_rollout_unsafe = {
	.name = "argo-rollout-unsafe",
	.code = "PLX106",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Rollout waits for ever, or keeps nothing to go back to.",
	.why = "What was meant as a safe way to deliver is then worse than a "
	       "plain one.",
	.fix = "Change the field.",
	.kinds = kinds,
	.check_object = check,
};
