#include "lints/subjects/lines.h"

#include <string.h>

bool lint_next_line(const char **text, const char *end, struct lint_line *line)
{
	while (*text < end) {
		const char *begin = *text;
		const char *stop = memchr(begin, '\n', (size_t)(end - begin));

		line->end = stop ? stop : end;
		*text = stop ? stop + 1 : end;
		line->at = begin;
		while (line->at < line->end && *line->at == ' ')
			line->at++;
		line->indent = (size_t)(line->at - begin);
		if (line->at < line->end && *line->at != '#' &&
		    *line->at != '\r')
			return true;
	}
	return false;
}

bool lint_line_is_item(const struct lint_line *line)
{
	return *line->at == '-' && (line->at + 1 == line->end ||
				    line->at[1] == ' ' || line->at[1] == '\n');
}

bool lint_line_has_key(const struct lint_line *line)
{
	const char *at;

	for (at = line->at; at < line->end; at++)
		if (*at == ':' && (at + 1 == line->end || at[1] == ' '))
			return true;
	return false;
}

size_t lint_column_of(const char *line, const char *end)
{
	const char *at = line;

	while (at < end &&
	       (*at == ' ' || (*at == '-' && at + 1 < end && at[1] == ' ')))
		at++;
	return (size_t)(at - line);
}
