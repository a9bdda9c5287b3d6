/*
 * --name-template: a release's name, made by a template of nothing.
 */
#ifndef COMPILER_RELEASE_NAME_H
#define COMPILER_RELEASE_NAME_H

#include <stdbool.h>

#include "base/attr.h"

struct arena;
struct diag_sink;

MUST_USE bool release_name(struct arena *arena, struct diag_sink *diags,
			   const char *text, const char **name);

#endif
