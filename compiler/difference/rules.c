/*
 * `compare:` of the project: what may differ, what must not.
 */
#include <string.h>

#include "base/arena.h"
#include "compiler/difference.h"
#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"

/* `*` stands for any text; linear but for one place to come back to. */
static bool matches(const char *pattern, size_t len, const char *text)
{
	const char *end = pattern + len, *star = NULL, *again = NULL;

	while (*text) {
		if (pattern < end && *pattern == '*') {
			star = ++pattern;
			again = text;
		} else if (pattern < end && *pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = ++again;
		} else {
			return false;
		}
	}
	while (pattern < end && *pattern == '*')
		pattern++;
	return pattern == end;
}

/* A rule for a map or list holds for all in it. */
static bool field_fits(struct arena *arena, const char *pattern,
		       const char *path)
{
	char *part = arena_strdup(arena, path);
	size_t len = strlen(part);

	for (; len; part[--len] = '\0') {
		if (path[len] && path[len] != '.' && path[len] != '[')
			continue;
		if (matches(pattern, strlen(pattern), part))
			return true;
	}
	return false;
}

static bool fits(const struct difference *difference, const char *pattern,
		 const struct object *object, const struct field_change *field)
{
	const char *colon = strchr(pattern, ':');
	const char *name = arena_printf(difference->arena, "%s/%s",
					object->kind, object->name);
	size_t len = colon ? (size_t)(colon - pattern) : strlen(pattern);

	if (!matches(pattern, len, name))
		return false;
	if (!colon)
		return true;
	return field && field_fits(difference->arena, colon + 1, field->path);
}

static bool is_less(const struct field_change *field)
{
	int order;

	if (!field || field->kind == CHANGE_ADDED)
		return false;
	if (field->kind == CHANGE_REMOVED)
		return true;
	return !lint_compare_quantities(field->new, field->old, &order) ||
	       order < 0;
}

bool change_counts(const struct difference *difference,
		   const struct object *object,
		   const struct field_change *field, const char **breach)
{
	const struct value *item;
	const char *rule = "";

	*breach = NULL;
	list_foreach (item, difference->rules)
		if (fits(difference,
			 value_string_or(value_get(item, "path"), "*"), object,
			 field))
			rule = value_string_or(value_get(item, "rule"), "");
	if (strcmp(rule, "may-differ") == 0)
		return false;
	if (strcmp(rule, "must-equal") == 0)
		*breach = "must-equal";
	else if (strcmp(rule, "at-least-as") == 0) {
		if (!is_less(field))
			return false;
		*breach = "at-least-as";
	}
	return true;
}
