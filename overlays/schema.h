/*
 * What the merge has to know of a type: which lists merge, and by which keys.
 *
 * The built-in facts are those of Kubernetes 1.21.2, as in Kustomize.  A
 * custom openapi document takes their place for all of the run, or adds to
 * them if they were needed before it was read.
 */
#ifndef OVERLAYS_SCHEMA_H
#define OVERLAYS_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct origin;
struct overlay_run;
struct value;

struct schema_type;

struct schema_field {
	const char *name;
	const struct schema_type *type; /* of a map, or of a list's elements */
	const char *key;                /* "": a list of primitives */
	const char *second_key;
};

struct schema_type {
	const struct schema_field *fields; /* the last has no name */
};

/* The schema at a node; all zeros: nothing is known. */
struct schema {
	const struct schema_type *type;   /* of a map */
	const struct schema_field *field; /* that led here */
	const struct value *node; /* of a custom document, or of a CRD */
	bool crd;
};

enum {
	SCHEMA_KEYS = 8
};

enum schema_list {
	SCHEMA_REPLACED,
	SCHEMA_PRIMITIVE, /* united */
	SCHEMA_KEYED,
};

struct schema schema_of_kind(struct overlay_run *run, const char *group,
			     const char *version, const char *kind);
struct schema schema_member(struct overlay_run *run,
			    const struct schema *schema, const char *key);
struct schema schema_element(struct overlay_run *run,
			     const struct schema *schema);
enum schema_list schema_list(struct overlay_run *run,
			     const struct schema *schema,
			     const char *keys[SCHEMA_KEYS], size_t *count);

/* Facts of the built-in schema; NULL: an unknown kind. */
const struct schema_type *schema_builtin(const char *group, const char *version,
					 const char *kind);

/* A type of the built-in schema by the name of its definition. */
const struct schema_type *schema_definition(const char *name);

/*
 * What a custom document says of the scope of a kind that is not built in;
 * false: nothing.
 */
bool schema_scope(struct overlay_run *run, const char *group,
		  const char *version, const char *kind, bool *namespaced);

/* Apply the `openapi` field of the current kustomization. */
MUST_USE bool schema_use(struct overlay_run *run);

#endif
