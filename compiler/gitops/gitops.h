/*
 * Objects that say what is applied where: Kustomization and HelmRelease of
 * Flux, Application and ApplicationSet of Argo CD.
 *
 * Those that are found in bundles and refer to paths of this repository become
 * targets with their options.  So a run produces in rounds:
 *
 *	gitops = gitops_new(run);
 *	do
 *		produce the jobs from `first` on;
 *	while (gitops_follow(gitops, first));
 *	gitops_finish(gitops);
 *
 * The order is that of rounds, then jobs, then objects.  What cannot be
 * followed is counted with its reason in the report.
 */
#ifndef COMPILER_GITOPS_GITOPS_H
#define COMPILER_GITOPS_GITOPS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/origin.h"
#include "base/vec.h"

struct gitops;
struct gitops_kind;
struct job;
struct object;
struct run;

/* A job whose bundle held an object, and the object that led to it. */
struct followed_maker {
	const struct job *job;
	const struct followed *parent;
};

/* An object that is followed; its target points here. */
struct followed {
	const struct gitops_kind *kind;
	const struct object *object;
	const struct followed *parent;     /* whose bundle held it; or NULL */
	VEC(struct followed_maker) makers; /* all that held it */
	const struct job *maker;           /* the one that stays; or NULL */
	const char *name;                  /* Kustomization flux-system/apps */
	struct origin at;                  /* where the object stands */
	const void *plan;                  /* what its unit made of it */
	const char *settings;              /* all that decides on the result */
	unsigned depth;
	/* What was asked on the way, beside the object's own bundle. */
	VEC(const struct job *) asked; /* whose objects it refers to */
	VEC(const char *) files;       /* that a generator has read */
};

struct gitops *gitops_new(struct run *run);

/*
 * Look at the bundles of the run's jobs from `first` on, and add a target and
 * a job for each object that can be followed.  False: there is none.
 */
bool gitops_follow(struct gitops *gitops, size_t first);

/*
 * Take jobs out of the run whose files are applied by those followed, with
 * what they alone led to; count what was not followed.
 */
void gitops_finish(struct gitops *gitops);

/*
 * The folders of an Application's sources; NULL at the end.  NULL: the job's
 * target is none.
 */
const char *const *gitops_application_dirs(struct job *job);

/* Make the bundle of a job whose target is followed; false: reported. */
MUST_USE bool gitops_produce(struct job *job);

#endif
