/*
 * Parameters of rules: initial values from the descriptors, others from the
 * `rules:` of a project file.
 */
#include "lints/config.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/number.h"
#include "base/regex.h"
#include "base/str.h"
#include "lints/schema_checks.h"
#include "model/value.h"

/* "[a, b]" as the rows write lists. */
static const char *const *split(struct arena *arena, const char *text)
{
	VEC(const char *) words = { 0 };
	size_t len;

	while (*text) {
		text += strspn(text, "[], ");
		len = strcspn(text, "],");
		if (len)
			vec_push(arena, &words,
				 arena_strndup(arena, text, len));
		text += len;
	}
	vec_push(arena, &words, NULL);
	return words.items;
}

/* One pattern of all; NULL with what is wrong with one in `*error`. */
static bool compile(struct arena *arena, struct lint_argument *argument,
		    const char **error)
{
	struct str joined;
	size_t i;

	argument->pattern = NULL;
	if (!argument->texts[0])
		return true;
	str_init(&joined, arena);
	for (i = 0; argument->texts[i]; i++)
		str_printf(&joined, "%s(?:%s)", i ? "|" : "",
			   argument->texts[i]);
	argument->pattern =
		regex_compile(arena, joined.text, joined.len, error);
	return argument->pattern != NULL;
}

static void set_initial(struct arena *arena, const struct lint_param *param,
			struct lint_argument *argument)
{
	const char *error;

	switch (param->type) {
	case LINT_PARAM_INT:
		if (number_parse_int(param->initial, strlen(param->initial), 10,
				     &argument->integer) != NUMBER_OK)
			BUG("a parameter's initial value is no number");
		break;
	case LINT_PARAM_NUMBER:
		if (number_parse_float(param->initial, strlen(param->initial),
				       &argument->number) != NUMBER_OK)
			BUG("a parameter's initial value is no number");
		break;
	case LINT_PARAM_BOOL:
		argument->boolean = strcmp(param->initial, "true") == 0;
		break;
	case LINT_PARAM_TEXT:
		argument->text = param->initial;
		break;
	case LINT_PARAM_TEXTS:
		argument->texts = split(arena, param->initial);
		break;
	case LINT_PARAM_PATTERNS:
		argument->texts = split(arena, param->initial);
		if (!compile(arena, argument, &error))
			BUG("a parameter's initial value is no pattern");
		break;
	case LINT_PARAM_CHECKS:
		argument->tree = NULL;
		break;
	}
}

static size_t count_params(const struct lint_rule *rule)
{
	size_t count = 0;

	while (rule->params && rule->params[count].name)
		count++;
	return count;
}

static const struct lint_argument *initial(struct arena *arena,
					   const struct lint_rule *rule)
{
	size_t i, count = count_params(rule);
	struct lint_argument *arguments =
		arena_zalloc(arena, (count + 1) * sizeof(*arguments));

	for (i = 0; i < count; i++)
		set_initial(arena, &rule->params[i], &arguments[i]);
	return arguments;
}

struct lint_initial *lint_initial_new(struct arena *arena)
{
	struct lint_initial *all = arena_alloc(arena, sizeof(*all));
	size_t i;

	for (i = 0; i < LINT_RULES; i++)
		all->arguments[i] = initial(arena, lint_rules[i]);
	return all;
}

struct lint_argument *lint_arguments_own(struct arena *arena,
					 const struct lint_rule *rule,
					 struct lint_setting *setting)
{
	size_t size = (count_params(rule) + 1) * sizeof(*setting->arguments);
	struct lint_argument *own = arena_alloc(arena, size);

	memcpy(own, setting->arguments, size);
	setting->arguments = own;
	return own;
}

void lint_argument_preset(struct arena *arena, const struct lint_rule *rule,
			  struct lint_setting *setting, const char *name,
			  const char *text)
{
	struct lint_argument *arguments =
		lint_arguments_own(arena, rule, setting);
	size_t i, count = count_params(rule);

	for (i = 0; i < count; i++) {
		struct lint_param param = rule->params[i];

		if (strcmp(param.name, name) != 0)
			continue;
		param.initial = text;
		set_initial(arena, &param, &arguments[i]);
		return;
	}
	BUG("a preset for a parameter that the rule does not have");
}

static bool set_texts(struct arena *arena, const struct value *value,
		      struct lint_argument *argument)
{
	VEC(const char *) words = { 0 };
	const struct value *item;

	if (value_is_string(value))
		vec_push(arena, &words, value_string(value));
	else if (!value_is_list(value))
		return false;
	list_foreach (item, value) {
		if (!value_is_string(item))
			return false;
		vec_push(arena, &words, value_string(item));
	}
	vec_push(arena, &words, NULL);
	argument->texts = words.items;
	return true;
}

static bool set_number(const struct value *value,
		       struct lint_argument *argument)
{
	if (value_as_int(value, &argument->integer))
		argument->number = (double)argument->integer;
	else if (value && value->kind == VALUE_FLOAT)
		argument->number = value->real;
	else
		return false;
	return true;
}

static bool set(struct arena *arena, enum lint_param_type type,
		const struct value *value, struct lint_argument *argument)
{
	const char *error;

	switch (type) {
	case LINT_PARAM_INT:
		return value_as_int(value, &argument->integer);
	case LINT_PARAM_NUMBER:
		return set_number(value, argument);
	case LINT_PARAM_BOOL:
		argument->boolean = value_is_true(value);
		return value_is_bool(value);
	case LINT_PARAM_TEXT:
		argument->text = value_string(value);
		return value_is_string(value);
	case LINT_PARAM_TEXTS:
		return set_texts(arena, value, argument);
	case LINT_PARAM_PATTERNS:
		return set_texts(arena, value, argument) &&
		       compile(arena, argument, &error);
	case LINT_PARAM_CHECKS:
		argument->tree = value;
		return value_is_list(value);
	}
	return false;
}

static bool unknown(struct arena *arena, struct diag_sink *diags,
		    const struct lint_rule *rule,
		    const struct value_entry *entry)
{
	size_t i, count = count_params(rule);
	const char **names = arena_alloc(arena, (count + 1) * sizeof(*names));
	const char *near;

	for (i = 0; i < count; i++)
		names[i] = rule->params[i].name;
	names[count] = NULL;
	near = edit_nearest_of(entry->key, names);
	diag_error(diags, &entry->origin, "rule '%s' has no parameter '%s'",
		   rule->name, entry->key);
	if (near)
		diag_help(diags, "did you mean '%s'?", near);
	return false;
}

bool lint_argument_set(struct arena *arena, struct diag_sink *diags,
		       const struct lint_rule *rule,
		       struct lint_argument *arguments,
		       const struct value_entry *entry)
{
	static const char *const wanted[] = {
		"a whole number",  "a number",
		"true or false",   "a text",
		"a list of texts", "a list of regular expressions",
		"a list of maps",
	};
	size_t i, count = count_params(rule);

	for (i = 0; i < count; i++)
		if (strcmp(rule->params[i].name, entry->key) == 0)
			break;
	if (i == count)
		return unknown(arena, diags, rule, entry);
	if (set(arena, rule->params[i].type, entry->value, &arguments[i]))
		return rule->params[i].type != LINT_PARAM_CHECKS ||
		       lint_schema_checks_verify(arena, diags, entry->value);
	return diag_error(diags, &entry->value->origin,
			  "parameter '%s' of '%s' takes %s", entry->key,
			  rule->name, wanted[rule->params[i].type]);
}

static const struct lint_argument *lint_argument_of(const struct lint_run *run,
						    const char *name,
						    enum lint_param_type type)
{
	const struct lint_param *params = run->rule->params;
	size_t i;

	for (i = 0; params && params[i].name; i++)
		if (strcmp(params[i].name, name) == 0 && params[i].type == type)
			return &run->setting->arguments[i];
	BUG("a rule asks for a parameter that it does not have");
}

int64_t lint_param_int(const struct lint_run *run, const char *name)
{
	return lint_argument_of(run, name, LINT_PARAM_INT)->integer;
}

bool lint_param_bool(const struct lint_run *run, const char *name)
{
	return lint_argument_of(run, name, LINT_PARAM_BOOL)->boolean;
}

const char *lint_param_text(const struct lint_run *run, const char *name)
{
	return lint_argument_of(run, name, LINT_PARAM_TEXT)->text;
}

const struct value *lint_param_checks(const struct lint_run *run,
				      const char *name)
{
	return lint_argument_of(run, name, LINT_PARAM_CHECKS)->tree;
}

const char *const *lint_param_texts(const struct lint_run *run,
				    const char *name)
{
	return lint_argument_of(run, name, LINT_PARAM_TEXTS)->texts;
}

bool lint_param_lists(const struct lint_run *run, const char *name,
		      const char *text)
{
	const char *const *list = lint_param_texts(run, name);

	for (; *list; list++)
		if (strcmp(*list, text) == 0)
			return true;
	return false;
}

double lint_param_number(const struct lint_run *run, const char *name)
{
	return lint_argument_of(run, name, LINT_PARAM_NUMBER)->number;
}

bool lint_param_matches(const struct lint_run *run, const char *name,
			const char *text)
{
	const struct lint_argument *argument =
		lint_argument_of(run, name, LINT_PARAM_PATTERNS);

	return argument->pattern &&
	       regex_matches(argument->pattern, text, strlen(text));
}

bool lint_param_has_pattern(const struct lint_run *run, const char *name)
{
	return lint_argument_of(run, name, LINT_PARAM_PATTERNS)->pattern;
}

bool lint_has_param(const struct lint_run *run, const char *name)
{
	const struct lint_param *params = run->rule->params;
	size_t i;

	for (i = 0; params && params[i].name; i++)
		if (strcmp(params[i].name, name) == 0)
			return true;
	return false;
}
