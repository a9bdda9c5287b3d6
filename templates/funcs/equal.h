/*
 * Equality as reflect.DeepEqual of Go sees it: types count, so that an int
 * is no int64, and a nil list is no empty one.
 */
#ifndef TEMPLATES_FUNCS_EQUAL_H
#define TEMPLATES_FUNCS_EQUAL_H

#include <stdbool.h>

#include "base/table.h"

struct value;

bool deep_equal(const struct value *a, const struct value *b);

/* A set under that equality, so that long lists are compared in one pass. */
struct equal_set {
	struct table table;
};

void equal_set_init(struct equal_set *set, struct arena *arena);

/* False: an equal value is in it already. */
bool equal_set_add(struct equal_set *set, const struct value *value);

bool equal_set_has(struct equal_set *set, const struct value *value);

#endif
