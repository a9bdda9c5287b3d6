/*
 * Label selectors: {matchLabels, matchExpressions} of most kinds, and the
 * plain maps of Services and ReplicationControllers.
 */
#ifndef LINTS_SUBJECTS_SELECTOR_H
#define LINTS_SUBJECTS_SELECTOR_H

#include <stdbool.h>

struct value;

struct lint_selector {
	const struct value *labels;      /* a map, or NULL */
	const struct value *expressions; /* a list, or NULL */
};

/* Of a LabelSelector, and of a plain map; `value` may be NULL. */
struct lint_selector lint_selector_of(const struct value *value);
struct lint_selector lint_selector_plain(const struct value *value);

/* Neither labels nor expressions: what that means depends on the field. */
bool lint_selector_is_empty(const struct lint_selector *selector);

bool lint_selector_matches(const struct lint_selector *selector,
			   const struct value *labels);

#endif
