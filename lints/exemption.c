#include "lints/exemption.h"

#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "lints/config.h"
#include "lints/run.h"
#include "lints/suppress.h"
#include "model/bundle.h"
#include "model/value.h"

static const char *const no_words[] = { NULL };

void lint_exemptions_of_source(struct arena *arena, const struct source *source,
			       struct lint_exemptions *all)
{
	struct lint_comments comments = { 0 };
	size_t i;

	lint_comments_scan(arena, source, &comments);
	for (i = 0; i < comments.count; i++) {
		const struct lint_comment *comment = &comments.items[i];
		struct lint_exemption *exemption = vec_new(arena, all);

		exemption->at = origin_at(source, comment->begin,
					  comment->begin + strlen("ignore"));
		exemption->by = comment->place;
		exemption->words = comment->words;
	}
}

void lint_exemptions_of_config(struct arena *arena,
			       const struct lint_config *config,
			       struct lint_exemptions *all)
{
	size_t i;

	for (i = 0; i < config->ignores.count; i++) {
		const struct lint_ignore *ignore = &config->ignores.items[i];
		struct lint_exemption *exemption = vec_new(arena, all);

		exemption->at = ignore->item->origin;
		exemption->by = ignore->by;
		exemption->words = ignore->rules ? ignore->rules : no_words;
	}
}

void lint_config_mark(const struct lint_config *config, bool *on)
{
	size_t i;

	for (i = 0; i < LINT_RULES; i++)
		on[i] |= lint_config_is_on(config, i);
}

bool lint_exemption_counts(const struct lint_exemption *exemption,
			   const bool *on)
{
	const char *const *word;
	size_t i;

	for (word = exemption->words; *word; word++)
		for (i = 0; i < LINT_RULES; i++)
			if (on[i] && lint_rule_is(lint_rules[i], *word))
				return true;
	return false;
}

void lint_exemption_unknown(const struct lint_exemption *exemption,
			    struct fact_log *facts)
{
	const char *const *word;
	const char *near;

	for (word = exemption->words; *word; word++) {
		if (lint_rules_named(*word))
			continue;
		near = lint_nearest_rule(facts->arena, *word);
		fact_add(facts, FACT_IGNORE_UNKNOWN_RULE, &exemption->at,
			 "no rule is called '%s'", *word);
		vec_last(&facts->facts)->help =
			near ? arena_printf(facts->arena, "did you mean '%s'?",
					    near)
			     : "`plimsoll rules` lists them";
	}
}

void lint_run_facts(const struct lint_config *config,
		    const struct fact_log *facts, struct diag_sink *sink)
{
	struct lint_found found = { 0 };
	struct lint_run run = {
		.arena = arena_new(),
		.config = config,
		.kubernetes = config->kubernetes,
		.found = &found,
	};

	lint_found_init(&found, run.arena, sink->arena);
	run.bundle = bundle_new(run.arena, "");
	lint_facts(&run, facts);
	lint_found_finish(&run, sink);
	arena_free(run.arena);
}
