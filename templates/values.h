/*
 * Values: reading them, laying layers over one another, and Helm's coalescing
 * of charts and their sub-charts.
 *
 * Loaded trees are never written into.  Where a layer wins, the winner is a
 * copy whose chain of origins ends in what it replaced.  Maps of the result
 * are shared by reference: the values of a sub-chart ARE the map below the
 * parent's key, which templates can see by changing one of them.
 */
#ifndef TEMPLATES_VALUES_H
#define TEMPLATES_VALUES_H

#include <stdbool.h>

#include "base/attr.h"
#include "templates/chart.h"

struct arena;
struct chart;
struct diag_sink;
struct source;
struct value;

/*
 * The values in a source as a map; an empty text is an empty one.  `prefix` is
 * what Helm prints before a problem.  NULL: reported.
 */
MUST_USE struct value *values_read(struct arena *arena, struct diag_sink *diags,
				   const struct source *source,
				   const struct chart_load_options *options,
				   const char *prefix);

struct coalesce {
	struct arena *arena;
	struct diag_sink *diags;
	enum chart_dialect dialect;
	bool keep_nulls;    /* merge: nulls delete nothing */
	const char *prefix; /* of what Helm says when it fails */
};

/* Fill `dest`, which has priority, with the defaults of a chart and all below.
 */
MUST_USE bool values_coalesce(const struct coalesce *coalesce,
			      const struct chart *chart, struct value *dest);

/* Fill nothing: only log what clashes with the defaults of this one chart. */
void values_log_clashes(const struct coalesce *coalesce,
			const struct chart *chart, const struct value *dest);

/* Fill `dest` with what it lacks of `from`; parts of `from` become shared. */
void values_tables(const struct coalesce *coalesce, struct value *dest,
		   struct value *from);

/* The map at a dotted path; NULL if a part is absent or is no map. */
struct value *values_table(const struct value *values, const char *path);

/* What stands at a dotted path; NULL if a part is absent. */
struct value *values_path(const struct value *values, const char *path);

#endif
