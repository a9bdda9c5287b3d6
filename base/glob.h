/*
 * Patterns over names.  Three dialects that readers of charts and projects
 * know; all match the whole text.
 */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include <stdbool.h>
#include <stddef.h>

enum glob_dialect {
	GLOB_PATH,    /* Go's filepath.Match: * ? [a-z] [^a] \x, none match / */
	GLOB_GOBWAS,  /* Helm's .Files.Glob: also ** across /, {a,b}, [!a] */
	GLOB_PROJECT, /* ours: as GLOB_PATH, and ** for any number of folders */
};

/* False if the pattern is malformed. */
bool glob_valid(enum glob_dialect dialect, const char *pattern);

/* A malformed pattern matches nothing. */
bool glob_match(enum glob_dialect dialect, const char *pattern,
		const char *text);

/*
 * filepath.Match with its error: a malformed part of a pattern is noticed only
 * where the match gets that far.  Helm's ignore files show the difference.
 */
enum glob_answer {
	GLOB_NO,
	GLOB_YES,
	GLOB_BAD
};

enum glob_answer glob_path(const char *pattern, const char *text);

/* Whether the text has any character that is special in a pattern. */
bool glob_is_pattern(const char *text);

#endif
