/*
 * What the jobs of a run have to say, as findings.
 */
#ifndef COMPILER_RUN_TOLD_H
#define COMPILER_RUN_TOLD_H

#include "base/diag.h"

struct finding;
struct job;
struct run;

/* What is about a job: that of its bundle's first job holds for it too. */
enum told_part {
	TOLD_SHARED,
	TOLD_SHARED_FINDINGS,
	TOLD_OWN,
	TOLD_OWN_FINDINGS,
	TOLD_PARTS
};

struct told {
	struct job *job;
	const struct diag_sink *sinks[TOLD_PARTS]; /* or NULL */
	struct finding **findings[TOLD_PARTS];     /* one for each of a sink */
};

/*
 * One for each job of the run, in their order.  Where findings come from is
 * looked up on all threads, if there are many.
 */
struct told *told_make(struct run *run);

#endif
