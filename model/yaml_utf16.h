/*
 * YAML in UTF-16, which a mark at its begin announces.
 */
#ifndef MODEL_YAML_UTF16_H
#define MODEL_YAML_UTF16_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct arena;
struct source;

/* Whether the bytes begin with the mark. */
bool yaml_is_utf16(const char *text, size_t len);

/* The same as UTF-8.  NULL: it is none; `*error` has go-yaml's words. */
MUST_USE struct source *yaml_from_utf16(struct arena *arena,
					const struct source *source,
					size_t begin, size_t end,
					const char **error);

#endif
