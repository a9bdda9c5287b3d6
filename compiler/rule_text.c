#include "compiler/rule_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "compiler/block.h"
#include "lints/lint.h"

enum {
	CODE_WIDTH = 8,
	LEVEL_WIDTH = 16,
	TEXT_WIDTH = 78
};

static int by_code(const void *left, const void *right)
{
	const struct lint_rule *const *a = left;
	const struct lint_rule *const *b = right;

	return strcmp((*a)->code, (*b)->code);
}

void rule_texts_sort(struct rule_texts *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), by_code);
}

static const char *rule_text_level(const struct lint_rule *rule)
{
	static const char *const opt_in[] = { "opt-in info", "opt-in warning",
					      "opt-in error" };

	return rule->opt_in ? opt_in[rule->severity]
			    : diag_severity_name(rule->severity);
}

static void put_padded(struct str *out, const char *text, size_t width)
{
	size_t len = strlen(text);

	str_puts(out, text);
	str_fill(out, ' ', len < width ? width - len : 1);
}

void rule_text_table(struct str *out, const struct rule_texts *list)
{
	size_t i, width = 0;

	for (i = 0; i < list->count; i++)
		if (strlen(list->items[i]->name) > width)
			width = strlen(list->items[i]->name);
	for (i = 0; i < list->count; i++) {
		const struct lint_rule *rule = list->items[i];

		put_padded(out, rule->code, CODE_WIDTH);
		put_padded(out, rule->name, width + 2);
		put_padded(out, rule_text_level(rule), LEVEL_WIDTH);
		str_puts(out, rule->summary);
		str_putc(out, '\n');
	}
}

void rule_text_markdown(struct str *out, const struct rule_texts *list)
{
	size_t i;

	str_puts(out, "| code | rule | default | what |\n"
		      "| --- | --- | --- | --- |\n");
	for (i = 0; i < list->count; i++) {
		const struct lint_rule *rule = list->items[i];

		str_printf(out, "| %s | [%s](%s.md) | %s | %s |\n", rule->code,
			   rule->name, rule->name, rule_text_level(rule),
			   rule->summary);
	}
}

static void put_string(struct str *out, const char *key, const char *text)
{
	str_printf(out, "\"%s\": \"", key);
	for (; text && *text; text++) {
		if (*text == '"' || *text == '\\')
			str_putc(out, '\\');
		str_putc(out, *text);
	}
	str_puts(out, "\"");
}

static void put_params(struct str *out, const struct lint_rule *rule)
{
	const struct lint_param *param;

	str_puts(out, ", \"params\": [");
	for (param = rule->params; param && param->name; param++) {
		str_puts(out, param == rule->params ? "{" : ", {");
		put_string(out, "name", param->name);
		str_puts(out, ", ");
		put_string(out, "default", param->initial);
		str_puts(out, ", ");
		put_string(out, "help", param->help);
		str_putc(out, '}');
	}
	str_puts(out, "]");
}

static void put_aliases(struct str *out, const struct lint_rule *rule)
{
	const struct lint_alias *alias;
	bool first = true;

	str_puts(out, ", \"aliases\": [");
	for (alias = lint_aliases; *alias->tool; alias++) {
		if (strcmp(alias->rule, rule->name) != 0)
			continue;
		str_puts(out, first ? "{" : ", {");
		put_string(out, "tool", alias->tool);
		str_puts(out, ", ");
		put_string(out, "check", alias->check);
		str_putc(out, '}');
		first = false;
	}
	str_puts(out, "]");
}

void rule_text_json(struct str *out, const struct rule_texts *list)
{
	size_t i;

	str_puts(out, "[\n");
	for (i = 0; i < list->count; i++) {
		const struct lint_rule *rule = list->items[i];

		str_puts(out, "  {");
		put_string(out, "rule", rule->name);
		str_puts(out, ", ");
		put_string(out, "code", rule->code);
		str_puts(out, ", ");
		put_string(out, "group", lint_group_name(rule->group));
		str_puts(out, ", ");
		put_string(out, "severity", diag_severity_name(rule->severity));
		str_printf(out, ", \"optIn\": %s, \"core\": %s, ",
			   rule->opt_in ? "true" : "false",
			   rule->core ? "true" : "false");
		put_string(out, "summary", rule->summary);
		put_params(out, rule);
		put_aliases(out, rule);
		str_puts(out, i + 1 < list->count ? "},\n" : "}\n");
	}
	str_puts(out, "]\n");
}

/* A paragraph, wrapped. */
static void put_paragraph(struct str *out, size_t margin, const char *text)
{
	str_fill(out, ' ', margin);
	str_put_wrapped(out, text, margin, margin, TEXT_WIDTH);
}

static void put_section(struct str *out, const char *title, const char *text)
{
	if (!text)
		return;
	str_printf(out, "\n%s\n", title);
	put_paragraph(out, 2, text);
}

static void put_param_lines(struct str *out, const struct lint_rule *rule)
{
	const struct lint_param *param;

	if (!rule->params || !rule->params->name)
		return;
	str_puts(out, "\nParameters\n");
	for (param = rule->params; param->name; param++) {
		str_printf(out, "  %s: %s\n", param->name, param->initial);
		put_paragraph(out, 6, param->help);
	}
}

static void put_alias_lines(struct str *out, const struct lint_rule *rule)
{
	const struct lint_alias *alias;
	bool first = true;

	for (alias = lint_aliases; *alias->tool; alias++) {
		if (strcmp(alias->rule, rule->name) != 0)
			continue;
		if (first)
			str_puts(out, "\nElsewhere\n");
		str_printf(out, "  %s: %s\n", alias->tool, alias->check);
		first = false;
	}
}

void rule_text_page(struct str *out, const struct lint_rule *rule)
{
	str_printf(out, "%s  %s  (%s, %s%s)\n", rule->code, rule->name,
		   rule_text_level(rule), lint_group_name(rule->group),
		   rule->core ? ", core" : "");
	put_section(out, "What", rule->summary);
	put_section(out, "Why", rule->why);
	put_section(out, "Remedy", rule->fix);
	put_param_lines(out, rule);
	put_alias_lines(out, rule);
	str_printf(out,
		   "\nTo accept one, with a reason:\n"
		   "  # plimsoll: ignore %s -- reason\n",
		   rule->name);
	if (rule->since)
		str_printf(out, "\nSince plimsoll %s.\n", rule->since);
}

void rule_text_page_markdown(struct str *out, const struct lint_rule *rule)
{
	const struct lint_param *param;
	const struct lint_alias *alias;
	bool first = true;

	str_printf(out, "# %s\n\n%s · %s · %s%s\n\n%s\n", rule->name,
		   rule->code, rule_text_level(rule),
		   lint_group_name(rule->group), rule->core ? " · core" : "",
		   rule->summary);
	if (rule->why)
		str_printf(out, "\n## Why\n\n%s\n", rule->why);
	if (rule->fix)
		str_printf(out, "\n## Remedy\n\n%s\n", rule->fix);
	if (rule->params && rule->params->name)
		str_puts(out, "\n## Parameters\n\n"
			      "| name | default | meaning |\n"
			      "| --- | --- | --- |\n");
	for (param = rule->params; param && param->name; param++)
		str_printf(out, "| `%s` | `%s` | %s |\n", param->name,
			   param->initial, param->help);
	for (alias = lint_aliases; *alias->tool; alias++) {
		if (strcmp(alias->rule, rule->name) != 0)
			continue;
		if (first)
			str_puts(out, "\n## Elsewhere\n\n");
		str_printf(out, "* %s: `%s`\n", alias->tool, alias->check);
		first = false;
	}
}
