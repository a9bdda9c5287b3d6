/*
 * Between the files of helm lint.
 */
#ifndef TEMPLATES_LINT_H
#define TEMPLATES_LINT_H

#include "base/attr.h"
#include "base/diag.h"
#include "templates/chart.h"
#include "templates/chart_parts.h"
#include "templates/chart_verbs.h"

struct linter {
	struct arena *arena;
	struct tree_view *view;
	const char *path;
	const struct chart_lint_options *options;
	struct chart_lint_messages *messages;
	struct str *said;   /* by required and fail */
	struct str *logged; /* while values were brought together */
};

void linter_say(struct linter *linter, enum chart_lint_severity severity,
		const char *file, const char *format, ...) PRINTF_LIKE(4, 5);

/* The words of Helm for the first error in a sink. */
const char *linter_words(const struct diag_sink *diags);

/* A file of the chart; NULL if there is none. */
struct source *linter_read(struct linter *linter, const char *name,
			   enum source_role role);

/* Chart.yaml alone. */
void linter_check_metadata(struct linter *linter);

/*
 * One rendered file of the chart.  False: it is no YAML, and all that follows
 * is left out.
 */
bool linter_check_manifest(struct linter *linter, const char *file,
			   const struct source *rendered);

#endif
