/*
 * Hooks of a chart as a HelmRelease treats them.
 */
#ifndef COMPILER_GITOPS_HELM_HOOKS_H
#define COMPILER_GITOPS_HELM_HOOKS_H

#include <stdbool.h>

struct bundle;
struct job;
struct value;

/* Actions whose hooks run; what no action runs is never applied. */
struct helm_hooks {
	bool install;
	bool upgrade;
	bool uninstall;
	bool rollback;
};

struct helm_hooks helm_hooks_of(const struct value *spec);

/* Take hooks that no action runs out of the job's bundle. */
void helm_hooks_drop(struct job *job, const struct helm_hooks *hooks);

/* Take all of them out, as a bundle of their own. */
struct bundle *helm_hooks_split(struct job *job);

#endif
