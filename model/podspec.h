/*
 * Pods wherever a kind keeps them, and the containers in them.
 *
 *	struct podspec pod;
 *	struct container_ref c;
 *
 *	if (podspec_of(object, &pod))
 *		for (podspec_first(&pod, &c); c.spec; podspec_next(&c))
 *			...
 */
#ifndef MODEL_PODSPEC_H
#define MODEL_PODSPEC_H

#include <stdbool.h>
#include <stddef.h>

struct object;
struct value;

struct podspec {
	const struct object *object;
	const struct value *spec;     /* the pod spec: a map */
	const struct value *metadata; /* of the template, or of the pod */
	const char *path;             /* "spec.template.spec" */
};

enum container_role {
	CONTAINER_REGULAR,
	CONTAINER_INIT,
	CONTAINER_SIDECAR, /* an init container with restartPolicy Always */
	CONTAINER_EPHEMERAL,
};

struct container_ref {
	const struct object *object;
	const struct value *pod;  /* the pod spec */
	const struct value *spec; /* the container: a map; NULL at the end */
	enum container_role role;
	size_t index;     /* in its list */
	const char *list; /* "containers", "initContainers", ... */
	const char *path; /* of the pod spec */
};

/* False: the kind has no pods, or the tree has no map there. */
bool podspec_of(const struct object *object, struct podspec *pod);

/* The same where a template, with labels, has no spec: that is NULL then. */
bool podspec_template_of(const struct object *object, struct podspec *pod);

/* Regular, then init, then ephemeral ones; what is no map is left out. */
void podspec_first(const struct podspec *pod, struct container_ref *container);
void podspec_next(struct container_ref *container);

/* The name; of one that has none, as Knative allows, its number: "#1". */
const char *container_name(const struct container_ref *container);

#endif
