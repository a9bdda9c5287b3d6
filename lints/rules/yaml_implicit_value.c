/*
 * yaml-implicit-value: a plain scalar that is a string here and something
 * else to other readers of YAML.
 *
 * What Kubernetes itself reads as a number or a boolean fails the schema; this
 * is about the rest: YAML 1.1 has numbers of base 60, dates and `=`, which Go's
 * readers leave alone and those of Python or Ruby do not.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 100,
	LONGEST = 25 /* of a date with its time */
};

/* 12:30, -1:02:03: the number it is, or false. */
static bool is_base_60(const char *text, int64_t *number)
{
	bool negative = *text == '-';
	size_t digits, groups = 0;

	text += *text == '-' || *text == '+';
	*number = 0;
	for (;; groups++) {
		int64_t part = 0;
		size_t i;

		digits = strspn(text, "0123456789");
		if (!digits || digits > (groups ? 2u : 9u) ||
		    (!groups && *text == '0'))
			return false;
		for (i = 0; i < digits; i++)
			part = part * 10 + (text[i] - '0');
		if (groups && part > 59)
			return false;
		*number = *number * 60 + part;
		text += digits;
		if (*text != ':')
			break;
		text++;
	}
	if (negative)
		*number = -*number;
	return groups && !*text;
}

/* 2027-01-31 */
static bool is_date(const char *text)
{
	static const char shape[] = "dddd-dd-dd";
	size_t i;

	for (i = 0; shape[i]; i++)
		if (shape[i] == 'd' ? !isdigit((unsigned char)text[i])
				    : text[i] != '-')
			return false;
	return !text[i];
}

static void look_at(struct lint_run *run, const struct value *value)
{
	const char *text = value_string(value);
	int64_t number;

	if (!text || value->style != VALUE_STYLE_PLAIN || value->len > LONGEST)
		return;
	if (is_base_60(text, &number))
		lint_report(run, value,
			    "%s is read as the number %" PRId64
			    " by other readers of YAML",
			    text, number);
	else if (is_date(text))
		lint_report(run, value,
			    "%s is read as a date by other readers of YAML",
			    text);
	else if (strcmp(text, "=") == 0)
		/* Matchers of alerts are full of it; quotes do no harm. */
		lint_report_as(run, DIAG_INFO, value,
			       "= has a meaning of its own to other readers "
			       "of YAML");
}

/* Most nodes are scalars, which are not worth a call. */
static void look(struct lint_run *run, const struct value *value,
		 unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;

	if (!depth)
		return;
	value_foreach (entry, value) {
		const struct value *at = entry->value;

		if (!value_is_string(at)) {
			if (value_count(at))
				look(run, at, depth - 1);
		} else if (!isalpha((unsigned char)at->string[0])) {
			look_at(run, at);
		}
	}
	list_foreach (item, value) {
		look_at(run, item);
		if (value_count(item))
			look(run, item, depth - 1);
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value_entry *entry;

	/* Made by generators, which know their readers. */
	if (strcmp(object->kind, "CustomResourceDefinition") == 0)
		return;
	/* What the server or a controller wrote is no matter of style. */
	value_foreach (entry, object->root)
		if (strcmp(entry->key, "metadata") == 0) {
			look(run, value_get(entry->value, "labels"), DEPTH_MAX);
			look(run, value_get(entry->value, "annotations"),
			     DEPTH_MAX);
		} else if (strcmp(entry->key, "status") != 0) {
			look(run, entry->value, DEPTH_MAX);
		}
}

const struct lint_rule lint_yaml_implicit_value = {
	.name = "yaml-implicit-value",
	.code = "PL0105",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A string without quotes is a number or a date to other "
		   "readers of YAML.",
	.why = "Tools in other languages that read or rewrite the file change "
	       "it: 12:30 becomes 750.",
	.fix = "Quote it.",
	.check_object = check,
};
