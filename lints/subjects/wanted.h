/*
 * Labels and annotations that a project wants on all its workloads.
 */
#ifndef LINTS_SUBJECTS_WANTED_H
#define LINTS_SUBJECTS_WANTED_H

struct lint_run;
struct object;

#define LINT_WANTED_PARAMS(key, values)                                        \
	{ "key", LINT_PARAM_TEXT, key, "The key that is wanted." },            \
	{                                                                      \
		"value", LINT_PARAM_PATTERNS, values,                          \
			"What is found in its value."                          \
	}

/*
 * Report a workload whose `field` of the metadata ("labels") lacks the key, or
 * has another value for it.  `what` is a word for the message.
 */
void lint_wanted(struct lint_run *run, const struct object *object,
		 const char *field, const char *what);

#endif
