/*
 * Requests and limits of containers.
 */
#ifndef LINTS_SUBJECTS_RESOURCES_H
#define LINTS_SUBJECTS_RESOURCES_H

#include <stdbool.h>

#include "model/podspec.h"

struct lint_run;
struct value;

/* Parameters of rules about missing resources. */
#define LINT_RESOURCE_PARAM_INIT                                               \
	{                                                                      \
		"initContainers", LINT_PARAM_BOOL, "false",                    \
			"Look at init containers too."                         \
	}
#define LINT_RESOURCE_PARAM_LIMIT                                              \
	{                                                                      \
		"limitCounts", LINT_PARAM_BOOL, "true",                        \
			"A limit counts, because the server copies it."        \
	}

/* A resource of a container: "requests", "cpu". */
const struct value *lint_resource(const struct container_ref *container,
				  const char *list, const char *resource);

/*
 * Whether the resource is set in another way: for the pod as a whole (1.34),
 * or by a LimitRange of the namespace.
 */
bool lint_resource_elsewhere(struct lint_run *run,
			     const struct container_ref *container,
			     const char *list, const char *resource);

/*
 * Report a container that lacks a resource, as "container 'x' WHAT"; the rule
 * has the parameters above, of which limitCounts may be absent.
 */
void lint_resource_missing(struct lint_run *run,
			   const struct container_ref *container,
			   const char *list, const char *resource,
			   const char *what);

/* Report a request that is not the same as its limit. */
void lint_request_not_limit(struct lint_run *run,
			    const struct container_ref *container,
			    const char *resource);

#endif
