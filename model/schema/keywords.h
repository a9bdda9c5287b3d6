/*
 * Where in a schema there are others, draft by draft.
 */
#ifndef MODEL_SCHEMA_KEYWORDS_H
#define MODEL_SCHEMA_KEYWORDS_H

#include "model/schema/schema_private.h"

typedef void schema_taker(void *context, const struct value *schema);

/* Those that are applied to values, one level down. */
void schema_each_applied(const struct value *schema, enum schema_draft draft,
			 schema_taker *take, void *context);

/* The same, and those that are only kept: definitions and the like. */
void schema_each_below(const struct value *schema, enum schema_draft draft,
		       schema_taker *take, void *context);

#endif
