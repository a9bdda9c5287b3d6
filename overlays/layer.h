/*
 * One kustomization while it is being built.
 */
#ifndef OVERLAYS_LAYER_H
#define OVERLAYS_LAYER_H

#include <stdbool.h>
#include <stdint.h>

struct accumulator;
struct base_answer;
struct source;
struct tree_view;
struct value;

struct layer {
	struct layer *parent;
	uint64_t depth;
	struct tree_view *view; /* that its paths belong to */
	const char *remote;     /* the address of a repository; or NULL */
	/* In a repository that an address named: the layer of the address. */
	const struct layer *cloned;
	const struct base_answer *repository; /* its own, with the address */
	const char *root; /* real path of its folder in the view */
	const char *file; /* name of the kustomization file in it */
	const struct source *source;
	const struct value *fields; /* decoded */
	bool component;
	struct accumulator *acc;
	struct ahead *ahead; /* its resources, as far as they are read */
};

#endif
