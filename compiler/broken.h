/*
 * What nobody declared and does not render: findings, not failures.
 */
#ifndef COMPILER_BROKEN_H
#define COMPILER_BROKEN_H

#include <stdbool.h>

struct job;

/*
 * Before rules look: errors of a discovered target become facts for its rule.
 * False: it has none, or somebody asked for this very target.
 */
bool broken_tell(struct job *job);

/*
 * Afterwards: whether findings say it all, and the errors are gone.  Who asks
 * for some rules only would not be told: then they stay errors.
 */
bool broken_is_told(struct job *job);

#endif
