/*
 * What the programs of the set may make themselves while they run.
 *
 * An operator makes pods, Secrets and ConfigMaps that no manifest has, and puts
 * labels on pods.  That it does shows in its role.
 */
#ifndef LINTS_SUBJECTS_MAKERS_H
#define LINTS_SUBJECTS_MAKERS_H

#include <stdbool.h>

struct lint_run;

/*
 * Whether a Role of the namespace, or a ClusterRole, allows to make "pods",
 * "secrets" or "configmaps".
 */
bool lint_may_be_made(struct lint_run *run, const char *name_space,
		      const char *resource);

#endif
