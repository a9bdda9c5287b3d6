/*
 * One kustomization while it is being built.
 */
#ifndef OVERLAYS_LAYER_H
#define OVERLAYS_LAYER_H

#include <stdbool.h>

struct accumulator;
struct source;
struct value;

struct layer {
	struct layer *parent;
	const char *root; /* real path of its folder in the view */
	const char *file; /* name of the kustomization file in it */
	const struct source *source;
	const struct value *fields; /* decoded */
	bool component;
	struct accumulator *acc;
};

#endif
