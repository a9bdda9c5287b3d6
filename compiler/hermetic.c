#include "compiler/hermetic.h"

#include "base/arena.h"
#include "compiler/inputs.h"
#include "compiler/run.h"

struct hermetic {
	struct inputs *inputs;
	VEC(struct job *) jobs; /* in the order of the inputs */
};

struct hermetic *hermetic_begin(struct run *run)
{
	struct hermetic *hermetic;
	size_t i;

	if (!run->options->hermetic)
		return NULL;
	hermetic = arena_zalloc(run->arena, sizeof(*hermetic));
	hermetic->inputs = inputs_find(run);
	for (i = 0; i < run->jobs.count; i++)
		vec_push(run->arena, &hermetic->jobs, run->jobs.items[i]);
	return hermetic;
}

/* What is looked for in vain is not there without a declaration, either. */
static void check(const struct hermetic *hermetic, size_t index)
{
	struct job *job = hermetic->jobs.items[index];
	size_t i, count = job->view.log.count;

	for (i = 0; i < count; i++) {
		const struct tree_access *access = &job->view.log.items[i];

		if (access->kind != TREE_OPENED ||
		    inputs_declares(hermetic->inputs, index, access->path))
			continue;
		job->failed = true;
		diag_error(&job->diags, NULL,
			   "%s reads %s, which its settings do not declare",
			   job_name(job),
			   tree_view_display(&job->view, access->path));
		diag_help(&job->diags,
			  "name it in the project file or in a kustomization, "
			  "or build without --hermetic");
	}
}

void hermetic_check(struct hermetic *hermetic)
{
	size_t i;

	for (i = 0; hermetic && i < hermetic->jobs.count; i++)
		check(hermetic, i);
}
