/*
 * What was found before a change, by what findings are known again.
 */
#ifndef COMPILER_RUN_KNOWN_H
#define COMPILER_RUN_KNOWN_H

struct run;

/*
 * Take out of the report of `run` what the jobs of `old` found too.  Both are
 * bare reports; that of `old` is not filled.
 */
void known_drop(struct run *run, struct run *old);

#endif
