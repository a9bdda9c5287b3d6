/*
 * explain: what a rule or a template function is about.
 */
#include <string.h>

#include "base/edit_distance.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/rule_text.h"
#include "lints/lint.h"
#include "templates/template.h"

struct explain_options {
	bool all;
	const char *format;
};

#define FIELD(x) offsetof(struct explain_options, x)

static const struct option options[] = {
	{ .name = "all",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(all),
	  .help = "Explain every rule and function." },
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(format),
	  .value = "FORMAT",
	  .help = "Print as human (default) or markdown.",
	  .words = "human markdown" },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ .title = "Options", .options = options },
	{ NULL, NULL, 0 },
};

/* All that can be explained, for did-you-mean. */
struct names {
	const struct lint_rule *const *rule;
	struct template_function_at at;
};

static const char *next_name(void *context)
{
	struct names *names = context;
	struct template_function function;

	if (*names->rule)
		return (*names->rule++)->name;
	return template_function_next(&names->at, &function) ? function.name
							     : NULL;
}

static void put_rule(struct str *out, const struct lint_rule *rule,
		     bool markdown)
{
	if (out->len)
		str_putc(out, '\n');
	if (markdown)
		rule_text_page_markdown(out, rule);
	else
		rule_text_page(out, rule);
}

static void put_function(struct str *out,
			 const struct template_function *function,
			 bool markdown)
{
	if (out->len)
		str_putc(out, '\n');
	str_printf(out, markdown ? "# %s\n\n    %s\n\n" : "%s\n\n  %s\n\n",
		   function->name,
		   function->usage ? function->usage : function->name);
	str_printf(out, markdown ? "%s\n" : "  %s\n",
		   function->help ? function->help : "");
	if (function->helm4_only)
		str_puts(out,
			 markdown ? "\nHelm 4 only.\n" : "  Helm 4 only.\n");
}

/* A rule by any of its names; "func upper" and "upper" are the function. */
static bool put_word(struct str *out, const char *word, bool markdown)
{
	const struct lint_rule *const *rule;
	struct template_function_at at = { 0 };
	struct template_function function;
	bool found = false;

	for (rule = lint_rules; *rule; rule++)
		if (lint_rule_is(*rule, word)) {
			put_rule(out, *rule, markdown);
			found = true;
		}
	while (!found && template_function_next(&at, &function))
		if (strcmp(function.name, word) == 0) {
			put_function(out, &function, markdown);
			found = true;
		}
	return found;
}

static void put_all(struct str *out, bool markdown)
{
	const struct lint_rule *const *rule;
	struct template_function_at at = { 0 };
	struct template_function function;

	for (rule = lint_rules; *rule; rule++)
		put_rule(out, *rule, markdown);
	while (template_function_next(&at, &function))
		put_function(out, &function, markdown);
}

static bool unknown(struct invocation *invocation, const char *word)
{
	struct names names = { .rule = lint_rules };
	const char *near = edit_nearest(word, next_name, &names);

	diag_error(&invocation->diags, NULL,
		   "no rule or function is called \"%s\"", word);
	if (near)
		diag_help(&invocation->diags, "did you mean \"%s\"?", near);
	else
		diag_help(&invocation->diags,
			  "`plimsoll rules` lists the rules");
	return false;
}

static int run(struct invocation *invocation)
{
	const struct explain_options *wanted = invocation->options;
	bool markdown =
		wanted->format && strcmp(wanted->format, "markdown") == 0;
	struct str out;
	bool ok = true;
	size_t i;

	if (wanted->format && !markdown && strcmp(wanted->format, "human") != 0)
		ok = diag_error(&invocation->diags, NULL,
				"there is no format \"%s\" here; human and "
				"markdown are",
				wanted->format);
	if (!invocation->args.count && !wanted->all)
		ok = diag_error(&invocation->diags, NULL,
				"name a rule or a function, or use --all");
	str_init(&out, invocation->arena);
	if (ok && wanted->all)
		put_all(&out, markdown);
	for (i = 0; i < invocation->args.count; i++) {
		const char *word = invocation->args.items[i];

		/* explain func NAME */
		if (strcmp(word, "func") == 0 && i + 1 < invocation->args.count)
			continue;
		ok = (put_word(&out, word, markdown) ||
		      unknown(invocation, word)) &&
		     ok;
	}
	if (!ok) {
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	return invocation_print(invocation, &out, STATUS_CLEAN);
}

const struct command command_explain = {
	.name = "explain",
	.summary = "Explain rules and template functions.",
	.usage = "explain [RULE|FUNCTION...]",
	.help = "A rule may be named by its id, its code, or the name that "
		"another linter gives to the check; a code prefix or a group "
		"explains all of its rules.",
	.groups = groups,
	.size = sizeof(struct explain_options),
	.run = run,
};
