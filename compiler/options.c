#include "compiler/options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/number.h"
#include "base/str.h"

/* Where help texts begin; a longer left part gets a line of its own. */
enum {
	HELP_COLUMN = 30,
	HELP_WIDTH = 80
};

bool option_takes_value(const struct option *option)
{
	return option->kind == OPTION_TEXT || option->kind == OPTION_TEXTS ||
	       option->kind == OPTION_NUMBER || option->kind == OPTION_TAKEN;
}

static const struct option *find(const struct option_group *groups,
				 const char *name, size_t len, char letter,
				 size_t *offset)
{
	const struct option *option;

	for (; groups->options; groups++)
		for (option = groups->options; option->name; option++) {
			bool same = letter ? option->letter == letter
					   : strlen(option->name) == len &&
						     !strncmp(option->name,
							      name, len);

			if (same) {
				*offset = groups->offset + option->offset;
				return option;
			}
		}
	return NULL;
}

static bool fault(struct option_problem *problem, enum option_fault kind,
		  const char *word, const struct option *option,
		  const char *value)
{
	problem->fault = kind;
	problem->word = word;
	problem->option = option;
	problem->value = value;
	return false;
}

/* Booleans as Go's flags read them: --wait=false. */
static bool read_boolean(const char *value, bool *result)
{
	static const char *const yes[] = { "1",    "t",    "T", "true",
					   "TRUE", "True", NULL };
	static const char *const no[] = { "0",     "f",     "F", "false",
					  "FALSE", "False", NULL };
	size_t i;

	for (i = 0; yes[i]; i++) {
		if (strcmp(value, yes[i]) == 0 || strcmp(value, no[i]) == 0) {
			*result = strcmp(value, yes[i]) == 0;
			return true;
		}
	}
	return false;
}

static bool store(struct arena *arena, const struct option *option, void *field,
		  const char *value, struct option_problem *problem)
{
	bool ignored;

	switch ((enum option_kind)option->kind) {
	case OPTION_FLAG:
		if (!value)
			*(bool *)field = true;
		else if (!read_boolean(value, field))
			return fault(problem, OPTION_NOT_A_BOOLEAN,
				     option->name, option, value);
		break;
	case OPTION_TEXT:
		*(const char **)field = value;
		break;
	case OPTION_MAYBE:
		*(const char **)field = value          ? value
					: option->bare ? option->bare
						       : "";
		break;
	case OPTION_TEXTS:
		vec_push(arena, (struct option_texts *)field, value);
		break;
	case OPTION_NUMBER:
		if (number_parse_int(value, strlen(value), 10, field) !=
		    NUMBER_OK)
			return fault(problem, OPTION_NOT_A_NUMBER, option->name,
				     option, value);
		break;
	case OPTION_NOTED:
		if (value && !read_boolean(value, &ignored))
			return fault(problem, OPTION_NOT_A_BOOLEAN,
				     option->name, option, value);
		break;
	case OPTION_TAKEN:
		break;
	}
	return true;
}

struct parser {
	struct arena *arena;
	const struct option_group *groups;
	char *target;
	const char *const *at;
	struct option_problem *problem;
	VEC(const struct option *) lists; /* that the words began anew */
};

/* A list on the command line replaces the one of the environment. */
static void begin_list(struct parser *parser, const struct option *option,
		       struct option_texts *list)
{
	size_t i;

	for (i = 0; i < parser->lists.count; i++)
		if (parser->lists.items[i] == option)
			return;
	vec_push(parser->arena, &parser->lists, option);
	list->count = 0;
}

static bool take(struct parser *parser, const struct option *option,
		 size_t offset, const char *value)
{
	void *field = parser->target + offset;

	if (option->kind == OPTION_TEXTS)
		begin_list(parser, option, field);
	return store(parser->arena, option, field, value, parser->problem);
}

/* --name, --name=value, --name value */
static bool parse_long(struct parser *parser)
{
	const char *word = *parser->at, *name = word + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals ? (size_t)(equals - name) : strlen(name), offset;
	const char *value = equals ? equals + 1 : NULL;
	const struct option *option =
		find(parser->groups, name, len, 0, &offset);

	if (!option)
		return fault(parser->problem, OPTION_UNKNOWN,
			     arena_strndup(parser->arena, word, len + 2), NULL,
			     NULL);
	if (option_takes_value(option) && !value) {
		value = *++parser->at;
		if (!value)
			return fault(parser->problem, OPTION_NEEDS_VALUE, word,
				     option, NULL);
	}
	return take(parser, option, offset, value);
}

/* -n value, -nvalue, -n=value, -vq */
static bool parse_short(struct parser *parser)
{
	const char *word = *parser->at, *letter;

	for (letter = word + 1; *letter; letter++) {
		const char *value = NULL;
		size_t offset;
		const struct option *option =
			find(parser->groups, NULL, 0, *letter, &offset);

		if (!option)
			return fault(parser->problem, OPTION_UNKNOWN_LETTER,
				     letter, NULL, word);
		if (option_takes_value(option)) {
			value = letter + 1;
			if (*value == '=')
				value++;
			else if (!*value)
				value = *++parser->at;
			if (!value)
				return fault(parser->problem,
					     OPTION_NEEDS_VALUE, word, option,
					     letter);
		} else if (letter[1] == '=') {
			value = letter + 2;
		}
		if (!take(parser, option, offset, value))
			return false;
		if (value)
			break;
	}
	return true;
}

bool options_parse(struct arena *arena, const struct option_group *groups,
		   void *target, const char *const *args,
		   struct option_texts *rest, struct option_problem *problem)
{
	struct parser parser = {
		.arena = arena,
		.groups = groups,
		.target = target,
		.at = args,
		.problem = problem,
	};

	for (; *parser.at; parser.at++) {
		const char *word = *parser.at;

		if (word[0] != '-' || !word[1]) {
			vec_push(arena, rest, word);
		} else if (strcmp(word, "--") == 0) {
			while (*++parser.at)
				vec_push(arena, rest, *parser.at);
			break;
		} else if (word[1] == '-' ? !parse_long(&parser)
					  : !parse_short(&parser)) {
			return false;
		}
	}
	return true;
}

const char *options_variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* kube-version is read from PLIMSOLL_KUBE_VERSION. */
static const char *variable_of(struct arena *arena, const char *name)
{
	char *variable = arena_join(arena, "PLIMSOLL_", name), *at;

	for (at = variable; *at; at++)
		*at = *at == '-' ? '_' : (char)toupper((unsigned char)*at);
	return variable;
}

bool options_environment(struct arena *arena, const struct option_group *groups,
			 void *target, struct option_problem *problem)
{
	const struct option *option;

	for (; groups->options; groups++)
		for (option = groups->options; option->name; option++) {
			const char *value = options_variable(
				variable_of(arena, option->name));

			if (value && !store(arena, option,
					    (char *)target + groups->offset +
						    option->offset,
					    value, problem))
				return false;
		}
	return true;
}

struct candidates {
	const struct option_group *groups;
	const struct option *at;
};

static const char *next_candidate(void *context)
{
	struct candidates *candidates = context;

	while (candidates->groups->options) {
		if (!candidates->at)
			candidates->at = candidates->groups->options;
		if (candidates->at->name) {
			const struct option *option = candidates->at++;

			if (!option->hidden)
				return option->name;
		} else {
			candidates->groups++;
			candidates->at = NULL;
		}
	}
	return NULL;
}

bool options_report(struct diag_sink *diags, const struct option_group *groups,
		    const struct option_problem *problem)
{
	struct candidates candidates = { groups, NULL };
	const char *near;

	switch (problem->fault) {
	case OPTION_UNKNOWN:
		near = edit_nearest(problem->word + 2, next_candidate,
				    &candidates);
		diag_error(diags, NULL, "there is no option \"%s\"",
			   problem->word);
		if (near)
			diag_help(diags, "did you mean --%s?", near);
		break;
	case OPTION_UNKNOWN_LETTER:
		diag_error(diags, NULL, "there is no option \"-%c\" (in %s)",
			   *problem->word, problem->value);
		break;
	case OPTION_NEEDS_VALUE:
		diag_error(diags, NULL, "option --%s needs a value: --%s %s",
			   problem->option->name, problem->option->name,
			   problem->option->value ? problem->option->value
						  : "VALUE");
		break;
	case OPTION_TAKES_NONE:
		diag_error(diags, NULL, "option --%s takes no value",
			   problem->option->name);
		break;
	case OPTION_NOT_A_NUMBER:
		diag_error(diags, NULL,
			   "--%s is \"%s\"; a whole number is needed",
			   problem->option->name, problem->value);
		break;
	case OPTION_NOT_A_BOOLEAN:
		diag_error(diags, NULL,
			   "--%s is \"%s\"; true or false is "
			   "needed",
			   problem->option->name, problem->value);
		break;
	}
	return false;
}

void option_label(struct str *out, const struct option *option)
{
	if (option->letter)
		str_printf(out, "-%c, ", option->letter);
	str_printf(out, "--%s", option->name);
	if (option->kind == OPTION_MAYBE)
		str_printf(out, "[=%s]", option->value);
	else if (option_takes_value(option))
		str_printf(out, " %s", option->value ? option->value : "VALUE");
}

static void put_row(struct str *out, const struct option *option)
{
	size_t begin = out->len, width;

	str_puts(out, option->letter ? "  " : "      ");
	option_label(out, option);
	width = out->len - begin;
	if (width + 2 > HELP_COLUMN) {
		str_putc(out, '\n');
		width = 0;
	}
	str_fill(out, ' ', HELP_COLUMN - width);
	str_put_wrapped(out, option->help ? option->help : "", HELP_COLUMN,
			HELP_COLUMN, HELP_WIDTH);
}

static bool has_shown(const struct option *option)
{
	for (; option->name; option++)
		if (!option->hidden)
			return true;
	return false;
}

void options_help(struct str *out, const struct option_group *groups)
{
	const struct option *option;

	for (; groups->options; groups++) {
		if (!has_shown(groups->options))
			continue;
		str_printf(out, "\n%s:\n", groups->title);
		for (option = groups->options; option->name; option++)
			if (!option->hidden)
				put_row(out, option);
	}
}
