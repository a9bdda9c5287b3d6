/*
 * What can be said only when all findings of all targets are known: exemptions
 * that leave nothing out or name no rule, inputs that Git does not know.
 */
#ifndef COMPILER_AUDIT_H
#define COMPILER_AUDIT_H

#include <stdbool.h>

struct fact_log;
struct run;

/* Whether the run looked at all there is: others know too little to judge. */
bool audit_is_full(const struct run *run);

/* Add to the report what a full run knows; of others nothing. */
void audit_run(struct run *run);

/* Add what was noticed of the run as a whole, by the rules for it. */
void audit_report(struct run *run, const struct fact_log *facts);

#endif
