/*
 * Comparisons of the template language, and what JavaScript needs escaped.
 */
#ifndef TEMPLATES_FUNCS_COMPARE_H
#define TEMPLATES_FUNCS_COMPARE_H

#include <stddef.h>

struct call;
struct str;
struct value;

const struct value *compare_eq(struct call *call);
const struct value *compare_ne(struct call *call);
const struct value *compare_lt(struct call *call);
const struct value *compare_le(struct call *call);
const struct value *compare_gt(struct call *call);
const struct value *compare_ge(struct call *call);

void escape_js(struct str *out, const char *text, size_t len);

#endif
