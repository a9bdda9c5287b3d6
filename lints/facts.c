/*
 * What engines noticed while they loaded, rendered and patched, as findings of
 * the rules for it.  The text of a fact is the message.
 */
#include "base/arena.h"
#include "base/fact.h"
#include "lints/run.h"
#include "model/value.h"

enum {
	NO_RULE = LINT_RULES
};

/* What was said beside the message, of what was an error before. */
static void carry_on(struct lint_run *run, const struct diag *from)
{
	struct diag_sink *sink = &run->found->sink;
	struct diag *diag = (*vec_last(&run->found->findings))->diag;
	size_t i;

	diag->key = from->key;
	for (i = 0; i < from->notes.count; i++)
		diag_note(sink, &from->notes.items[i].origin, "%s",
			  from->notes.items[i].text);
}

/* What is built but for a part was no error before. */
static enum diag_severity severity_of(const struct lint_run *run,
				      const struct fact *fact)
{
	if (fact->perhaps || (fact->kind == FACT_TARGET_BROKEN && !fact->diag))
		return DIAG_INFO;
	return run->rule->severity;
}

void lint_facts(struct lint_run *run, const struct fact_log *facts)
{
	size_t rule_of[FACT_KINDS];
	size_t i, kind;

	for (kind = 0; kind < FACT_KINDS; kind++) {
		rule_of[kind] = NO_RULE;
		for (i = 0; i < LINT_RULES; i++)
			if (lint_rules[i]->raised_by & (1u << kind) &&
			    lint_is_on(run, (enum lint_rule_at)i))
				rule_of[kind] = i;
	}
	for (i = 0; i < facts->facts.count; i++) {
		const struct fact *fact = &facts->facts.items[i];
		const struct value at = { .origin = fact->origin };

		if (rule_of[fact->kind] == NO_RULE)
			continue;
		lint_run_rule(run, rule_of[fact->kind]);
		lint_report_as(run, severity_of(run, fact), &at, "%s",
			       fact->text);
		if (fact->diag)
			carry_on(run, fact->diag);
		if (fact->help)
			lint_help(run, "%s", fact->help);
	}
}
