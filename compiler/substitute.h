/*
 * Variables in the objects of a bundle, replaced after the build: what Flux
 * does for `postBuild`, and `substitute:` of a target here.
 *
 * As in Flux each object is printed as YAML, the text is replaced
 * (compiler/envsubst.h) and read again.  So ${REPLICAS} may become a number,
 * also where the manifest has quotes around it, and a key may change.  Nodes
 * without a variable stay the same; one with a variable keeps its place and
 * has the variable's behind it, or before it if it is nothing else.
 *
 * Objects with the label or annotation kustomize.toolkit.fluxcd.io/substitute:
 * disabled are left alone.  Flux leaves all of them alone if no variable is
 * declared at all; that is the caller's to know.
 */
#ifndef COMPILER_SUBSTITUTE_H
#define COMPILER_SUBSTITUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "compiler/envsubst.h"

struct bundle;
struct diag_sink;

struct substitution {
	/* With the arena that the bundle lives in. */
	struct envsubst how;
	struct diag_sink *diags;
	/* For did-you-mean: the next name, NULL at the end; or NULL. */
	const char *(*next_name)(void *names);
	void *names;
	size_t kept; /* out: objects with expressions that stayed */
};

/* The bundle with everything replaced; NULL: reported, with the place. */
MUST_USE struct bundle *substitute_bundle(struct substitution *substitution,
					  struct bundle *bundle);

#endif
