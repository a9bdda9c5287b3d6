/*
 * Paths with slashes, of fields and of files.
 */
#ifndef OVERLAYS_SLASH_PATH_H
#define OVERLAYS_SLASH_PATH_H

#include <stdint.h>

#include "overlays/field_path.h"

struct overlay_run;

/* Parts are separated by slashes, "\/" is one in a name. */
struct path_parts slash_path_split(struct overlay_run *run, const char *path);

/* a/b with x at 2 is a/x/b; a slash in front stays. */
const char *slash_path_insert(struct overlay_run *run, const char *path,
			      const char *part, int64_t position);

#endif
