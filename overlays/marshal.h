/*
 * Configurations on their way to Kustomize's own plugins: printed as JSON, and
 * read as YAML.
 */
#ifndef OVERLAYS_MARSHAL_H
#define OVERLAYS_MARSHAL_H

#include <stdbool.h>

#include "base/attr.h"

struct overlay_run;
struct value;

/*
 * What is left of the texts of `*config`, which is copied if they change.
 * False: there is a character in them that YAML does not take.
 */
MUST_USE bool marshal_hop(struct overlay_run *run, const char *plugin,
			  const struct value **config);

#endif
