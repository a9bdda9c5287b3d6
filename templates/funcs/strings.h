/*
 * What the families of string functions share.
 */
#ifndef TEMPLATES_FUNCS_STRINGS_H
#define TEMPLATES_FUNCS_STRINGS_H

#include <stddef.h>

#include "base/str.h"

#define TEXT_NOT_FOUND ((size_t)-1)

/* The first `what` at or after `from`; TEXT_NOT_FOUND. */
size_t text_find(const struct text *text, size_t from, const struct text *what);

#endif
