/*
 * ingress-collision: two Ingresses that route the same requests.
 *
 * Canaries of ingress-nginx share a route on purpose.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "base/table.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *class_of(const struct object *object)
{
	const char *written =
		value_string(value_at(object->root, "spec.ingressClassName"));

	return written ? written
		       : value_string_or(
				 value_at(object->root,
					  "metadata.annotations"
					  "[\"kubernetes.io/ingress.class\"]"),
				 "");
}

static bool is_canary(const struct object *object)
{
	return value_equals_string(
		value_at(object->root,
			 "metadata.annotations"
			 "[\"nginx.ingress.kubernetes.io/canary\"]"),
		"true");
}

static void check_path(struct lint_run *run, struct table *routes,
		       struct object *object, const char *host,
		       const struct value *path)
{
	const char *text = value_string_or(value_get(path, "path"), "/");
	const char *key = arena_printf(
		run->arena, "%s\n%s\n%s\n%s", class_of(object), host, text,
		value_string_or(value_get(path, "pathType"), ""));
	const struct object *other = table_gets(routes, key);

	if (!other)
		table_puts(routes, key, object);
	else if (other != object)
		lint_report_in(run, object, path,
			       "'%s%s' is already routed by Ingress '%s'", host,
			       text, other->name);
}

static void check(struct lint_run *run)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "networking.k8s.io", "Ingress");
	const struct value *rule, *path;
	struct table routes;
	size_t i;

	table_init(&routes, run->arena);
	for (i = 0; set && i < set->objects.count; i++) {
		struct object *object = set->objects.items[i];

		if (is_canary(object))
			continue;
		list_foreach (rule, value_at(object->root, "spec.rules"))
			list_foreach (path, value_at(rule, "http.paths"))
				check_path(run, &routes, object,
					   value_string_or(
						   value_get(rule, "host"), ""),
					   path);
	}
}

const struct lint_rule lint_ingress_collision = {
	.name = "ingress-collision",
	.code = "PL5120",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Two Ingresses route the same host and path.",
	.why = "Which of them wins depends on the controller and on their age.",
	.fix = "Keep one route per host and path.",
	.check_bundle = check,
};
