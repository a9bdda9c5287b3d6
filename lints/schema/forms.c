/*
 * Bounds of numbers, and forms of the texts that may stand for them.
 */
#include "lints/schema/walk.h"

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/str.h"
#include "lints/subjects/name_syntax.h"
#include "model/object.h"
#include "model/value.h"

enum schema_text {
	SCHEMA_TEXT_ANY,
	SCHEMA_TEXT_PERCENT,
	SCHEMA_TEXT_PORT
};

static const struct {
	int64_t least;
	int64_t greatest;
	enum schema_text text;
} forms[] = {
	[SCHEMA_FORM_NONE] = { 0, 0, SCHEMA_TEXT_ANY },
#define SCHEMA_FORM(x, least, greatest, text) { least, greatest, text },
#include "lints/schema/forms.def"
#undef SCHEMA_FORM
};

static void refuse(struct schema_walk *walk, enum lint_rule_at rule,
		   const struct schema_at *at, const char *reason,
		   const char *help)
{
	if (schema_report(walk, rule, at, "%s: %s %s", schema_path(walk, at),
			  schema_shown(walk, at), reason))
		lint_help(walk->run, "%s", help);
}

static void check_number(struct schema_walk *walk, const struct schema_at *at,
			 int64_t number)
{
	struct arena *arena = walk->run->arena;
	int64_t least = forms[at->field->form].least;
	int64_t greatest = forms[at->field->form].greatest;

	if (number < least)
		refuse(walk, LINT_RULE_schema_invalid, at,
		       arena_printf(arena, "is less than %d", (int)least),
		       arena_printf(arena, "write at least %d", (int)least));
	else if (number > greatest)
		refuse(walk, LINT_RULE_schema_invalid, at,
		       arena_printf(arena, "is more than %d", (int)greatest),
		       arena_printf(arena, "write at most %d", (int)greatest));
}

static bool is_percent(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits && strcmp(text + digits, "%") == 0;
}

static void check_text(struct schema_walk *walk, const struct schema_at *at,
		       const char *text)
{
	struct arena *arena = walk->run->arena;
	const char *reason;

	switch (forms[at->field->form].text) {
	case SCHEMA_TEXT_ANY:
		break;
	case SCHEMA_TEXT_PERCENT:
		if (!is_percent(text))
			refuse(walk, LINT_RULE_schema_invalid, at,
			       "is neither a number nor a percentage",
			       "write a number without quotes, or such as 25%");
		break;
	case SCHEMA_TEXT_PORT:
		reason = lint_name_refused_port(arena, text);
		if (reason)
			refuse(walk, LINT_RULE_schema_invalid, at, reason,
			       "write a number without quotes, or the name of "
			       "a port");
		break;
	}
}

/* Secrets have a rule of their own, and placeholders are for others. */
static void check_base64(struct schema_walk *walk, const struct schema_at *at)
{
	struct str out;
	size_t place;

	if (object_is(walk->object, "", "Secret") ||
	    strstr(at->value->string, "${"))
		return;
	str_init(&out, walk->run->arena);
	if (!base64_decode(&out, at->value->string, at->value->len, &place))
		refuse(walk, LINT_RULE_value_format_invalid, at,
		       arena_printf(walk->run->arena,
				    "is not base64 at byte %zu", place),
		       "encode it");
}

void schema_form(struct schema_walk *walk, const struct schema_at *at,
		 const struct schema_type *type)
{
	const char *text = value_string(at->value);
	int64_t number;

	if (text && type->shape == SCHEMA_BYTE)
		check_base64(walk, at);
	if (!at->field || !at->field->form)
		return;
	if (text)
		check_text(walk, at, text);
	else if (value_as_int(at->value, &number))
		check_number(walk, at, number);
}
