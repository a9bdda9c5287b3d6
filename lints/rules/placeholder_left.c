/*
 * placeholder-left: what somebody wanted to fill in later.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <string.h>

#include "model/value.h"

enum {
	DEPTH_MAX = 100 /* no field of Kubernetes lies deeper */
};

/* In two parts, or searches for such marks in this code would find them. */
static const char *const words[] = { "CHANGEME",
				     "CHANGE_ME",
				     "REPLACE_ME",
				     "TO"
				     "DO",
				     "FIX"
				     "ME",
				     "X"
				     "XX" };

static bool is_word(const char *text)
{
	size_t i;

	if (!isupper((unsigned char)text[0]))
		return false;
	for (i = 0; i < ARRAY_COUNT(words); i++)
		if (strcmp(words[i], text) == 0)
			return true;
	return false;
}

/* <your name>: letters, digits, blanks, '_' and '-' alone. */
static bool is_bracketed(const char *text)
{
	size_t i, len = text[0] == '<' ? strlen(text) : 0;

	if (len < 3 || text[len - 1] != '>' || strcmp(text, "<none>") == 0)
		return false;
	for (i = 1; i + 1 < len; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr(" _-", text[i]))
			return false;
	return true;
}

/* Fields in which other programs look for their own placeholders. */
static bool is_free(const char *key)
{
	static const char *const keys[] = { "annotations", "args",
					    "binaryData",  "command",
					    "data",        "description",
					    "stringData",  NULL };
	size_t i;

	for (i = 0; keys[i]; i++)
		if (keys[i][0] == key[0] && strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static void look_at(struct lint_run *run, const char *key,
		    const struct value *value)
{
	const char *text = value_string(value);

	if (text && (is_word(text) || is_bracketed(text)))
		lint_report(run, value, "%s still holds the placeholder '%s'",
			    key, text);
}

/* Most nodes are scalars, which are not worth a call. */
static void look(struct lint_run *run, const char *key,
		 const struct value *value, unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;

	if (!depth)
		return;
	value_foreach (entry, value) {
		if (value_is_string(entry->value)) {
			if (!islower((unsigned char)entry->value->string[0]) &&
			    !is_free(entry->key))
				look_at(run, entry->key, entry->value);
		} else if (value_count(entry->value) && !is_free(entry->key)) {
			look(run, entry->key, entry->value, depth - 1);
		}
	}
	list_foreach (item, value) {
		look_at(run, key, item);
		if (value_count(item))
			look(run, key, item, depth - 1);
	}
}

/* Whole values of data are judged, but not what is in their lines. */
static void check(struct lint_run *run, const struct object *object)
{
	const struct value_entry *entry;

	if (strcmp(object->kind, "CustomResourceDefinition") == 0)
		return;
	look(run, "", object->root, DEPTH_MAX);
	value_foreach (entry, value_get(object->root, "data"))
		look_at(run, entry->key, entry->value);
	value_foreach (entry, value_get(object->root, "stringData"))
		look_at(run, entry->key, entry->value);
}

const struct lint_rule lint_placeholder_left = {
	.name = "placeholder-left",
	.code = "PL0106",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A value is still a placeholder.",
	.why = "It is sent to the cluster as it is.",
	.fix = "Put the real value.",
	.check_object = check,
};
