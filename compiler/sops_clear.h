/*
 * Which values of a file SOPS would encrypt, and which of those are not.
 */
#ifndef COMPILER_SOPS_CLEAR_H
#define COMPILER_SOPS_CLEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/origin.h"

struct arena;
struct regex;
struct source;
struct value;

/* Which keys: the value of one that fits is encrypted with all below it. */
struct sops_keys {
	struct regex *only;
	struct regex *never;
	const char *only_suffix;
	const char *never_suffix;
};

struct sops_rule {
	struct origin at;
	bool has_path;
	struct regex *path;
	struct sops_keys keys;
};

struct sops_clear {
	size_t count;
	const struct value *first;
};

/*
 * Values in the clear; `secrets_only`: those of Secrets.  A file that has been
 * encrypted says itself which keys were.  What does not parse has none.
 */
struct sops_clear sops_find_clear(struct arena *arena,
				  const struct source *source,
				  const struct sops_keys *keys,
				  bool secrets_only);

#endif
