/*
 * What rules for ecosystems share.
 */
#ifndef LINTS_SUBJECTS_PACKS_H
#define LINTS_SUBJECTS_PACKS_H

#include <stdbool.h>

struct lint_run;

/*
 * Whether an object of the set is of the group or of one below it:
 * "istio.io" is also security.istio.io.  Looks at all objects: to be asked
 * once by a rule, before it looks at them itself.
 */
bool lint_has_group(struct lint_run *run, const char *group);

#endif
