/*
 * What many roots build on is parsed once: documents of files of a base are
 * kept with the tree, and each build takes a copy that it may change.
 */
#ifndef OVERLAYS_SHARED_H
#define OVERLAYS_SHARED_H

#include <stdbool.h>

#include "base/vec.h"

struct overlay_run;
struct source;
struct value;

VEC_TYPE(shared_trees, struct value *);

/*
 * The documents of a stream of resources; false: they are not shared, or one
 * of them is refused, which who reads them himself will report.
 */
bool shared_stream(struct overlay_run *run, const struct source *source,
		   struct shared_trees *trees);

/* The same for a kustomization file. */
struct value *shared_kustomization(struct overlay_run *run,
				   const struct source *source);

#endif
