/*
 * Streams of YAML into resources, as Kustomize reads them.
 */
#ifndef OVERLAYS_STREAM_H
#define OVERLAYS_STREAM_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"

struct object;
struct overlay_run;
struct source;
struct value;

VEC_TYPE(stream_objects, struct object *);

/*
 * The resources of a stream in order, lists unwrapped.  What is no resource
 * is an error; with `quiet` errors are not reported (a text is only tried).
 */
MUST_USE bool stream_read(struct overlay_run *run, const struct source *source,
			  struct stream_objects *objects);
bool stream_try(struct overlay_run *run, const struct source *source,
		struct stream_objects *objects);

/* The same for one whose documents are read already. */
struct ahead_file;
MUST_USE bool stream_take(struct overlay_run *run,
			  const struct ahead_file *file,
			  struct stream_objects *objects);

/* Whether a tree is a resource at all. */
MUST_USE bool stream_validate(struct overlay_run *run,
			      const struct value *tree);

/* A source over a text inside the kustomization: an inline patch. */
const struct source *stream_inline(struct overlay_run *run,
				   const struct value *text, const char *what);

#endif
