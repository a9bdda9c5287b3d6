/*
 * The baseline: findings that were there when the checks were switched on,
 * kept in a file beside the project, so that day one is green and only what
 * is new stops a commit.
 *
 * The file is JSON, a finding a line, sorted, so that merges are easy.  A
 * finding is known again by its fingerprint, which knows no lines, no order
 * and no file names.
 */
#ifndef COMPILER_BASELINE_H
#define COMPILER_BASELINE_H

#include <stdbool.h>

#include "base/attr.h"

struct run;

/*
 * Take what the baseline knows out of the report, or write it anew, as the
 * options say.  False: reported.
 */
MUST_USE bool baseline_apply(struct run *run);

#endif
