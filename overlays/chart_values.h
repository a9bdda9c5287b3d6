/*
 * The values that a chart of a kustomization is rendered with.
 */
#ifndef OVERLAYS_CHART_VALUES_H
#define OVERLAYS_CHART_VALUES_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"

struct overlay_run;
struct value;

/* As `helm template -f` would be given them: later ones win. */
VEC_TYPE(chart_values, struct value *);

/* Kustomize opens additionalValuesFiles before any generator runs. */
MUST_USE bool chart_values_check(struct overlay_run *run,
				 const struct value *args);

/*
 * Gather the values that the entry `args` names, or says inline.  `chart` is
 * the chart's folder, as a name of the current kustomization.
 */
MUST_USE bool chart_values_gather(struct overlay_run *run,
				  const struct value *args, const char *chart,
				  struct chart_values *layers);

#endif
