/*
 * Objects against the schemas of the versions of a run.
 *
 * One walk over an object raises all rules that are by_schema.  A node of the
 * wrong type is not descended into, nor is an unknown field; what a hint
 * names is not missing as well.
 */
#ifndef LINTS_SCHEMA_VALIDATE_H
#define LINTS_SCHEMA_VALIDATE_H

#include <stdbool.h>

struct lint_run;
struct object;

/* Whether the objects of the kind are checked, or were while it was served. */
bool schema_is_known(const struct object *object);

/* Nothing happens for kinds without a schema. */
void schema_validate(struct lint_run *run, const struct object *object);

#endif
