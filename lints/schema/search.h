/*
 * Patterns of definitions, searched for in values of custom resources: how
 * much that may take in one run.
 */
#ifndef LINTS_SCHEMA_SEARCH_H
#define LINTS_SCHEMA_SEARCH_H

#include <stdbool.h>

struct lint_run;
struct value;

/* Also true where the pattern is none, or too much was searched already. */
bool schema_pattern_holds(struct lint_run *run, const char *pattern,
			  const struct value *text);

/* Whether too much was searched: what holds is not known from here on. */
bool schema_searched_enough(const struct lint_run *run);

/* The same, as findings say it, once in a run; else NULL. */
const char *schema_search_limit(struct lint_run *run);

#endif
