/*
 * Regular expressions: the first line of the input is a pattern, the rest a
 * text.  The linear matcher and PCRE2 have to find the same, group by group:
 * which of them answers depends on how much was asked before.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/regex_code.h"
#include "base/regex_program.h"
#include "base/regex_syntax.h"
#include "base/utf8.h"

enum {
	MOST_BYTES = 256,
	GROUPS_MAX = 16
};

static void compare(struct arena *arena, const struct regex_syntax *syntax,
		    struct regex_subject *subject)
{
	struct regex_span one[GROUPS_MAX], other[GROUPS_MAX];
	struct regex_program *program = regex_program_new(arena, syntax->root);
	struct regex_code *code = regex_code_new(arena, syntax->root);
	size_t count = syntax->groups + 1;
	enum regex_answer answer;

	if (!code || count > GROUPS_MAX)
		return;
	for (; subject->from <= subject->len; subject->from++) {
		bool found = regex_program_search(program, subject, one, count);

		answer = regex_code_search(code, subject, other, count);
		if (subject->limited || answer == REGEX_GAVE_UP)
			return;
		if (found != (answer == REGEX_MATCH))
			abort();
		for (size_t i = 0; found && i < count; i++)
			if (one[i].begin != other[i].begin ||
			    one[i].end != other[i].end)
				abort();
		/* Nobody begins inside of a character. */
		while (subject->from < subject->len &&
		       (subject->text[subject->from + 1] & 0xC0) == 0x80)
			subject->from++;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena;
	struct regex_syntax syntax;
	struct regex_subject subject = { .valid = true };
	const char *error, *feed;
	char *copy;

	feed = size <= MOST_BYTES ? memchr(data, '\n', size) : NULL;
	if (!feed || !utf8_valid((const char *)data, size))
		return 0;
	arena = arena_new();
	copy = arena_strndup(arena, (const char *)data, size);
	subject.text = copy + (feed - (const char *)data) + 1;
	subject.len = size - (size_t)(subject.text - copy);
	if (regex_parse(arena, copy, (size_t)(feed - (const char *)data),
			&syntax, &error))
		compare(arena, &syntax, &subject);
	arena_free(arena);
	return 0;
}
