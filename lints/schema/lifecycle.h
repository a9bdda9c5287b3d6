/*
 * Which version of Kubernetes serves which kind, and what replaces it.
 */
#ifndef LINTS_SCHEMA_LIFECYCLE_H
#define LINTS_SCHEMA_LIFECYCLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Versions are minors; 0 is "always" for introduced, else "never". */
struct lifecycle {
	char kind[36];
	char group[32];
	char version[12];
	/* "apps/v1", or with another kind "discovery.k8s.io/v1 X"; or "" */
	char replacement[52];
	uint8_t introduced;
	uint8_t deprecated;
	uint8_t removed;
	uint8_t replacement_since; /* 0: unknown */
};

/* Sorted by kind, group and version. */
extern const struct lifecycle lifecycle_table[];
extern const size_t lifecycle_count;

/* A List is judged by the kind of its items. */
const struct lifecycle *lifecycle_find(const char *group, const char *version,
				       const char *kind);

/* The rows of a kind; NULL if it is not one of Kubernetes' own. */
const struct lifecycle *lifecycle_of_kind(const char *kind, size_t *count);

/* The same whatever the case: `*spelled` is how it is written. */
const struct lifecycle *lifecycle_of_misspelled(const char *kind, size_t *count,
						const char **spelled);

/* Whether a group is one of Kubernetes' own. */
bool lifecycle_has_group(const char *group);

/* The apiVersion of a well-known custom resource; or NULL. */
const char *lifecycle_of_other(const char *kind);

/*
 * What the target serves in place of an old version as long as its successor
 * is not there yet, and longer than the old one; or NULL.
 */
const struct lifecycle *lifecycle_successor(const struct lifecycle *row,
					    unsigned minor);

bool lifecycle_serves(const struct lifecycle *row, unsigned minor);

#endif
