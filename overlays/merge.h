/*
 * Strategic merges, as Kustomize makes them: not the API server's.
 */
#ifndef OVERLAYS_MERGE_H
#define OVERLAYS_MERGE_H

#include <stdbool.h>

#include "base/attr.h"

struct overlay_run;
struct schema;
struct value;

/*
 * Merge `patch` onto `*base`, which is changed in place and becomes NULL if
 * the patch deletes it.  Directives are taken out of the patch, which must
 * therefore be a copy of its own.
 */
MUST_USE bool merge_patch(struct overlay_run *run, struct value **base,
			  struct value *patch, const struct schema *schema);

/* Report a `$patch` that says none of its words; false. */
MUST_USE bool merge_bad_directive(struct overlay_run *run,
				  const struct value *word);

#endif
