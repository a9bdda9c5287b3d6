/*
 * What is known of well-known custom resources without their definitions.
 *
 * Nothing that changes bytes may ask: Kustomize knows none of these kinds.
 */
#ifndef MODEL_CUSTOM_KINDS_H
#define MODEL_CUSTOM_KINDS_H

#include <stdbool.h>

enum custom_scope {
	CUSTOM_SCOPE_UNKNOWN,
	CUSTOM_SCOPE_NAMESPACE,
	CUSTOM_SCOPE_CLUSTER
};

struct custom_kind {
	const char *group;
	const char *kind;     /* in lower case if its spelling is not known */
	const char *versions; /* "v1*,v1beta1!": stored, not served */
	/*
	 * "spec.template,spec.worker:PodSpec"; [] each item, {} each value.
	 * An object with metadata and spec, or the pod spec itself.
	 */
	const char *pods;
	const char *selector; /* "spec.selector"; or "" */
	const char *replicas; /* "spec.replicas"; or "" */
	enum custom_scope scope;
};

/* False: nothing is known of it.  Case does not matter. */
bool custom_kind_find(const char *group, const char *kind,
		      struct custom_kind *found);

bool custom_kind_has_group(const char *group);

#endif
