/*
 * Where a setting of a target in an environment may stand, the strongest place
 * first: the target, the environment and those it extends, the project file
 * and those that include it.
 */
#ifndef COMPILER_PROJECT_SETTINGS_H
#define COMPILER_PROJECT_SETTINGS_H

#include <stddef.h>

#include "base/vec.h"

struct arena;
struct environment;
struct project_file;
struct target;
struct value;

struct settings_level {
	const struct value *node; /* a map */
	const struct project_file *file;
};

struct settings {
	VEC(struct settings_level) levels;
};

/* `target` may be NULL: what holds for all targets of the file. */
void settings_init(struct settings *settings, struct arena *arena,
		   const struct target *target,
		   const struct environment *environment,
		   const struct project_file *file);

/* The strongest one; NULL: it stands nowhere. */
const struct value *settings_get(const struct settings *settings,
				 const char *key);

/* The strongest variable of this name. */
struct value *settings_variable(const struct settings *settings,
				const char *name, size_t len);

#endif
