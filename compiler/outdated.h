/*
 * What `build --check` found to be other than a fresh build makes: told in a
 * few lines, however many bundles there are, and with what mends it.
 */
#ifndef COMPILER_OUTDATED_H
#define COMPILER_OUTDATED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

struct arena;
struct run;
struct source;

VEC_TYPE(outdated_texts, const char *);

struct outdated {
	struct outdated_texts missing;   /* paths, and why */
	struct outdated_texts stale;     /* lines: where, and how */
	struct outdated_texts left_over; /* paths */
	size_t random; /* of those that are stale: another build differs, too */
};

/*
 * "PATH:LINE", and below it the first line that differs and a fresh one, values
 * of secrets masked.  `random`: another build may make another one.
 */
const char *outdated_difference(struct arena *arena, const struct source *old,
				const struct source *fresh, bool random);

/* How many files these are. */
size_t outdated_count(const struct outdated *outdated);

/* Those of one bundle, to those of all. */
void outdated_add(struct run *run, struct outdated *all,
		  const struct outdated *some);

/* To standard error. */
void outdated_print(struct run *run, const struct outdated *outdated);

#endif
