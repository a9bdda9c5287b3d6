/*
 * Objects against the schemas of the versions of a run.
 *
 * One walk over an object raises all rules that are by_schema.  A node of the
 * wrong type is not descended into, nor is an unknown field; what a hint
 * names is not missing as well.
 */
#ifndef LINTS_SCHEMA_VALIDATE_H
#define LINTS_SCHEMA_VALIDATE_H

struct lint_run;
struct object;

/* Nothing happens for kinds without a schema. */
void schema_validate(struct lint_run *run, const struct object *object);

#endif
