/*
 * The order in which resources are printed.
 */
#ifndef OVERLAYS_SORT_H
#define OVERLAYS_SORT_H

#include <stdbool.h>

#include "base/attr.h"

struct accumulator;
struct overlay_run;

/* As the root's sortOptions say, if they make sense, or else the options. */
MUST_USE bool sort_resources(struct overlay_run *run, struct accumulator *acc);

/* The place of a kind in the order that holds without sortOptions; often 0. */
int sort_rank(const char *kind);

#endif
