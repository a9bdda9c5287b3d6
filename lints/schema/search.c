#include "lints/schema/search.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/regex.h"
#include "lints/config.h"
#include "lints/run.h"
#include "model/value.h"

enum {
	SEARCH = 512 /* steps of a search for one of a schema */
};

static uint64_t most(const struct lint_run *run)
{
	const struct limits *limits = run->config->layers->limits;

	return limits ? limits->schema_steps : limits_default().schema_steps;
}

bool schema_searched_enough(const struct lint_run *run)
{
	return run->found->search_steps / SEARCH > most(run);
}

bool schema_pattern_holds(struct lint_run *run, const char *pattern,
			  const struct value *text)
{
	const char *error;
	struct regex *regex =
		regex_compile(run->arena, pattern, strlen(pattern), &error);
	uint64_t steps;
	bool matches;

	/* That the pattern itself is wrong is said of the definition. */
	if (!regex || schema_searched_enough(run))
		return true;
	steps = (most(run) + 1) * SEARCH - run->found->search_steps;
	matches = regex_matches_counted(regex, text->string, text->len, &steps);
	run->found->search_steps += steps;
	return matches || schema_searched_enough(run);
}

const char *schema_search_limit(struct lint_run *run)
{
	if (run->found->search_told || !schema_searched_enough(run))
		return NULL;
	run->found->search_told = true;
	return arena_printf(run->arena,
			    "patterns take more than %llu steps (--limit "
			    "schema-steps); no further one is looked at",
			    (unsigned long long)most(run));
}
