/*
 * Addresses of schemas: what a reference is joined to, and what it means.
 */
#ifndef MODEL_SCHEMA_REFERENCE_H
#define MODEL_SCHEMA_REFERENCE_H

#include "model/schema/schema_private.h"

struct schema_address {
	const char *uri;      /* before the fragment */
	const char *fragment; /* decoded, "" without one */
};

/* False: `run->broken` says what is wrong with it. */
MUST_USE bool schema_join(struct schema_run *run, const char *base,
			  const char *reference,
			  struct schema_address *address);

/* A fragment without its %XX; NULL: `*problem` is Go's text. */
const char *schema_decoded(struct arena *arena, const char *fragment,
			   const char **problem);

/* Say that the text of a document would have to be fetched. */
void schema_not_loaded(struct schema_run *run, const char *uri);

/*
 * The target of a reference; NULL: `run->broken` says why, or `run->lost` that
 * the pointer in it leads nowhere, or it may be anything.
 */
const struct value *schema_resolve(struct schema_run *run,
				   const struct schema_resource *from,
				   const char *reference,
				   const struct schema_resource **resource);

#endif
