/*
 * Answers of the driver to what engines ask (model/resolver.h): charts inside
 * kustomizations, bases that are no path of the tree.
 */
#ifndef COMPILER_RESOLVE_H
#define COMPILER_RESOLVE_H

#include "model/resolver.h"
#include "overlays/overlay.h"
#include "templates/chart.h"

struct job;
struct run;

struct resolver resolve_for_job(struct job *job);

/*
 * The seed of random functions.  A bundle has what is random as Helm has it;
 * where it is only looked at, the same is found in each run.
 */
const char *resolve_seed(const struct run *run);

/* How charts inside kustomizations are rendered. */
struct resolve_charts {
	enum chart_dialect dialect;
	const struct limits *limits;
	const char *seed;
	struct chart_keys *keys; /* or NULL */
};

/* The text that `helm template` would print, as a source with its map. */
bool resolve_render(const struct resolve_charts *how,
		    const struct resolver_caller *caller,
		    const struct chart_request *request,
		    const struct source **rendered);

/* The options of the overlay engine for a job, without the resolver. */
struct overlay_options resolve_overlay_options(struct job *job);

#endif
