#include "lints/subjects/selector.h"

#include <string.h>

#include "model/value.h"

struct lint_selector lint_selector_of(const struct value *value)
{
	struct lint_selector selector = {
		.labels = value_get(value, "matchLabels"),
		.expressions = value_get(value, "matchExpressions"),
	};

	return selector;
}

struct lint_selector lint_selector_plain(const struct value *value)
{
	struct lint_selector selector = { .labels = value };

	return selector;
}

bool lint_selector_is_empty(const struct lint_selector *selector)
{
	return !value_count(selector->labels) &&
	       !value_count(selector->expressions);
}

static bool holds(const struct value *values, const struct value *value)
{
	const struct value *item;

	list_foreach (item, values)
		if (value_equals(item, value))
			return true;
	return false;
}

/* An unknown operator, which the server rejects, matches nothing. */
static bool satisfies(const struct value *expression,
		      const struct value *labels)
{
	const char *operator=
		value_string_or(value_get(expression, "operator"), "");
	const char *key = value_string_or(value_get(expression, "key"), "");
	const struct value *values = value_get(expression, "values");
	const struct value *label = value_get(labels, key);

	if (strcmp(operator, "In") == 0)
		return label && holds(values, label);
	if (strcmp(operator, "NotIn") == 0)
		return !label || !holds(values, label);
	if (strcmp(operator, "Exists") == 0)
		return label != NULL;
	return strcmp(operator, "DoesNotExist") == 0 && !label;
}

bool lint_selector_matches(const struct lint_selector *selector,
			   const struct value *labels)
{
	const struct value_entry *wanted;
	const struct value *expression;

	value_foreach (wanted, selector->labels) {
		const struct value *label =
			value_getn(labels, wanted->key, wanted->len);

		if (!label || !value_equals(label, wanted->value))
			return false;
	}
	list_foreach (expression, selector->expressions)
		if (!satisfies(expression, labels))
			return false;
	return true;
}
