/*
 * API groups of well-known custom resources, for which no schema is inside.
 */
#ifndef LINTS_SCHEMA_GROUPS_H
#define LINTS_SCHEMA_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const char schema_group_names[];
/* Where they begin; sorted by name. */
extern const uint16_t schema_groups[];
extern const size_t schema_group_count;

bool schema_group_is_known(const char *group);

#endif
