/*
 * A schema of a custom resource: a tree that is made from the rows of the
 * tables (custom_rows.c) or from a CustomResourceDefinition (crd.c), and is
 * never changed afterwards, so that threads share it.
 */
#ifndef LINTS_SCHEMA_NODE_H
#define LINTS_SCHEMA_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lints/schema/tables.h"

struct arena;
struct value;

enum schema_node_shape {
	SCHEMA_NODE_ANY,
	SCHEMA_NODE_SCALAR,
	SCHEMA_NODE_LIST,
	SCHEMA_NODE_OBJECT,   /* fields, and a map if there is an `of` */
	SCHEMA_NODE_CORE,     /* one of Kubernetes' own definitions */
	SCHEMA_NODE_RESOURCE, /* a whole object of any kind */
};

struct schema_member {
	const char *name;
	const struct schema_node *node;
	bool required; /* and without a default */
};

enum schema_choice_kind {
	SCHEMA_ALL_OF,
	SCHEMA_ANY_OF,
	SCHEMA_ONE_OF,
	SCHEMA_AT_MOST_ONE_OF,
	SCHEMA_NOT,
};

/* Other schemas that the value has to match; they make no field known. */
struct schema_choice {
	enum schema_choice_kind kind;
	const struct schema_node **nodes;
	size_t count;
};

enum schema_bound {
	SCHEMA_BOUND_NONE,
	SCHEMA_BOUND_CLOSED,
	SCHEMA_BOUND_OPEN /* the bound itself is refused */
};

#define SCHEMA_NO_MOST SIZE_MAX

/* What a value has to be beside its type. */
struct schema_limits {
	const struct value *values; /* a list of those allowed; or NULL */
	const char *pattern;        /* RE2, not anchored; or NULL */
	const char *format;         /* or NULL */
	double least;
	double greatest;
	double multiple; /* 0: of none */
	enum schema_bound lower;
	enum schema_bound upper;
	size_t fewest_characters;
	size_t most_characters;
	size_t fewest_items;
	size_t most_items;
	size_t fewest_fields;
	size_t most_fields;
	bool differ; /* items are not equal to one another */
	struct schema_choice *choices;
	size_t choice_count;
};

struct schema_node {
	uint8_t shape;  /* enum schema_node_shape */
	uint8_t scalar; /* enum schema_shape, of a scalar */
	uint8_t items;  /* 0, SCHEMA_LIST_MAP or SCHEMA_LIST_SET */
	bool typed;     /* else what is no object may stand there too */
	bool open;      /* unknown fields are kept */
	bool whole;     /* has apiVersion, kind and metadata too */
	bool nullable;  /* null is a value */
	uint32_t count; /* members, sorted by name */
	const struct schema_member *members;
	const struct schema_node *of; /* of a list, or of a map */
	const struct schema_def *core;
	const struct schema_limits *limits; /* NULL: none */
	const char *const *keys;            /* of a list; NULL at the end */
};

extern const struct schema_node schema_node_any;

const struct schema_member *schema_member_find(const struct schema_node *node,
					       const char *name);

/* Limits without a bound. */
struct schema_limits *schema_limits_new(struct arena *arena);

/* Add a choice between that many nodes, which the caller fills in. */
struct schema_choice *schema_choice_add(struct arena *arena,
					struct schema_limits *limits,
					enum schema_choice_kind kind,
					size_t count);

/* lints/schema/custom_rows.c */

struct custom_row;

/* NULL: not a well-known one. */
const struct custom_row *custom_row_find(const char *group, const char *version,
					 const char *kind);

/* What was made of the rows so far; zeros: nothing. */
struct custom_nodes {
	struct schema_node **types; /* by number */
};

/* The schema of the row's objects; NULL: it is not kept. */
const struct schema_node *custom_row_schema(struct arena *arena,
					    struct custom_nodes *made,
					    const struct custom_row *row);

/* lints/schema/crd.c */

/*
 * The schema in `openAPIV3Schema`, or NULL; with `open` it keeps unknown
 * fields everywhere.  `*rules` counts its rules in CEL, which are not
 * evaluated.  Parts that make no sense are as if they were not there.
 */
const struct schema_node *schema_of_crd(struct arena *arena,
					const struct value *schema, bool open,
					size_t *rules);

#endif
