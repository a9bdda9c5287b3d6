/*
 * "did you mean": what is there in place of what an entry names in vain.
 */
#ifndef OVERLAYS_HINT_H
#define OVERLAYS_HINT_H

#include "base/fact.h"

struct accumulator;
struct overlay_run;
struct selector;

/*
 * The kind or name next to one that no resource has, "" for any; NULL if
 * nothing is near.
 */
const char *hint_for(struct accumulator *acc, const char *kind,
		     const char *name);

/* The same for the plain texts of a selector. */
const char *hint_for_selector(struct accumulator *acc,
			      const struct selector *selector);

/* Put it to the error that was just reported, or to the newest fact. */
void hint_error(struct overlay_run *run, const char *near);
void hint_fact(struct overlay_run *run, const char *near);

#endif
