/*
 * containers-too-many: a pod of many parts.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "max", LINT_PARAM_INT, "4", "The most regular containers of a pod." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *list = value_get(pod->spec, "containers");
	int64_t max = lint_param_int(run, "max");

	if ((int64_t)value_count(list) > max)
		lint_report(run, list,
			    "'%s' has %zu containers; the most here is %lld",
			    pod->object->name, value_count(list),
			    (long long)max);
}

const struct lint_rule lint_containers_too_many = {
	.name = "containers-too-many",
	.code = "PL2111",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod has many containers.",
	.why = "They are scheduled, scaled and restarted together.",
	.fix = "Move some to pods of their own.",
	.params = params,
	.check_pod = check,
};
