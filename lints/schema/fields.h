/*
 * Looking things up in the tables of fields (lints/schema/tables.h): all
 * lookups are binary searches.
 */
#ifndef LINTS_SCHEMA_FIELDS_H
#define LINTS_SCHEMA_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "lints/schema/tables.h"

/* NULL: none of Kubernetes' own, or none that is kept. */
const struct schema_kind *
schema_kind_find(const char *group, const char *version, const char *kind);

/* The rows of a field, by minor; NULL and 0: there never was one. */
const struct schema_field *schema_field_find(const struct schema_def *def,
					     const char *name, size_t *count);

/* The row that holds in a version; NULL: the field is not in it. */
const struct schema_field *schema_field_in(const struct schema_field *rows,
					   size_t count, unsigned minor);

static inline const char *schema_name(unsigned at)
{
	return schema_names + at;
}

/* The definition in a type, through lists and maps; NULL: none. */
const struct schema_def *schema_def_of(const struct schema_type *type);

#endif
