/*
 * Bundles into files, or one to standard output.
 */
#ifndef COMPILER_EMIT_H
#define COMPILER_EMIT_H

#include <stdbool.h>

#include "base/attr.h"

struct run;

/* Whether bundles go to files at all. */
bool emit_to_files(const struct run *run);

/*
 * Write every bundle that was produced to the file that `output:` and -o say.
 * Without either, exactly one bundle must have been asked for; it goes to
 * standard output.  A job that cannot be written has failed.  False: nothing
 * could be written at all; reported.
 */
MUST_USE bool emit_bundles(struct run *run);

#endif
