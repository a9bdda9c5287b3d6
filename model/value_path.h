/*
 * Paths inside a value: spec.template.spec.containers[0].image
 *
 * Parts are separated by dots; `[N]` is an item of a list, `["a.b"]` a key
 * that holds dots.
 */
#ifndef MODEL_VALUE_PATH_H
#define MODEL_VALUE_PATH_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct value;

/* The node at a path; NULL if a part is absent. */
struct value *value_at(const struct value *value, const char *path);

/* The same; `*nearest` is it, or the nearest parent that exists. */
struct value *value_at_or_near(const struct value *value, const char *path,
			       const struct value **nearest);

/*
 * The path of `node` below `root`, found by searching for the node itself;
 * NULL if it is not there.  For reports.
 */
const char *value_path_of(struct arena *arena, const struct value *root,
			  const struct value *node);

/* `path` extended by a key or an index, quoted where needed. */
const char *value_path_key(struct arena *arena, const char *path,
			   const char *key);

#endif
