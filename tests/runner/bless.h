/*
 * Rewriting the wants of failing cases with what was got.
 */
#ifndef TESTS_RUNNER_BLESS_H
#define TESTS_RUNNER_BLESS_H

#include <stdbool.h>
#include <stddef.h>

struct case_file;
struct outcome;
struct section;
struct test_case;

/* A want and the text that shall stand in its place. */
struct blessing {
	const struct section *want;
	char *text;
	size_t len;
};

struct blessings {
	struct blessing *items;
	size_t count;
};

/*
 * Note the wants of a case that differ.  False, and nothing noted, if its
 * statuses or its marks are wrong, which only a person can mend.
 */
bool bless_note(struct blessings *blessings, const struct test_case *tc,
		const struct outcome *outcome);

/* Write the file anew with its blessings, in the order of the file. */
bool bless_write(const struct case_file *file,
		 const struct blessings *blessings);

#endif
