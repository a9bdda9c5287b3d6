/*
 * Kinds of objects: scope, plural, and where a pod spec lies in them.
 */
#ifndef MODEL_KINDS_H
#define MODEL_KINDS_H

#include <stdbool.h>
#include <stddef.h>

struct kind {
	char group[32];
	char kind[36];
	char plural[36];
	bool namespaced;
	char pod_path[36]; /* "spec.template.spec"; "": no pods */
};

/* NULL: unknown. */
const struct kind *kinds_find(const char *group, const char *kind);

/* All of them in order of group and kind, for did-you-mean. */
const struct kind *kinds_all(size_t *count);

#endif
