/*
 * Whether the schema in a CustomResourceDefinition is structural, which v1
 * demands: then it says of every field what it is.
 */
#ifndef LINTS_SCHEMA_STRUCTURAL_H
#define LINTS_SCHEMA_STRUCTURAL_H

struct lint_run;
struct schema_version;

/* Report by the rule that runs. */
void schema_structural(struct lint_run *run,
		       const struct schema_version *version);

/* The same for one thing: "x of CRD 'orders.shop.example': reason". */
struct value;
void schema_complain(struct lint_run *run, const struct value *at,
		     const char *field, const char *reason);

#endif
