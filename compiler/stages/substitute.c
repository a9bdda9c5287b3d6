/*
 * substitute: ${variables} in the objects, where the target asks for it.
 */
#include "compiler/job.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "compiler/substitute.h"
#include "model/value.h"

static const struct value *find(void *context, const char *name, size_t len)
{
	return value_getn(context, name, len);
}

struct names {
	const struct value *map;
	size_t at;
};

static const char *next_name(void *context)
{
	struct names *names = context;

	if (names->at < value_count(names->map))
		return value_entry_at(names->map, names->at++)->key;
	names->at = 0;
	return NULL;
}

static bool run(struct job *job)
{
	struct names names = { job->variables, 0 };
	struct substitution substitution = {
		.how = {
			.arena = job->arena,
			.limits = &job->run->project->limits,
			.find = find,
			.context = (void *)job->variables,
			.unset = ENVSUBST_UNSET_FAILS,
		},
		.diags = &job->diags,
		.next_name = next_name,
		.names = &names,
	};

	if (!job->variables)
		return true;
	job->bundle = substitute_bundle(&substitution, job->bundle);
	return job->bundle != NULL;
}

const struct stage stage_substitute = {
	.name = "substitute",
	.help = "Variables in the objects are replaced, where a target asks.",
	.run = run,
};
