/*
 * Patches and the like that select nothing, seen over all targets.
 */
#ifndef COMPILER_MISSES_H
#define COMPILER_MISSES_H

struct run;

/*
 * Forget what an entry of a shared kustomization misses in one target and
 * finds in another, and what is missed where there is nothing at all to be
 * found.  Between the phases.
 */
void misses_drop(struct run *run);

#endif
