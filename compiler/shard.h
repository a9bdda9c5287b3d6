/*
 * --shard: the part of the targets that one of several machines does.
 */
#ifndef COMPILER_SHARD_H
#define COMPILER_SHARD_H

#include <stdbool.h>

#include "base/attr.h"

struct run;

/*
 * Leave only the jobs of the shard that the options name.  All environments of
 * a target are in one, so that equal findings of them are one finding.  False:
 * reported.
 */
MUST_USE bool shard_keep(struct run *run);

/* Mark the jobs of followed objects that other shards report. */
void shard_find_elsewhere(struct run *run);

#endif
