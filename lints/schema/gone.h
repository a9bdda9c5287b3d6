/*
 * Versions of well-known custom resources that are deprecated or gone.
 */
#ifndef LINTS_SCHEMA_GONE_H
#define LINTS_SCHEMA_GONE_H

struct gone_api {
	const char *group;
	const char *version;
	const char *kind;        /* NULL: all of the group */
	const char *deprecated;  /* "cert-manager 1.4" */
	const char *removed;     /* or NULL: served still */
	const char *replacement; /* or NULL */
};

/* NULL: nothing is known against it. */
const struct gone_api *gone_api_find(const char *group, const char *version,
				     const char *kind);

#endif
