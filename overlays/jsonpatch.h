/*
 * JSON patches (RFC 6902), with the habits of the library Kustomize uses.
 */
#ifndef OVERLAYS_JSONPATCH_H
#define OVERLAYS_JSONPATCH_H

#include <stdbool.h>

#include "base/attr.h"

struct overlay_run;
struct source;
struct value;

/*
 * The operations in a text, as JSON if it begins with "[" and as YAML 1.1
 * otherwise.  NULL: it is neither; `*error` says why, in kustomize's words.
 */
struct value *jsonpatch_read(struct overlay_run *run,
			     const struct source *source, const char **error);

/* Apply them to a tree, which is made its JSON view first. */
MUST_USE bool jsonpatch_apply(struct overlay_run *run, struct value **root,
			      const struct value *operations);

#endif
