/*
 * Patterns over paths: the first line of the input is a pattern, the rest a
 * text.  The dialects have to agree where they share their rules.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"

/* A pattern with many stars may take its time; that is not the question. */
#define MOST_BYTES 256

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void compare(const char *pattern, const char *text)
{
	enum glob_answer go = glob_path(pattern, text);
	bool path = glob_match(GLOB_PATH, pattern, text);

	if (path)
		must(glob_valid(GLOB_PATH, pattern) && go == GLOB_YES);
	else if (glob_valid(GLOB_PATH, pattern))
		must(go == GLOB_NO);
	if (!glob_is_pattern(text)) {
		must(glob_match(GLOB_PATH, text, text));
		must(glob_match(GLOB_GOBWAS, text, text));
		must(glob_match(GLOB_PROJECT, text, text));
	}
	if (glob_match(GLOB_PROJECT, pattern, text))
		must(glob_valid(GLOB_PROJECT, pattern));
	if (glob_match(GLOB_GOBWAS, pattern, text))
		must(glob_valid(GLOB_GOBWAS, pattern));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char pattern[MOST_BYTES + 1];
	char *text;

	if (size > MOST_BYTES || memchr(data, 0, size))
		return 0;
	memcpy(pattern, data, size);
	pattern[size] = '\0';
	text = strchr(pattern, '\n');
	if (!text)
		return 0;
	*text++ = '\0';
	compare(pattern, text);
	return 0;
}
