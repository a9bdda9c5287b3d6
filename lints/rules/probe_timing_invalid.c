/*
 * probe-timing-invalid: thresholds and times that a probe cannot have.
 *
 * Zeros are not refused: the server writes its default in their place, except
 * for initialDelaySeconds, where 0 is what it says.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

static const struct {
	const char *field;
	int64_t otherwise;
} times[] = {
	{ "initialDelaySeconds", 0 }, { "timeoutSeconds", 1 },
	{ "periodSeconds", 10 },      { "successThreshold", 1 },
	{ "failureThreshold", 3 },
};

static void check_times(struct lint_run *run, const struct container_ref *c,
			const char *name, const struct value *probe)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(times); i++) {
		const struct value *at = value_get(probe, times[i].field);
		int64_t number;

		if (!value_as_int(at, &number))
			continue;
		if (number < 0)
			lint_report(run, at, "%s of '%s': %s %lld is negative",
				    name, container_name(c), times[i].field,
				    (long long)number);
		else if (!number && times[i].otherwise)
			lint_report_as(run, DIAG_INFO, at,
				       "%s of '%s': %s 0 is read as the "
				       "default %lld",
				       name, container_name(c), times[i].field,
				       (long long)times[i].otherwise);
	}
}

static void check_rest(struct lint_run *run, const struct container_ref *c,
		       const char *name, const struct value *probe)
{
	const struct value *success = value_get(probe, "successThreshold");
	const struct value *timeout = value_get(probe, "timeoutSeconds");
	const struct value *grace =
		value_get(probe, "terminationGracePeriodSeconds");
	bool readiness = strcmp(name, "readinessProbe") == 0;
	int64_t period = lint_probe_int(probe, "periodSeconds", 10);
	int64_t number;

	if (!readiness && value_as_int(success, &number) && number > 1)
		lint_report(run, success,
			    "%s of '%s': successThreshold %lld must be 1", name,
			    container_name(c), (long long)number);
	if (readiness && !value_is_null(grace))
		lint_report(run, grace,
			    "%s of '%s': terminationGracePeriodSeconds is not "
			    "allowed here",
			    name, container_name(c));
	if (value_as_int(timeout, &number) && period > 0 && number > period)
		lint_report_as(run, DIAG_INFO, timeout,
			       "%s of '%s': timeoutSeconds %lld is longer than "
			       "the period of %lld s",
			       name, container_name(c), (long long)number,
			       (long long)period);
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const char *const *name;

	for (name = lint_probe_names; *name; name++) {
		const struct value *probe = value_get(c->spec, *name);

		if (!value_is_map(probe))
			continue;
		check_times(run, c, *name, probe);
		check_rest(run, c, *name, probe);
	}
}

const struct lint_rule lint_probe_timing_invalid = {
	.name = "probe-timing-invalid",
	.code = "PL1102",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A probe has thresholds or times that it cannot have.",
	.why = "The API server rejects it, or reads another number.",
	.fix = "Set the field to a value the API server accepts.",
	.check_container = check,
};
