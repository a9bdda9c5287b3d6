/*
 * What several rules ask of a pod or a container.
 */
#ifndef LINTS_SUBJECTS_PODS_H
#define LINTS_SUBJECTS_PODS_H

#include <stdbool.h>

#include "model/podspec.h"

struct lint_run;
struct object;
struct value;

/* Containers that run beside each other: regular ones and sidecars. */
bool lint_runs_on(const struct container_ref *container);

/* An object that only `helm test` creates. */
bool lint_is_test(const struct object *object);

/*
 * Whether the pods are meant to run for ever: no Job, no CronJob, restarted
 * always, not made by `helm test`.
 */
bool lint_is_service(const struct object *object, const struct value *pod);

bool lint_is_windows(const struct value *pod);

/* hostUsers: false, where Pod Security honours it (1.35). */
bool lint_has_own_users(const struct lint_run *run, const struct value *pod);

/*
 * A field of the securityContext: the container's, else the pod's.  Only for
 * fields that exist on both.
 */
const struct value *lint_security(const struct container_ref *container,
				  const char *path);

/* A field of the container's own securityContext. */
const struct value *lint_own_security(const struct container_ref *container,
				      const char *field);

/* Report a field missing in the container's securityContext. */
const struct value *lint_security_parent(const struct container_ref *container,
					 const char **prefix);

/*
 * Report a number of the securityContext below the parameter `min`, or none
 * at all, where the image decides.
 */
void lint_check_low_id(struct lint_run *run, const struct container_ref *c,
		       const char *field);

/* The kinds "Deployment", "StatefulSet" ... of a parameter. */
bool lint_is_kind_of(const struct object *object, const char *const *kinds);

#endif
