/*
 * Semantic versions and constraints on them, as charts write them:
 *
 *	semver_satisfies(arena, ">=1.2 <2 || 3.x", "v1.4.0")
 */
#ifndef TEMPLATES_SEMVER_H
#define TEMPLATES_SEMVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct str;

struct semver {
	uint64_t major;
	uint64_t minor;
	uint64_t patch;
	const char *pre; /* "" if there is none, as all three */
	const char *metadata;
	const char *original;
	const char *problem; /* Go's words after semver_parse gave false */
};

/*
 * An optional v, one to three numbers, a pre-release behind '-', metadata
 * behind '+'.  False: it is no version; nothing is reported.
 */
bool semver_parse(struct semver *version, struct arena *arena, const char *text,
		  size_t len);

/* < 0, 0, > 0; metadata do not count. */
int semver_compare(const struct semver *a, const struct semver *b);

/* The canonical form: 1.2.0-rc.1+build. */
void semver_put(struct str *out, const struct semver *version);

struct semver_constraints;

/* NULL: `*problem` says why in Go's words; nothing is reported. */
const struct semver_constraints *semver_constraints_parse(struct arena *arena,
							  const char *text,
							  size_t len,
							  const char **problem);

bool semver_allows(const struct semver_constraints *constraints,
		   const struct semver *version);

/* Both parsed, and the version allowed. */
bool semver_satisfies(struct arena *arena, const char *constraints,
		      const char *version);

#endif
