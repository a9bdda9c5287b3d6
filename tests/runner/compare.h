/*
 * What happened against what the case wants.
 */
#ifndef TESTS_RUNNER_COMPARE_H
#define TESTS_RUNNER_COMPARE_H

#include <stdbool.h>

#include "tests/runner/buffer.h"

struct outcome;
struct section;
struct test_case;

/* The bytes a want stands for; false if there is no such file. */
bool want_actual(const struct section *want, const struct outcome *outcome,
		 struct buffer *bytes);

/* Outputs and files; complaints and diffs go to outcome->said. */
void compare_wants(const struct test_case *tc, struct outcome *outcome);

/* Marks against the findings in outcome->out and ->err. */
void compare_marks(const struct test_case *tc, struct outcome *outcome);

#endif
