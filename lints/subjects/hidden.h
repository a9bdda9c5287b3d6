/*
 * Keys that a template would write, were a value not empty or false.
 */
#ifndef LINTS_SUBJECTS_HIDDEN_H
#define LINTS_SUBJECTS_HIDDEN_H

struct lint_run;
struct origin;
struct value;

/*
 * Where the value stands that keeps `field`, a key or a path, out of the map
 * `parent`, with the condition behind it; NULL: none does.
 */
const struct origin *lint_hidden_by(struct lint_run *run,
				    const struct value *parent,
				    const char *field);

#endif
