/*
 * kube-linter: which of its checks run, by name.
 *
 * A check of theirs may be several rules here and the other way round, so a
 * rule is on if any of its checks is.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "compiler/migrate/migrate.h"
#include "lints/lint.h"
#include "model/value.h"

struct choice {
	struct migration *m;
	const char *const *names; /* of all checks */
	bool *on;                 /* parallel to names */
};

/* Whether a list of the file has the name. */
static const struct value *listed(const struct value *list, const char *name)
{
	const struct value *item;

	list_foreach (item, list)
		if (value_equals_string(item, name))
			return item;
	return NULL;
}

static void choose(struct choice *choice, const struct value *checks)
{
	const struct value *all = value_get(checks, "addAllBuiltIn");
	const struct value *none = value_get(checks, "doNotAutoAddDefaults");
	size_t i;

	for (i = 0; choice->names[i]; i++) {
		const char *name = choice->names[i];
		bool on = !lint_check_is_optional("kube-linter", name) &&
			  !value_is_true(none);

		on |= value_is_true(all);
		on |= listed(value_get(checks, "include"), name) != NULL;
		choice->on[i] =
			on && !listed(value_get(checks, "exclude"), name);
	}
}

/* Names of include and exclude that are no checks. */
static void report_unknown(struct choice *choice, const struct value *list,
			   const struct value *custom)
{
	const struct value *item, *check;

	list_foreach (item, list) {
		const char *name = value_string_or(item, "");
		bool known = false;
		size_t i;

		for (i = 0; choice->names[i]; i++)
			known |= strcmp(choice->names[i], name) == 0;
		list_foreach (check, custom)
			known |= value_equals_string(value_get(check, "name"),
						     name);
		if (!known)
			migrate_unknown(choice->m, item, "check", name,
					choice->names);
	}
}

/* What keeps the rule on; NULL: nothing. */
static const char *wanted_by(const struct choice *choice,
			     const struct lint_rule *rule)
{
	size_t i;

	for (i = 0; choice->names[i]; i++)
		if (choice->on[i] &&
		    migrate_is_check_of("kube-linter", choice->names[i], rule))
			return choice->names[i];
	return NULL;
}

/* An excluded check may be the same rule as one that stays. */
static void report_kept(struct choice *choice, const struct value *exclude)
{
	const struct lint_rule *const *rule;
	const struct value *item;

	list_foreach (item, exclude)
		for (rule = lint_rules; *rule; rule++) {
			const char *name = value_string_or(item, "");
			const char *other = wanted_by(choice, *rule);

			if (other &&
			    migrate_is_check_of("kube-linter", name, *rule))
				diag_warning(choice->m->diags, &item->origin,
					     "'%s' and '%s' are one rule here, "
					     "%s; it stays on",
					     name, other, (*rule)->name);
		}
}

static void report_unbuilt(struct choice *choice, const struct value *include)
{
	const struct value *item;
	size_t i;

	list_foreach (item, include)
		for (i = 0; choice->names[i]; i++)
			if (value_equals_string(item, choice->names[i]) &&
			    !migrate_is_built("kube-linter", choice->names[i]))
				diag_warning(choice->m->diags, &item->origin,
					     "no rule does what '%s' does",
					     choice->names[i]);
}

static void set_rules(struct choice *choice)
{
	const struct lint_rule *const *rule;

	for (rule = lint_rules; *rule; rule++) {
		bool before = lint_profile_has("kube-linter", *rule);
		bool on = wanted_by(choice, *rule) != NULL;

		if (on != before)
			migrate_put(choice->m, choice->m->rules, (*rule)->name,
				    on ? diag_severity_name((*rule)->severity)
				       : "off");
	}
}

/* Paths are seen from the project, so only what is below it has a pattern. */
static void ignore_paths(struct migration *m, const struct value *paths)
{
	const struct value *item;

	list_foreach (item, paths) {
		const char *path = value_string_or(item, "");
		struct value *entry;

		if (strncmp(path, "./", 2) == 0)
			path += 2;
		if (!*path || *path == '~' || strncmp(path, "../", 3) == 0 ||
		    (*path == '/' && strncmp(path, "/**/", 4) != 0)) {
			diag_warning(m->diags, &item->origin,
				     "\"%s\" is not below the project; leave "
				     "it out of the targets instead",
				     path);
			continue;
		}
		entry = migrate_ignore(m, "ignorePaths of kube-linter");
		migrate_put(m, entry, "path", path + (*path == '/'));
	}
}

static void report_keys(struct migration *m, const struct value *map,
			const char *const *known)
{
	const struct value_entry *entry;
	const char *const *name;

	value_foreach (entry, map) {
		for (name = known; *name; name++)
			if (strcmp(*name, entry->key) == 0)
				break;
		if (!*name)
			migrate_unknown(m, entry->value, "key", entry->key,
					known);
	}
}

void migrate_kube_linter(struct migration *m, const struct value *root)
{
	static const char *const keys[] = { "checks", "customChecks", NULL };
	static const char *const check_keys[] = {
		"addAllBuiltIn", "doNotAutoAddDefaults", "include",
		"exclude",       "ignorePaths",          NULL
	};
	const struct value *checks = value_get(root, "checks");
	const struct value *custom = value_get(root, "customChecks");
	const struct value *exclude = value_get(checks, "exclude");
	struct choice choice = {
		.m = m, .names = migrate_checks(m->arena, "kube-linter")
	};
	const struct value *check;
	size_t count = 0;

	report_keys(m, root, keys);
	report_keys(m, checks, check_keys);
	while (choice.names[count])
		count++;
	choice.on = arena_zalloc(m->arena, count + 1);
	choose(&choice, checks);
	report_unknown(&choice, value_get(checks, "include"), custom);
	report_unknown(&choice, exclude, custom);
	report_unbuilt(&choice, value_get(checks, "include"));
	set_rules(&choice);
	report_kept(&choice, exclude);
	list_foreach (check, custom)
		if (!listed(exclude,
			    value_string_or(value_get(check, "name"), "")))
			migrate_custom_check(m, check);
	ignore_paths(m, value_get(checks, "ignorePaths"));
}
