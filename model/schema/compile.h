/*
 * What has to hold of a schema before any value is held against it.
 */
#ifndef MODEL_SCHEMA_COMPILE_H
#define MODEL_SCHEMA_COMPILE_H

#include "model/schema/schema_private.h"

/*
 * Follow all references; false: `run->broken` says which leads nowhere, or to
 * what is no schema.
 */
MUST_USE bool schema_compile(struct schema_run *run,
			     const struct schema_resource *resource);

/* A schema has to be one itself; false: `run->broken` says what is wrong. */
MUST_USE bool schema_meets_meta(struct schema_run *run,
				const struct value *schema,
				enum schema_draft draft);

/* The JSON pointer to a part of the document, for messages. */
const char *schema_place(const struct schema_run *run,
			 const struct value *part);

#endif
