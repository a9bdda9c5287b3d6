/*
 * Schemas of well-known custom resources in constant tables.  Names are
 * numbers of texts, types and definitions numbers of rows; what bounds a value
 * is a text that is read when the kind occurs (lints/schema/custom_rows.c).
 *
 * Written by tools/crd_tables.py.
 */
#ifndef LINTS_SCHEMA_CUSTOM_TABLES_H
#define LINTS_SCHEMA_CUSTOM_TABLES_H

#include <stddef.h>
#include <stdint.h>

enum custom_shape {
	CUSTOM_ANY,
	CUSTOM_STRING,
	CUSTOM_BOOL,
	CUSTOM_INT32,
	CUSTOM_INT64,
	CUSTOM_DOUBLE,
	CUSTOM_DATE_TIME,
	CUSTOM_BYTE,
	CUSTOM_QUANTITY,
	CUSTOM_INT_OR_STRING,
	CUSTOM_PRUNED,   /* an object of which nothing is kept */
	CUSTOM_RESOURCE, /* any whole object of Kubernetes */
	CUSTOM_LIST,     /* of: a type */
	CUSTOM_MAP,      /* of: a type */
	CUSTOM_OBJECT,   /* of: a definition */
	CUSTOM_CORE,     /* of: one of Kubernetes' own (schema_defs) */
};

struct custom_type {
	uint16_t shape; /* enum custom_shape */
	uint16_t of;
	uint16_t limits; /* in custom_limit_at; 0: none */
};

enum {
	CUSTOM_REQUIRED = 1,
	CUSTOM_LIST_MAP = 2, /* items differ in their keys */
	CUSTOM_LIST_SET = 4  /* items differ */
};

struct custom_field {
	uint16_t name;
	uint16_t type;
	uint8_t flags;
	uint8_t keys; /* in custom_key_at */
};

enum {
	CUSTOM_OPEN = 1, /* unknown fields are kept */
	CUSTOM_WHOLE = 2 /* an embedded object */
};

struct custom_def {
	uint16_t fields; /* the first; sorted by name */
	uint16_t count;
	uint16_t groups; /* in custom_group_at: fields that exclude others */
	uint16_t flags;
};

enum {
	CUSTOM_OF_CLUSTER = 1,
	CUSTOM_UNSERVED = 2,
	CUSTOM_DEPRECATED = 4,
	CUSTOM_NO_DEF = 0xffff
};

/* A kind in a version. */
struct custom_row {
	uint16_t group;
	uint16_t kind;
	uint16_t version;
	uint16_t def; /* or CUSTOM_NO_DEF */
	uint16_t flags;
};

extern const char custom_names[];
extern const uint32_t custom_name_at[];
extern const struct custom_field custom_fields[];
extern const struct custom_def custom_defs[];
extern const struct custom_type custom_types[];
extern const size_t custom_type_count;
/* "min=1", "enum=[\"a\"]"; tabs between them */
extern const char custom_limit_text[];
extern const uint32_t custom_limit_at[];
/* "one=a|b,c", "not=a,b"; the same */
extern const char custom_group_text[];
extern const uint32_t custom_group_at[];
/* "name,protocol" */
extern const char custom_key_text[];
extern const uint32_t custom_key_at[];

/* Sorted by group, kind and version. */
extern const struct custom_row custom_rows[];
extern const size_t custom_row_count;

#endif
