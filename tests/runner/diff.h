/*
 * The difference of two texts, as people know it from diff -u.
 */
#ifndef TESTS_RUNNER_DIFF_H
#define TESTS_RUNNER_DIFF_H

struct buffer;

/* Append it to `out`; lines only in `want` have a "-", in `got` a "+". */
void diff_print(struct buffer *out, const struct buffer *want,
		const struct buffer *got);

#endif
