#include "compiler/migrate/migrate.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/vec.h"
#include "lints/lint.h"
#include "model/value.h"

const char *const *migrate_checks(struct arena *arena, const char *tool)
{
	const struct lint_alias *alias;
	VEC(const char *) names = { 0 };

	for (alias = lint_aliases; *alias->tool; alias++)
		if (strcmp(alias->tool, tool) == 0 &&
		    (!names.count ||
		     strcmp(names.items[names.count - 1], alias->check) != 0))
			vec_push(arena, &names, alias->check);
	vec_push(arena, &names, NULL);
	return names.items;
}

bool migrate_is_check_of(const char *tool, const char *check,
			 const struct lint_rule *rule)
{
	const struct lint_alias *alias;

	for (alias = lint_aliases; *alias->tool; alias++)
		if (strcmp(alias->tool, tool) == 0 &&
		    strcmp(alias->check, check) == 0 &&
		    strcmp(alias->rule, rule->name) == 0)
			return true;
	return false;
}

bool migrate_is_built(const char *tool, const char *check)
{
	const struct lint_rule *const *rule;

	for (rule = lint_rules; *rule; rule++)
		if (migrate_is_check_of(tool, check, *rule))
			return true;
	return false;
}

void migrate_unknown(struct migration *m, const struct value *at,
		     const char *what, const char *name,
		     const char *const *names)
{
	const char *near = edit_nearest_of(name, names);

	diag_warning(m->diags, &at->origin, "%s has no %s '%s'", m->tool, what,
		     name);
	if (near)
		diag_help(m->diags, "did you mean '%s'?", near);
}

void migrate_put(struct migration *m, struct value *map, const char *key,
		 const char *text)
{
	value_set(m->arena, map, key, value_new_cstring(m->arena, NULL, text));
}

struct value *migrate_ignore(struct migration *m, const char *reason)
{
	struct value *entry = value_new_map(m->arena, NULL);

	migrate_put(m, entry, "reason", reason);
	value_append(m->arena, m->ignore, entry);
	return entry;
}

/* Polaris has severities by check; kube-linter lists names. */
static bool is_polaris(const struct value *root)
{
	const struct value *checks = value_get(root, "checks");
	const struct value_entry *entry;

	if (value_get(root, "exemptions") || value_get(root, "mutations"))
		return true;
	value_foreach (entry, checks)
		if (value_is_string(entry->value))
			return true;
	return false;
}

static bool is_kube_linter(const struct value *root)
{
	return value_is_map(value_get(root, "checks")) ||
	       value_is_list(value_get(root, "customChecks"));
}

struct value *migrate_config(struct arena *arena, struct diag_sink *diags,
			     const struct value *root)
{
	struct migration m = { .arena = arena,
			       .diags = diags,
			       .rules = value_new_map(arena, NULL),
			       .ignore = value_new_list(arena, NULL) };
	struct value *section = value_new_map(arena, NULL);

	if (is_polaris(root)) {
		m.tool = "polaris";
		migrate_polaris(&m, root);
	} else if (is_kube_linter(root)) {
		m.tool = "kube-linter";
		migrate_kube_linter(&m, root);
	} else {
		diag_error(diags, root ? &root->origin : NULL,
			   "this is no configuration of kube-linter or "
			   "Polaris: it has no checks");
		return NULL;
	}
	migrate_put(&m, section, "profile", m.tool);
	if (value_count(m.rules))
		value_set(arena, section, "rules", m.rules);
	if (value_count(m.ignore))
		value_set(arena, section, "ignore", m.ignore);
	return section;
}
