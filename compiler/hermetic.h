/*
 * --hermetic: a job may read only what its settings and the kustomizations
 * that they name declare, which is what --deps, `affected` and remote
 * execution rely on (compiler/inputs.h).
 */
#ifndef COMPILER_HERMETIC_H
#define COMPILER_HERMETIC_H

struct hermetic;
struct run;

/* What the jobs that are about to run declare; NULL: nobody asked. */
struct hermetic *hermetic_begin(struct run *run);

/* Fail those that have read anything else. */
void hermetic_check(struct hermetic *hermetic);

#endif
