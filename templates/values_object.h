/*
 * The named map type of Helm with its methods: .Values, .Template, and the
 * data that a template file starts with.
 */
#ifndef TEMPLATES_VALUES_OBJECT_H
#define TEMPLATES_VALUES_OBJECT_H

#include "templates/chart.h"

struct arena;
struct value;

/* A node of that type that shares the map. */
struct value *values_object(struct arena *arena, const struct value *map,
			    enum chart_dialect dialect);

#endif
