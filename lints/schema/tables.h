/*
 * The fields of Kubernetes' own kinds, of all versions that are known, in
 * constant tables: names are offsets into one text, types and definitions are
 * numbers of rows.  Nothing is done with them before they are looked at.
 *
 * Written by tools/schema_tables.py; lints/schema/fields.h reads them.
 */
#ifndef LINTS_SCHEMA_TABLES_H
#define LINTS_SCHEMA_TABLES_H

#include <stddef.h>
#include <stdint.h>

enum schema_shape {
	SCHEMA_ANY,
	SCHEMA_STRING,
	SCHEMA_BOOL,
	SCHEMA_INT32,
	SCHEMA_INT64,
	SCHEMA_DOUBLE,
	SCHEMA_DATE_TIME,
	SCHEMA_BYTE, /* base64 */
	SCHEMA_QUANTITY,
	SCHEMA_INT_OR_STRING,
	SCHEMA_LIST,   /* of: a type */
	SCHEMA_MAP,    /* of: a type */
	SCHEMA_OBJECT, /* of: a definition */
};

/* What a text or number has to look like, beside its type. */
enum schema_form {
	SCHEMA_FORM_NONE,
#define SCHEMA_FORM(x, least, greatest, text) SCHEMA_FORM_##x,
#include "lints/schema/forms.def"
#undef SCHEMA_FORM
};

struct schema_type {
	uint16_t shape; /* enum schema_shape */
	uint16_t of;
};

enum {
	SCHEMA_REQUIRED = 1,
	SCHEMA_LIST_MAP = 2, /* items differ in their keys */
	SCHEMA_LIST_SET = 4, /* items differ */
	SCHEMA_DEPRECATED = 8,
	SCHEMA_DEMANDED = 16 /* by the server, not by the published types */
};

/* Rows of one name do not overlap in minors. */
struct schema_field {
	uint16_t name;
	uint16_t type;
	uint16_t values; /* in schema_sets; 0: any */
	uint8_t keys;    /* in schema_key_sets */
	uint8_t flags;
	uint8_t first; /* minors */
	uint8_t last;
	uint8_t form; /* enum schema_form */
};

struct schema_def {
	uint16_t name;
	uint16_t fields; /* the first; sorted by name, then by minor */
	uint16_t count;  /* 0: anything goes */
};

struct schema_kind {
	uint16_t kind;
	uint16_t group;
	uint16_t version;
	uint16_t def;
	uint8_t first;
	uint8_t last;
};

struct schema_value {
	uint16_t name;
	uint8_t first;
	uint8_t last;
};

struct schema_range {
	uint16_t first;
	uint16_t count;
};

extern const char schema_names[];
extern const struct schema_type schema_types[];
extern const struct schema_field schema_fields[];
extern const struct schema_def schema_defs[];
extern const struct schema_value schema_values[];
extern const struct schema_range schema_sets[];
extern const uint16_t schema_keys[];
extern const struct schema_range schema_key_sets[];

/* Sorted by kind, group and version. */
extern const struct schema_kind schema_kinds[];
extern const size_t schema_kind_count;

#endif
