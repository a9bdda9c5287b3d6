/*
 * Values of charts from outside of them: files of -f and settings of --set.
 */
#ifndef TEMPLATES_CHART_VALUES_H
#define TEMPLATES_CHART_VALUES_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/str.h"
#include "templates/chart.h"

struct arena;
struct diag_sink;
struct source;
struct value;

/* The forms of --set, in the order in which Helm applies them. */
enum strvals_form {
	STRVALS_JSON,    /* --set-json */
	STRVALS_SET,     /* --set */
	STRVALS_STRING,  /* --set-string */
	STRVALS_FILE,    /* --set-file */
	STRVALS_LITERAL, /* --set-literal */
};

/* One --set and its like. */
struct chart_setting {
	enum strvals_form form;
	enum chart_dialect dialect;
	void *context;
	/* The file of a --set-file; false: `*problem` says why. */
	bool (*read)(void *context, const char *path, struct text *text,
		     const char **problem);
};

/* Assign to the map `into`, which the caller owns. */
MUST_USE bool chart_values_set(struct arena *arena, struct diag_sink *diags,
			       struct value *into,
			       const struct source *argument,
			       const struct chart_setting *setting);

/* A values file (-f) as a map of its own. */
MUST_USE struct value *chart_values_read(struct arena *arena,
					 const struct source *source,
					 const struct chart_load_options *how,
					 struct diag_sink *diags);

/* Lay `layer` over `into`: maps merge, all else is replaced. */
void chart_values_merge(struct arena *arena, struct value *into,
			const struct value *layer);

#endif
