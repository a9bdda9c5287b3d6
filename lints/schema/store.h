/*
 * Schemas of custom resources for all jobs of a run: those of definitions in
 * the bundles and in files of the project, and the well-known ones.
 *
 * It is filled by one thread between producing and checking and not changed
 * afterwards.  A definition of the bundle itself wins, then one of the
 * project's files, then one of another bundle, then what is built in.
 */
#ifndef LINTS_SCHEMA_STORE_H
#define LINTS_SCHEMA_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "lints/lint.h"

struct schema_node;

/* A version of a kind that a definition declares. */
struct schema_version {
	const char *name;
	bool served;
	bool deprecated;
	const char *warning;            /* of a deprecated one; or NULL */
	const struct value *schema;     /* as it was written; or NULL */
	const struct schema_node *node; /* NULL: no schema */
	size_t rules;                   /* in CEL, which are not evaluated */
};

/* A CustomResourceDefinition. */
struct schema_definition {
	const struct value *root;
	const struct bundle *bundle; /* that holds it; NULL: a file */
	const char *group;
	const char *kind;
	const char *scope;
	struct schema_version *versions;
	size_t count;
	bool open; /* unknown fields are kept, as v1beta1 did */
	bool used; /* its schemas have been made */
};

/* What a CustomResourceDefinition says, without making its schemas. */
void schema_definition_read(struct arena *arena, const struct value *root,
			    struct schema_definition *definition);

/* The definition that holds for the bundle's objects of a kind; or NULL. */
const struct schema_definition *
lint_schemas_definition(const struct lint_schemas *schemas,
			const struct bundle *bundle, const char *group,
			const char *kind);

const struct schema_version *
schema_version_find(const struct schema_definition *definition,
		    const char *version);

/* The schema of an object that is none of Kubernetes' own; or NULL. */
const struct schema_node *lint_schemas_find(const struct lint_schemas *schemas,
					    const struct bundle *bundle,
					    const struct object *object);

#endif
