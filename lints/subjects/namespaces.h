/*
 * Namespaces of the set and what belongs into each.
 */
#ifndef LINTS_SUBJECTS_NAMESPACES_H
#define LINTS_SUBJECTS_NAMESPACES_H

struct lint_run;

/* Report each Namespace that has no object of a kind of the core group. */
void lint_namespaces_lacking(struct lint_run *run, const char *kind);

#endif
