/*
 * One entry of `patches`: its text read, and what it turned out to be.
 */
#ifndef OVERLAYS_PATCH_ENTRY_H
#define OVERLAYS_PATCH_ENTRY_H

#include <stdbool.h>

#include "base/attr.h"
#include "overlays/patch.h"

struct patch_entry {
	const struct value *target; /* NULL: none */
	const char *shown;          /* [path: "x"] */
	struct stream_objects merges;
	const struct value *operations; /* NULL: a strategic merge */
	struct patch_options options;
	bool nothing; /* empty, which is ignored since 5.8.1 */
};

MUST_USE bool patch_entry_load(struct overlay_run *run,
			       const struct value *entry,
			       struct patch_entry *state);

#endif
