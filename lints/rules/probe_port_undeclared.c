/*
 * probe-port-undeclared: a probe of a port that the container does not list.
 *
 * Ports need not be declared to be open, so a number is worth a remark only;
 * a name that nothing declares can never be resolved.
 */
#include "lints/lint.h"

#include "base/arena.h"
#include "base/attr.h"
#include "base/edit_distance.h"
#include "lints/subjects/pods.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

static const char *near_name(struct lint_run *run,
			     const struct value *container, const char *name)
{
	VEC(const char *) names = { 0 };
	const struct value *port;

	list_foreach (port, value_get(container, "ports"))
		if (value_is_string(value_get(port, "name")))
			vec_push(run->arena, &names,
				 value_string(value_get(port, "name")));
	vec_push(run->arena, &names, NULL);
	return edit_nearest_of(name, names.items);
}

static void check_port(struct lint_run *run, const struct container_ref *c,
		       const char *probe, const struct value *port)
{
	const char *near;
	int64_t number;

	if (value_is_string(port)) {
		const struct value *named =
			lint_port_named(c->spec, value_string(port));
		const char *protocol =
			value_string_or(value_get(named, "protocol"), "TCP");

		if (named && strcmp(protocol, "TCP") == 0)
			return;
		if (named) {
			lint_report_as(run, DIAG_ERROR, port,
				       "%s of '%s' uses port '%s', which is %s",
				       probe, container_name(c),
				       value_string(port), protocol);
			lint_help(run, "probe a port of protocol TCP");
			return;
		}
		lint_report_as(run, DIAG_ERROR, port,
			       "%s of '%s' uses port '%s', which the container "
			       "does not declare",
			       probe, container_name(c), value_string(port));
		near = near_name(run, c->spec, value_string(port));
		if (near)
			lint_help(run,
				  "use a declared port (did you mean "
				  "'%s'?)",
				  near);
		return;
	}
	if (!value_as_int(port, &number) ||
	    lint_port_numbered(c->spec, number, "TCP"))
		return;
	lint_report_as(run, DIAG_INFO, port,
		       "%s of '%s' uses port %lld, which the container does "
		       "not declare",
		       probe, container_name(c), (long long)number);
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const probes[] = { "livenessProbe", "readinessProbe",
					      "startupProbe" };
	const char *handler;
	size_t i;

	if (!lint_runs_on(c))
		return;
	for (i = 0; i < ARRAY_COUNT(probes); i++)
		check_port(run, c, probes[i],
			   value_get(lint_probe_handler(
					     value_get(c->spec, probes[i]),
					     &handler),
				     "port"));
}

const struct lint_rule lint_probe_port_undeclared = {
	.name = "probe-port-undeclared",
	.code = "PL1005",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A probe uses a port that the container does not declare.",
	.why = "A name that no port has can never be resolved: the probe fails "
	       "for ever. A number works, but the declaration has been "
	       "forgotten or is wrong.",
	.fix = "Use a declared port, or declare it under ports.",
	.check_container = check,
};
