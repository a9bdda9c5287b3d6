/*
 * kube-linter: custom checks, which are templates with parameters.
 *
 * A rule has one setting here, where kube-linter may use a template several
 * times; the second use is reported.
 */
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/diag.h"
#include "base/vec.h"
#include "compiler/migrate/custom.h"
#include "lints/lint.h"
#include "model/value.h"

/* Templates that are no check of that name, and no alias of a rule. */
static const struct {
	const char *template;
	const char *rule;
} others[] = {
	{ "env-var", "env-secret-literal" },
	{ "hpa-minimum-replicas", "hpa-min-too-low" },
};

static const char template_tool[] = "kube-linter template";

static const char *const *template_names(struct arena *arena)
{
	const char *const *tools[] = { migrate_checks(arena, template_tool),
				       migrate_checks(arena, "kube-linter") };
	VEC(const char *) names = { 0 };
	size_t i, j;

	for (i = 0; i < ARRAY_COUNT(tools); i++)
		for (j = 0; tools[i][j]; j++)
			vec_push(arena, &names, tools[i][j]);
	for (i = 0; i < ARRAY_COUNT(others); i++)
		vec_push(arena, &names, others[i].template);
	vec_push(arena, &names, NULL);
	return names.items;
}

/* The alias as a template first: `latest-tag` is a check of others as well. */
static bool does(const char *template, const struct lint_rule *rule)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(others); i++)
		if (strcmp(others[i].template, template) == 0)
			return strcmp(others[i].rule, rule->name) == 0;
	if (migrate_is_built(template_tool, template))
		return migrate_is_check_of(template_tool, template, rule);
	return migrate_is_check_of("kube-linter", template, rule);
}

void custom_left_out(struct custom *c, const struct value *at, const char *why)
{
	diag_warning(c->m->diags, at ? &at->origin : &c->check->origin,
		     "custom check '%s': %s", c->name, why);
}

struct value *custom_setting(struct custom *c, const char *rule)
{
	struct value *setting = value_get(c->m->rules, rule);
	struct arena *arena = c->m->arena;

	if (value_is_map(setting) && setting != c->setting) {
		custom_left_out(c, NULL,
				arena_printf(arena,
					     "another one is the rule %s, "
					     "which has one setting; this is "
					     "left out",
					     rule));
		return NULL;
	}
	if (!value_is_map(setting)) {
		setting = value_new_map(arena, NULL);
		value_set(arena, c->m->rules, rule, setting);
	}
	c->setting = setting;
	return setting;
}

void custom_switch_on(struct custom *c)
{
	const struct lint_rule *const *rule;
	bool any = false;

	for (rule = lint_rules; *rule; rule++) {
		if (!does(c->template, *rule))
			continue;
		any = true;
		if (!value_is_map(value_get(c->m->rules, (*rule)->name)))
			migrate_put(c->m, c->m->rules, (*rule)->name,
				    diag_severity_name((*rule)->severity));
	}
	if (!any)
		custom_left_out(c, value_get(c->check, "template"),
				arena_printf(c->m->arena,
					     "no rule does what the template "
					     "'%s' does",
					     c->template));
}

/* The rules look at every kind they are for, with or without a scope. */
static void report_scope(struct custom *c)
{
	const struct value *scope = value_get(c->check, "scope");
	const struct value *kinds = value_get(scope, "objectKinds");
	const struct value *kind;

	list_foreach (kind, kinds)
		if (value_equals_string(kind, "DeploymentLike") ||
		    value_equals_string(kind, "Any"))
			return;
	if (value_count(kinds))
		custom_left_out(c, kinds,
				"its scope has no counterpart: the rule looks "
				"at every kind it is for");
}

static bool is_template(struct custom *c, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(*names, c->template) == 0)
			return true;
	return false;
}

void migrate_custom_check(struct migration *m, const struct value *check)
{
	const char *const *names = template_names(m->arena);
	const struct value *template = value_get(check, "template");
	struct custom c = {
		.m = m,
		.check = check,
		.name = value_string_or(value_get(check, "name"), ""),
		.template = value_string_or(template, ""),
		.params = value_get(check, "params"),
	};

	if (!is_template(&c, names)) {
		migrate_unknown(m, template ? template : check, "template",
				c.template, names);
		return;
	}
	report_scope(&c);
	if (value_count(c.params))
		custom_params(&c);
	else
		custom_switch_on(&c);
}
