/*
 * openshift-route-insecure: a Route without TLS, or one of two for a path.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "base/table.h"
#include "model/bundle.h"
#include "model/value.h"

static void report(struct lint_run *run, const struct object *route,
		   const struct value *at, const char *reason)
{
	lint_report_in(run, route, at, "Route '%s': %s", route->name, reason);
}

static void check_one(struct lint_run *run, struct table *seen,
		      const struct object *route)
{
	const struct value *spec = value_get(route->root, "spec");
	const struct value *tls = value_get(spec, "tls");
	const struct value *policy =
		value_get(tls, "insecureEdgeTerminationPolicy");
	const char *host = value_string_or(value_get(spec, "host"), "");
	const char *key =
		arena_printf(run->arena, "%s%s", host,
			     value_string_or(value_get(spec, "path"), ""));
	const struct object *other = table_gets(seen, key);

	if (!value_count(tls))
		report(run, route, spec, "it has no TLS");
	if (value_equals_string(policy, "Allow")) {
		report(run, route, policy, "it serves plain text as well");
		lint_help(run, "set Redirect or None");
	}
	if (*host && other) {
		report(run, route, value_get(spec, "host"),
		       arena_printf(run->arena,
				    "Route '%s' has the same host and path",
				    other->name));
		lint_help(run, "delete one, or change the path");
	} else if (*host) {
		table_puts(seen, key, (void *)route);
	}
}

static void check(struct lint_run *run)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "route.openshift.io", "Route");
	struct table seen;
	size_t i;

	table_init(&seen, run->arena);
	for (i = 0; set && i < set->objects.count; i++)
		check_one(run, &seen, set->objects.items[i]);
}

const struct lint_rule lint_openshift_route_insecure = {
	.name = "openshift-route-insecure",
	.code = "PLX129",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Route serves plain text, or another one has its host "
		   "and path.",
	.why = "What is sent can be read on the way; of two Routes the older "
	       "one wins.",
	.fix = "Set tls.termination.",
	.check_bundle = check,
};
