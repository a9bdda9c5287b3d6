#include "model/schema/work.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/regex.h"
#include "base/str.h"
#include "model/schema/schema_private.h"

enum {
	SEARCH = 8 /* parts for a search; steps of one for a part */
};

bool schema_spend(struct schema_run *run,
		  const struct schema_instance *instance, uint64_t parts)
{
	const unsigned long long most = run->limits->schema_steps;

	run->work += parts;
	if (run->work / SCHEMA_STEP > most && !run->broken)
		run->broken = arena_printf(
			run->arena,
			"- at '%s': the schema takes more than "
			"%llu steps (--limit schema-steps)",
			schema_pointer(run->arena, instance), most);
	return !run->broken;
}

static struct regex *compiled(struct schema_run *run, const char *pattern,
			      size_t len)
{
	struct table_entry *known = table_find(&run->patterns, pattern, len);
	struct regex *regex;
	const char *error;

	if (known)
		return known->value;
	regex = regex_compile(run->arena, pattern, len, &error);
	table_put(&run->patterns, pattern, len, regex);
	return regex;
}

enum schema_match schema_search(const struct schema_step *step,
				const struct text *pattern,
				const struct text *text)
{
	struct schema_run *run = step->run;
	struct regex *regex = compiled(run, pattern->at, pattern->len);
	uint64_t steps = run->limits->schema_steps * SCHEMA_STEP * SEARCH;
	bool matches;

	if (!regex || !schema_spend(run, step->instance, SEARCH + text->len))
		return SCHEMA_NO_VERDICT;
	matches = regex_matches_counted(regex, text->at, text->len, &steps);
	if (!schema_spend(run, step->instance, steps / SEARCH))
		return SCHEMA_NO_VERDICT;
	return matches ? SCHEMA_MATCHES : SCHEMA_DIFFERS;
}
