/*
 * Stages of the pipeline: each takes a job's bundle and leaves it changed.
 * A stage knows nothing of the stages around it.
 */
#ifndef COMPILER_STAGE_H
#define COMPILER_STAGE_H

#include <stdbool.h>
#include <stddef.h>

struct job;
struct run;

struct stage {
	const char *name;
	const char *help;
	bool checks; /* of the second phase, when all bundles are known */
	bool (*run)(struct job *job); /* false: reported in the job */
};

#define STAGE(x) extern const struct stage stage_##x;
#include "compiler/stages.def"
#undef STAGE

/* In the order they run; NULL at the end. */
extern const struct stage *const stages[];

const struct stage *stage_find(const char *name);

/* The name of the last one before bundles are checked. */
const char *stage_last_product(void);

/* Whether rules will look at what the run makes. */
bool stages_check(const struct run *run);

#endif
