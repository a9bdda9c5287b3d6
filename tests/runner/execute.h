/*
 * Running a case: a directory of its own, its files, its commands.
 *
 * Nothing is compared here; `struct outcome` keeps what happened until the
 * comparison has looked at it and at the directory.
 */
#ifndef TESTS_RUNNER_EXECUTE_H
#define TESTS_RUNNER_EXECUTE_H

#include <stdbool.h>

#include "tests/runner/buffer.h"
#include "tests/runner/case.h"

/* A case that is not done after so many seconds has failed. */
#define CASE_SECONDS 60

struct outcome {
	char *place;        /* what is removed in the end */
	char *dir;          /* $DIR, the case's directory below it */
	char *home;         /* HOME */
	int commits;        /* made so far; each is a minute younger */
	struct buffer said; /* complaints, one line each; empty: none */
	bool broken;        /* the runs did not come to their end */
	struct buffer out;
	struct buffer err;
};

/*
 * Make the directory below `scratch`, write the inputs, run the commands.
 * False if what the case says about statuses does not hold; `said` tells.
 */
bool case_execute(const struct test_case *tc, const char *tool,
		  const char *scratch, struct outcome *outcome);

/* The last command once more with findings as lines, into out and err. */
bool case_execute_lines(const struct test_case *tc, const char *tool,
			struct outcome *outcome);

/* Remove the directory and the memory. */
void outcome_release(struct outcome *outcome);

#endif
