/*
 * probe-handler-count: a probe that asks nothing, or two things.
 */
#include "base/attr.h"
#include "lints/lint.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

static unsigned count_handlers(const struct value *probe)
{
	static const char *const names[] = { "exec", "httpGet", "tcpSocket",
					     "grpc" };
	unsigned count = 0;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		count += !value_is_null(value_get(probe, names[i]));
	return count;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const char *const *name;

	for (name = lint_probe_names; *name; name++) {
		const struct value *probe = value_get(c->spec, *name);
		unsigned count = count_handlers(probe);

		if (value_is_map(probe) && count != 1)
			lint_report(run, probe,
				    "%s of '%s' has %u handlers; exactly one "
				    "of exec, httpGet, tcpSocket, grpc is "
				    "needed",
				    *name, container_name(c), count);
	}
}

const struct lint_rule lint_probe_handler_count = {
	.name = "probe-handler-count",
	.code = "PL1103",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A probe has not exactly one handler.",
	.why = "The API server rejects it.",
	.fix = "Keep one handler.",
	.check_container = check,
};
