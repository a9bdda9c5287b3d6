/*
 * Names of files as text; nothing here touches a disk.  Separators are '/'.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* path.Clean of Go: "." for nothing, no "//", "./" or inner "..". */
const char *path_clean(struct arena *arena, const char *path);

/* Both with one '/' between, cleaned; an absolute `name` stands alone. */
const char *path_join(struct arena *arena, const char *dir, const char *name);

/* path.Dir and path.Base of Go. */
const char *path_dir(struct arena *arena, const char *path);
const char *path_base(struct arena *arena, const char *path);

/*
 * A path of a tree, whose root is "", in two: the name behind the last '/',
 * and the folder before it.  path_below puts them together again; nothing is
 * cleaned.
 */
const char *path_name(const char *path);
const char *path_folder(struct arena *arena, const char *path);
const char *path_below(struct arena *arena, const char *folder,
		       const char *name);

/* The extension with its dot, or "". */
const char *path_ext(const char *path);

/* Whether it is one of those in `exts`: ".yaml .yml". */
bool path_has_ext(const char *path, const char *exts);

bool path_is_absolute(const char *path);

/* Whether `path` is `dir` or below it; both cleaned. */
bool path_is_below(const char *path, const char *dir);

/* From directory `base` to `target`, both cleaned and of one kind. */
const char *path_relative(struct arena *arena, const char *base,
			  const char *target);

#endif
