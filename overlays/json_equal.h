/*
 * Whether what a resource has is what the "test" of a JSON patch wants.
 *
 * The values are those of json_view and of jsonpatch_read; the library that
 * kustomize uses compares how they are spelled.
 */
#ifndef OVERLAYS_JSON_EQUAL_H
#define OVERLAYS_JSON_EQUAL_H

#include <stdbool.h>

struct arena;
struct source;
struct value;

/* `patch` is the text of the patch; `own` may be NULL: absent. */
bool json_equal(struct arena *arena, const struct source *patch,
		const struct value *own, const struct value *wanted);

#endif
