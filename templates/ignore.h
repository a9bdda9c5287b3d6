/*
 * .helmignore: which files of a folder do not belong to its chart.
 */
#ifndef TEMPLATES_IGNORE_H
#define TEMPLATES_IGNORE_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"

struct arena;
struct diag_sink;
struct source;

struct ignore_rule {
	const char *pattern;
	bool negated;
	bool only_dirs;
	bool whole_path; /* else the last part of the path */
	char first;      /* what a match begins with; 0: any byte */
	char last;
};

VEC_TYPE(ignore_rules, struct ignore_rule);

/* Read the rules; `source` NULL: only the one that is always there. */
MUST_USE bool ignore_read(struct arena *arena, struct diag_sink *diags,
			  const struct source *source,
			  struct ignore_rules *rules);

/* Whether a path, relative to the chart, is left out. */
bool ignore_match(const struct ignore_rules *rules, const char *path,
		  bool is_dir);

#endif
