/*
 * .Chart: a Go struct in helm 3, a map of Go's field names in helm 4.
 */
#ifndef TEMPLATES_CHART_OBJECT_H
#define TEMPLATES_CHART_OBJECT_H

#include "templates/chart.h"

struct arena;
struct chart;
struct value;

struct value *chart_object(struct arena *arena, const struct chart *chart,
			   enum chart_dialect dialect);

#endif
