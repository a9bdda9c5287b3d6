/*
 * rules: the table of all rules, or of those that are asked for.
 */
#include <string.h>

#include "base/str.h"
#include "compiler/command.h"
#include "compiler/rule_text.h"
#include "lints/lint.h"

struct rules_options {
	const char *profile;
	const char *format;
	bool core;
};

#define FIELD(x) offsetof(struct rules_options, x)

static const struct option options[] = {
	{ .name = "profile",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(profile),
	  .value = "PROFILE",
	  .help = "Only rules that a built-in profile has on." },
	{ .name = "core",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(core),
	  .help = "Only rules of the core set." },
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(format),
	  .value = "FORMAT",
	  .help = "Print as human (default), markdown or json.",
	  .words = "human markdown json" },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ .title = "Options", .options = options },
	{ NULL, NULL, 0 },
};

static bool is_profile(const char *name)
{
	const char *const *profile;

	for (profile = lint_profiles; *profile; profile++)
		if (strcmp(*profile, name) == 0)
			return true;
	return false;
}

static bool names_rule(const char *word)
{
	const struct lint_rule *const *rule;

	for (rule = lint_rules; *rule; rule++)
		if (lint_rule_is(*rule, word))
			return true;
	return false;
}

static bool check(struct invocation *invocation,
		  const struct rules_options *wanted)
{
	bool ok = true;
	size_t i;

	if (wanted->profile && !is_profile(wanted->profile)) {
		ok = diag_error(&invocation->diags, NULL,
				"there is no built-in profile \"%s\"",
				wanted->profile);
		diag_help(&invocation->diags,
			  "default, relaxed, strict, security, schema, all");
	}
	for (i = 0; i < invocation->args.count; i++)
		if (!names_rule(invocation->args.items[i])) {
			ok = diag_error(&invocation->diags, NULL,
					"no rule or group is called \"%s\"",
					invocation->args.items[i]);
			diag_help(&invocation->diags,
				  "`plimsoll rules` lists all of them");
		}
	return ok;
}

static bool is_wanted(const struct invocation *invocation,
		      const struct rules_options *wanted,
		      const struct lint_rule *rule)
{
	size_t i;

	if ((wanted->core && !rule->core) ||
	    (wanted->profile && !lint_profile_has(wanted->profile, rule)))
		return false;
	for (i = 0; i < invocation->args.count; i++)
		if (lint_rule_is(rule, invocation->args.items[i]))
			return true;
	return !invocation->args.count;
}

static int run(struct invocation *invocation)
{
	const struct rules_options *wanted = invocation->options;
	const struct lint_rule *const *rule;
	struct rule_texts list = { 0 };
	struct str out;

	if (!check(invocation, wanted)) {
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	for (rule = lint_rules; *rule; rule++)
		if (is_wanted(invocation, wanted, *rule))
			vec_push(invocation->arena, &list, *rule);
	rule_texts_sort(&list);
	str_init(&out, invocation->arena);
	if (!wanted->format || strcmp(wanted->format, "human") == 0) {
		rule_text_table(&out, &list);
	} else if (strcmp(wanted->format, "markdown") == 0) {
		rule_text_markdown(&out, &list);
	} else if (strcmp(wanted->format, "json") == 0) {
		rule_text_json(&out, &list);
	} else {
		diag_error(&invocation->diags, NULL,
			   "there is no format \"%s\" here", wanted->format);
		diag_help(&invocation->diags, "human, markdown or json");
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	return invocation_print(invocation, &out, STATUS_CLEAN);
}

const struct command command_rules = {
	.name = "rules",
	.summary = "List the rules.",
	.usage = "rules [RULE|GROUP...]",
	.help = "A word is an id, a code or the beginning of one (PL3), a "
		"group (security), or the name that another linter gives to "
		"the check.",
	.groups = groups,
	.size = sizeof(struct rules_options),
	.run = run,
};
