/*
 * Lines of YAML as texts, for what looks at where they stand.
 */
#ifndef LINTS_SUBJECTS_LINES_H
#define LINTS_SUBJECTS_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct lint_line {
	const char *at; /* behind the indent */
	const char *end;
	size_t indent;
};

/*
 * The next line that is neither blank nor a comment; false: there is none.
 * `*text` goes behind it.
 */
bool lint_next_line(const char **text, const char *end, struct lint_line *line);

/* Whether it begins with a dash, and whether it has a key. */
bool lint_line_is_item(const struct lint_line *line);
bool lint_line_has_key(const struct lint_line *line);

/* The column behind the indent and the dashes of [line, end). */
size_t lint_column_of(const char *line, const char *end);

#endif
