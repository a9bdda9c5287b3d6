/*
 * .Chart: a Go struct in helm 3, a map of Go's field names in helm 4.
 */
#ifndef TEMPLATES_CHART_OBJECT_H
#define TEMPLATES_CHART_OBJECT_H

#include "templates/chart.h"

struct arena;
struct chart;
struct str;
struct value;

struct value *chart_object(struct arena *arena, const struct chart *chart,
			   enum chart_dialect dialect);

/*
 * Chart.yaml as Helm writes it: what is not empty, keys in natural order.  For
 * a package an old chart has no dependencies there.
 */
void chart_metadata_yaml(struct str *out, const struct chart *chart,
			 bool dependencies);

/* Its dependencies as Go writes them in JSON. */
void chart_dependencies_json(struct str *out, const struct chart *chart);

#endif
