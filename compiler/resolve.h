/*
 * Answers of the driver to what engines ask (model/resolver.h): charts inside
 * kustomizations, bases that are no path of the tree.
 */
#ifndef COMPILER_RESOLVE_H
#define COMPILER_RESOLVE_H

#include "model/resolver.h"
#include "overlays/overlay.h"

struct job;

struct resolver resolve_for_job(struct job *job);

/* The options of the overlay engine for a job, without the resolver. */
struct overlay_options resolve_overlay_options(struct job *job);

#endif
