/*
 * What the actions of a template printed, and where it landed in the text.
 */
#ifndef LINTS_SUBJECTS_INSERTIONS_H
#define LINTS_SUBJECTS_INSERTIONS_H

#include <stdint.h>

struct lint_run;
struct source;

struct lint_insertion {
	const struct source *text; /* what was rendered */
	uint32_t begin;            /* the bytes that the action printed */
	uint32_t end;
	const struct source *by; /* the template */
	uint32_t action;         /* where the action begins in it */
};

/* Call for each of a rendered text, in order; none for other texts. */
void lint_each_insertion(struct lint_run *run, const struct source *text,
			 void (*check)(struct lint_run *run,
				       const struct lint_insertion *insertion));

#endif
