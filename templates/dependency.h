/*
 * Which sub-charts take part in a rendering, under which names, and what they
 * export to their parents.
 */
#ifndef TEMPLATES_DEPENDENCY_H
#define TEMPLATES_DEPENDENCY_H

#include <stdbool.h>

#include "base/attr.h"
#include "templates/chart.h"

struct arena;
struct chart;
struct diag_sink;
struct fact_log;
struct value;

struct dependency_run {
	struct arena *arena;
	struct diag_sink *diags;
	enum chart_dialect dialect;
	struct fact_log *missing; /* what charts/ lacks; NULL: an error */
	bool *lacks;              /* with it: whether a chart is missing */
};

/*
 * Entries of Chart.yaml for which charts/ has nothing are an error: Helm asks
 * before it knows which of them are switched off.
 */
MUST_USE bool dependency_check(const struct dependency_run *run,
			       const struct chart *chart);

/*
 * Drop the disabled charts, rename the aliased ones, take over what is
 * imported.  `chart` is a clone; `values` are the user's and stay as they are.
 * What is missing of those that are switched on is noted, and nothing imported.
 */
MUST_USE bool dependency_process(const struct dependency_run *run,
				 struct chart *chart,
				 const struct value *values);

/* Whether a version satisfies the constraint of an entry; "" does not. */
bool dependency_in_range(struct arena *arena, const char *constraint,
			 const char *version);

#endif
