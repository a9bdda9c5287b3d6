/*
 * --trace and --stop-after: what flows through the pipeline, made visible.
 */
#ifndef COMPILER_TRACE_H
#define COMPILER_TRACE_H

#include <stdbool.h>

#include "base/attr.h"

struct run;

/* With --trace: each job's stages with time and objects, to stderr. */
void trace_print(const struct run *run);

/*
 * With --stop-after: what each job holds now, to standard output: inputs
 * after load, objects after render and overlay, findings after check.
 */
MUST_USE bool trace_stopped(struct run *run);

#endif
