/*
 * Who is whose neighbour in a bundle: which pods a selector matches, which
 * Services or budgets select a pod, what scales a workload.  Built on the
 * first question of a run; no question scans the objects.
 */
#ifndef LINTS_INDEX_H
#define LINTS_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "lints/subjects/selector.h"
#include "model/podspec.h"

struct arena;
struct lint_run;
struct object;
struct value;

/* An object with a pod template. */
struct lint_workload {
	const struct object *object;
	struct podspec pod;         /* its spec may be NULL */
	const struct value *labels; /* of the template; or NULL */
	const char *name_space;
	struct lint_workload *like; /* the first with these labels; itself */
	struct lint_selecting_objects *by; /* of each kind; lints/index.c */
};

VEC_TYPE(lint_workloads, struct lint_workload *);

/* Kinds that select pods. */
enum lint_selecting {
	LINT_BY_SERVICE,
	LINT_BY_BUDGET,
	LINT_BY_POLICY,
	LINT_SELECTINGS
};

VEC_TYPE(lint_selecting_objects, const struct object *);

/* The namespace of an object, with the default of the bundle. */
const char *lint_namespace(const struct lint_run *run,
			   const struct object *object);

/* NULL: it has no pods. */
const struct lint_workload *lint_workload_of(struct lint_run *run,
					     const struct object *object);

/* All of a namespace; never NULL. */
const struct lint_workloads *lint_workloads_in(struct lint_run *run,
					       const char *name_space);

/*
 * Custom resources of the namespace look as if an operator made pods of them,
 * whose labels are not known here.
 */
bool lint_has_hidden_pods(struct lint_run *run, const char *name_space);

/*
 * What selects no pod of the namespace selects none at all: the set has pods
 * there and nothing that makes more, or the project says that all are here.
 */
bool lint_pods_are_known(struct lint_run *run, const char *name_space);

/* Those of a namespace that a selector matches, in order. */
void lint_select(struct lint_run *run, const char *name_space,
		 const struct lint_selector *selector,
		 struct lint_workloads *matched);

/*
 * Where is kept what a rule made of what lint_select() or lint_selected_by()
 * gave, since many objects ask with equal selectors: `items` and `count` are of
 * that list, `about` what else the answer depends on, or NULL.  What is put
 * there has to be in the arena of lint_answers().  NULL: it is so short that
 * it is looked through again.
 */
const void **lint_answer(struct lint_run *run, const void *items, size_t count,
			 const void *about);
struct arena *lint_answers(struct lint_run *run);

/* Objects of a kind that select a workload's pods, equal selectors together. */
void lint_selected_by(struct lint_run *run, enum lint_selecting kind,
		      const struct lint_workload *workload,
		      struct lint_selecting_objects *matched);

/* The first Service that selects the object's pods; or NULL. */
const struct object *lint_service_of(struct lint_run *run,
				     const struct object *object);

/* An autoscaler, or NULL, whose scaleTargetRef is the object. */
const struct object *lint_scaler_of(struct lint_run *run,
				    const struct object *object);

/* The same for what a reference names. */
const struct object *lint_scaler_at(struct lint_run *run,
				    const char *name_space, const char *kind,
				    const char *name);

/* How many pods at least: the autoscaler's minimum, spec.replicas, or 1. */
int64_t lint_replicas(struct lint_run *run, const struct object *object);

/* The same with another number than 1 where nothing is said. */
int64_t lint_replicas_or(struct lint_run *run, const struct object *object,
			 int64_t unset);

/* spec.replicas is 0: parked on purpose. */
bool lint_is_parked(struct lint_run *run, const struct object *object);

#endif
