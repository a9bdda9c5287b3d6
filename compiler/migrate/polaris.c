/*
 * Polaris: severities by check, and exemptions.
 *
 * A check that the file does not name does not run.  Several of Polaris'
 * checks may be one rule here; the gravest of their severities counts.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "compiler/migrate/migrate.h"
#include "lints/lint.h"
#include "model/value.h"

enum level {
	LEVEL_OFF,
	LEVEL_WARNING,
	LEVEL_ERROR
};

static const char *const levels[] = { "off", "warning", "error" };
static const char *const words[] = { "ignore", "warning", "danger", NULL };

static bool level_of(const struct value *value, enum level *level)
{
	size_t i;

	for (i = 0; words[i]; i++)
		if (value_equals_string(value, words[i])) {
			*level = (enum level)i;
			return true;
		}
	return false;
}

static void report_checks(struct migration *m, const struct value *checks,
			  const struct value *custom)
{
	const char *const *names = migrate_checks(m->arena, "polaris");
	const struct value_entry *entry;
	const char *const *name;
	enum level level;

	value_foreach (entry, checks) {
		for (name = names; *name; name++)
			if (strcmp(*name, entry->key) == 0)
				break;
		if (!level_of(entry->value, &level))
			diag_warning(m->diags, &entry->value->origin,
				     "'%s' is danger, warning or ignore",
				     entry->key);
		else if (!*name && !value_get(custom, entry->key))
			migrate_unknown(m, entry->value, "check", entry->key,
					names);
		else if (*name && level != LEVEL_OFF &&
			 !migrate_is_built("polaris", *name))
			diag_warning(m->diags, &entry->value->origin,
				     "no rule does what '%s' does", *name);
	}
}

/* The gravest level of the rule's checks; `*mixed`: they do not agree. */
static enum level rule_level(const struct value *checks,
			     const struct lint_rule *rule,
			     const struct value **mixed)
{
	enum level level, top = LEVEL_OFF;
	const struct value_entry *entry;
	bool first = true;

	*mixed = NULL;
	value_foreach (entry, checks) {
		if (!level_of(entry->value, &level) ||
		    !migrate_is_check_of("polaris", entry->key, rule))
			continue;
		if (!first && level != top)
			*mixed = entry->value;
		if (first || level > top)
			top = level;
		first = false;
	}
	return top;
}

static void set_rules(struct migration *m, const struct value *checks)
{
	const struct lint_rule *const *rule;
	const struct value *mixed;

	for (rule = lint_rules; *rule; rule++) {
		enum level level;

		if (!lint_profile_has("polaris", *rule))
			continue;
		level = rule_level(checks, *rule, &mixed);
		if (mixed)
			diag_warning(m->diags, &mixed->origin,
				     "several checks with other severities are "
				     "the one rule %s; it becomes %s",
				     (*rule)->name, levels[level]);
		migrate_put(m, m->rules, (*rule)->name, levels[level]);
	}
}

/* The rules of an exemption: names of checks, which are aliases of ours. */
static bool exempt_rules(struct migration *m, const struct value *exemption,
			 struct value *list)
{
	const char *const *names = migrate_checks(m->arena, "polaris");
	const struct value *rules = value_get(exemption, "rules");
	const struct value *item;
	const char *const *name;

	list_foreach (item, rules) {
		const char *text = value_string_or(item, "");

		for (name = names; *name; name++)
			if (strcmp(*name, text) == 0)
				break;
		if (!*name)
			migrate_unknown(m, item, "check", text, names);
		else
			value_append(m->arena, list,
				     value_new_cstring(m->arena, NULL, text));
	}
	return !value_count(rules) || value_count(list);
}

static void add_exemption(struct migration *m, const struct value *exemption,
			  struct value *rules, const char *controller)
{
	const char *space = value_string(value_get(exemption, "namespace"));
	struct value *entry = migrate_ignore(m, "exempt in Polaris");

	if (value_count(rules))
		value_set(m->arena, entry, "rule", rules);
	if (space && *space)
		migrate_put(m, entry, "namespace", space);
	/* Polaris compares the beginning of the name. */
	if (controller)
		migrate_put(m, entry, "name",
			    arena_printf(m->arena, "%s*", controller));
}

static void read_exemption(struct migration *m, const struct value *exemption)
{
	const struct value *containers = value_get(exemption, "containerNames");
	const struct value *names = value_get(exemption, "controllerNames");
	struct value *rules = value_new_list(m->arena, NULL);
	const struct value *item;

	if (value_count(containers)) {
		diag_warning(m->diags, &containers->origin,
			     "an exemption of single containers has no "
			     "counterpart and is left out");
		diag_help(m->diags, "a comment `# plimsoll: ignore RULE` at "
				    "the container does the same");
		return;
	}
	if (!exempt_rules(m, exemption, rules))
		return;
	list_foreach (item, names)
		if (value_is_string(item))
			add_exemption(m, exemption, rules, value_string(item));
	if (!value_count(names))
		add_exemption(m, exemption, rules, NULL);
}

static void report_rest(struct migration *m, const struct value *root)
{
	static const char *const read[] = { "checks", "exemptions",
					    "customChecks", NULL };
	const struct value_entry *entry;
	size_t i;

	value_foreach (entry, root) {
		for (i = 0; read[i]; i++)
			if (strcmp(read[i], entry->key) == 0)
				break;
		if (!read[i])
			diag_warning(m->diags, &entry->value->origin,
				     "'%s' of Polaris has no counterpart and "
				     "is left out",
				     entry->key);
	}
}

void migrate_polaris(struct migration *m, const struct value *root)
{
	const struct value *checks = value_get(root, "checks");
	const struct value *exemption;

	report_checks(m, checks, value_get(root, "customChecks"));
	if (value_is_map(checks))
		set_rules(m, checks);
	list_foreach (exemption, value_get(root, "exemptions"))
		read_exemption(m, exemption);
	migrate_polaris_custom(m, value_get(root, "customChecks"), checks);
	report_rest(m, root);
}
