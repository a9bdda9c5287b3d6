/*
 * What Helm logs while it brings values together, as the native words of the
 * warning that was reported last.
 */
#ifndef TEMPLATES_VALUES_LOG_H
#define TEMPLATES_VALUES_LOG_H

#include "templates/chart.h"

struct coalesce;
struct dependency;
struct diag_sink;
struct value;

/* Where a map is: outer.key; NULL is the top. */
struct values_place {
	const struct values_place *outer;
	const char *key;
};

/* One value that is a map for one side only. */
enum clash {
	CLASH_SKIPPED,      /* a chart's default, where a map was set */
	CLASH_NO_TABLE,     /* a map in the chart, where none was set */
	CLASH_TABLE,        /* the same deeper down */
	CLASH_GLOBALS_DEST, /* global itself, in the sub-chart */
	CLASH_GLOBALS_FROM, /* and in the parent */
	CLASH_GLOBAL_MAP,   /* a key of it is a map in the parent only */
	CLASH_GLOBAL_TABLE  /* and in the sub-chart only */
};

/* `value` is what lost, for the two that show it. */
void values_log_clash(const struct coalesce *coalesce, enum clash clash,
		      const struct values_place *at, const char *key,
		      const struct value *value);

/* A condition's path or a tag that is neither true nor false. */
void values_log_no_bool(struct diag_sink *diags, enum chart_dialect dialect,
			const char *kind, const char *name,
			const struct dependency *entry);

/* An import whose table is absent; `part` is what there is not. */
void values_log_import(struct diag_sink *diags, enum chart_dialect dialect,
		       const char *chart, const char *part);

#endif
