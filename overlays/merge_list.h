/*
 * Lists in a strategic merge.
 */
#ifndef OVERLAYS_MERGE_LIST_H
#define OVERLAYS_MERGE_LIST_H

#include <stdbool.h>

#include "base/attr.h"

struct overlay_run;
struct schema;
struct value;

/* As merge_patch(), where one side is a list and none is another kind. */
MUST_USE bool merge_list(struct overlay_run *run, struct value **base,
			 struct value *patch, const struct schema *schema);

#endif
