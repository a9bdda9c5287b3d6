/*
 * What bounds a value of a custom resource beside its type.
 */
#ifndef LINTS_SCHEMA_BOUNDS_H
#define LINTS_SCHEMA_BOUNDS_H

#include <stdbool.h>
#include <stddef.h>

#include "lints/rule.h"

struct arena;
struct lint_run;
struct schema_limits;
struct schema_node;
struct value;

/* Why a value is refused, and the rule that says so. */
struct schema_refusal {
	enum lint_rule_at rule;
	const char *reason; /* "is less than 1" */
	const char *help;
	bool unlike; /* it is like none of the values that are allowed */
};

/* False: the value is within all bounds but those of choices. */
bool schema_is_refused(struct lint_run *run, const struct schema_limits *limits,
		       const struct value *value,
		       struct schema_refusal *refusal);

/* Whether a value is what a schema in anyOf, oneOf or not wants. */
bool schema_holds(struct lint_run *run, const struct schema_node *node,
		  const struct value *value);

/* NULL: the text is in the format, or nobody knows the format. */
const char *schema_format_refused(struct arena *arena, const char *format,
				  const char *text);

/* A text that something else will replace before it reaches the server. */
bool schema_is_placeholder(const struct value *value);

#endif
