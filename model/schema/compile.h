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

/* What of this schema has a name, when it was found where none belongs. */
void schema_collect(struct schema_run *run,
		    const struct schema_resource *resource,
		    const struct value *part);

/* One of the metaschemas, registered; NULL: the address is no such one. */
const struct schema_resource *schema_load_builtin(struct schema_run *run,
						  const char *uri);

/* The draft that $schema names; false: none that is known. */
bool schema_known_draft(const char *uri, enum schema_draft *draft);

/* A schema has to be one itself; false: `run->broken` says what is wrong. */
MUST_USE bool schema_meets_meta(struct schema_run *run,
				const struct value *schema,
				enum schema_draft draft);

/* The JSON pointer to a part of the document, for messages. */
const char *schema_place(struct schema_run *run, const struct value *part);
/* The same behind the address of the document, "%C3%A9" for what is odd. */
const char *schema_location(struct schema_run *run, const struct value *part);
/* A pointer as the fragment of an address. */
void schema_put_encoded(struct str *out, const char *pointer);

#endif
