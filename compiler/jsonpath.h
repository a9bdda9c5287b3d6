/*
 * Templates with JSONPath expressions in braces, as kubectl and `helm show
 * values --jsonpath` take them: {.a.b[0]}, {.items[*].name}, {..image},
 * {range .list[*]}{@}{"\n"}{end}, {.l[?(@.on==true)].name}.
 */
#ifndef COMPILER_JSONPATH_H
#define COMPILER_JSONPATH_H

#include <stdbool.h>

#include "base/attr.h"

struct arena;
struct str;
struct value;

/*
 * Append what the template prints of the value; nothing at all where it asks
 * for a field or an item that is not there.  False: the template is
 * none, `*problem` says why.
 */
MUST_USE bool jsonpath_put(struct arena *arena, struct str *out,
			   const char *text, const struct value *root,
			   const char **problem);

#endif
