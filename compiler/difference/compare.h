/*
 * Two trees into the fields in which they differ.
 */
#ifndef COMPILER_DIFFERENCE_COMPARE_H
#define COMPILER_DIFFERENCE_COMPARE_H

#include "compiler/difference.h"

VEC_TYPE(field_changes, struct field_change);

/* By keys in the order of the new side, removed ones behind. */
void compare_values(struct arena *arena, const struct value *old,
		    const struct value *new, struct field_changes *changes);

/* Environments differ in their namespaces: that says nothing. */
void compare_drop_namespace(struct field_changes *changes);

#endif
