#include "lints/lint.h"

#include <string.h>

const struct lint_rule *const lint_rules[] = {
#define RULE(x) &lint_##x,
#include "lints/rules.def"
#undef RULE
	NULL
};

#define ALIAS(by, as, here)                                                    \
	HOLDS(struct lint_alias, tool, by);                                    \
	HOLDS(struct lint_alias, check, as);                                   \
	HOLDS(struct lint_alias, rule, here);
#include "lints/aliases.def"
#undef ALIAS

const struct lint_alias lint_aliases[] = {
#define ALIAS(tool, check, rule) { tool, check, rule },
#include "lints/aliases.def"
#undef ALIAS
	{ "", "", "" }
};

static const char *const group_names[] = {
	[LINT_INPUT] = "input",         [LINT_RELIABILITY] = "reliability",
	[LINT_RESOURCES] = "resources", [LINT_SECURITY] = "security",
	[LINT_SECRETS] = "secrets",     [LINT_NETWORK] = "network",
	[LINT_RBAC] = "rbac",           [LINT_REFERENCES] = "references",
	[LINT_METADATA] = "metadata",   [LINT_API] = "api",
	[LINT_PACK] = "pack",
};

const char *lint_group_name(enum lint_group group)
{
	return group_names[group];
}

/* "trivy/KSV-0012", or the check's name alone. */
static bool names_alias(const struct lint_alias *alias, const char *word)
{
	size_t tool = strlen(alias->tool);

	if (strcmp(alias->check, word) == 0)
		return true;
	return strncmp(alias->tool, word, tool) == 0 && word[tool] == '/' &&
	       strcmp(alias->check, word + tool + 1) == 0;
}

/* A rule's own id means that rule and no alias. */
static bool is_id(const char *word)
{
	const struct lint_rule *const *rule;

	for (rule = lint_rules; *rule; rule++)
		if (strcmp((*rule)->name, word) == 0)
			return true;
	return false;
}

bool lint_rule_is(const struct lint_rule *rule, const char *word)
{
	const struct lint_alias *alias;
	size_t len = strlen(word);

	if (strcmp(rule->name, word) == 0 ||
	    strcmp(group_names[rule->group], word) == 0)
		return true;
	if (len > 2 && strncmp(rule->code, word, len) == 0)
		return true;
	for (alias = lint_aliases; *alias->tool; alias++)
		if (strcmp(alias->rule, rule->name) == 0 &&
		    names_alias(alias, word))
			return !is_id(word);
	return false;
}
