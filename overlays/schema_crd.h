/*
 * Merge keys of custom resources, as the CRDs of the same build declare them.
 *
 * Kustomize replaces such lists, so this is only asked where a target says
 * crdMergeKeys.
 */
#ifndef OVERLAYS_SCHEMA_CRD_H
#define OVERLAYS_SCHEMA_CRD_H

#include "overlays/schema.h"

/* The schema of the CRD that stands beside what is built; NULL: none does. */
const struct value *schema_crd_find(struct overlay_run *run, const char *group,
				    const char *version, const char *kind);

/* As schema_list(), by x-kubernetes-list-type. */
enum schema_list schema_crd_list(struct overlay_run *run,
				 const struct value *node,
				 const char *keys[SCHEMA_KEYS], size_t *count);

#endif
