#include "lints/subjects/istio.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

bool lint_istio_service(struct lint_run *run, const struct object *object,
			const char *host, struct lint_reference *ref)
{
	const char *dot = strchr(host, '.'), *rest;

	*ref = (struct lint_reference){ "", "Service",
					lint_namespace(run, object), host };
	if (!dot)
		return !strchr(host, '*') && *host;
	ref->name = arena_strndup(run->arena, host, (size_t)(dot - host));
	rest = strchr(dot + 1, '.');
	if (!rest || strncmp(rest, ".svc", 4) != 0 || strchr(ref->name, '*'))
		return false;
	ref->name_space =
		arena_strndup(run->arena, dot + 1, (size_t)(rest - dot - 1));
	return true;
}

const char *lint_istio_host(struct lint_run *run, const struct object *object,
			    const char *host)
{
	struct lint_reference ref;

	if (!lint_istio_service(run, object, host, &ref))
		return host;
	return arena_printf(run->arena, "%s.%s.svc", ref.name, ref.name_space);
}

void lint_istio_destinations(struct lint_run *run, const struct object *object,
			     void (*check)(struct lint_run *run,
					   const struct object *object,
					   const struct value *destination,
					   void *context),
			     void *context)
{
	static const char *const protocols[] = { "http", "tcp", "tls" };
	const struct value *rule, *route;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(protocols); i++)
		list_foreach (rule, value_at(object->root,
					     arena_printf(run->arena, "spec.%s",
							  protocols[i]))) {
			list_foreach (route, value_get(rule, "route"))
				check(run, object,
				      value_get(route, "destination"), context);
			check(run, object, value_get(rule, "mirror"), context);
			list_foreach (route, value_get(rule, "mirrors"))
				check(run, object,
				      value_get(route, "destination"), context);
		}
}
