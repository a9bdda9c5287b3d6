/*
 * Case files: text in, cases out.
 *
 *	=== title
 *	run: lint in.yaml
 *	exit: 1
 *	-- in.yaml --
 *	kind: Pod                  # want: some-rule
 *	-- want stdout --
 *	...
 *
 * A section ends where the next begins; one blank line before a "===" line
 * belongs to nobody.  A case that cannot be understood has an `error` and
 * counts as failed.
 */
#ifndef TESTS_RUNNER_CASE_H
#define TESTS_RUNNER_CASE_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/runner/buffer.h"

enum section_kind {
	SECTION_FILE,
	SECTION_FOLDER, /* PATH ends with a slash */
	SECTION_LINK,
	SECTION_GIT_ADD,
	SECTION_GIT_COMMIT,
	SECTION_WANT_STDOUT,
	SECTION_WANT_STDERR,
	SECTION_WANT_FILE,
	SECTION_WANT_NO_FILE,
};

struct section {
	enum section_kind kind;
	unsigned line;
	char *path;
	char *target; /* of a link */
	int mode;     /* -1: as it comes */
	unsigned repeat;
	bool base64;
	bool crlf;
	bool no_newline;
	size_t head;  /* where the "-- PATH --" line begins in the file */
	size_t begin; /* of the body */
	size_t end;
	struct buffer content; /* the body with its attributes applied */
};

/* What a line of an input is marked with, or what a finding says. */
struct mark {
	const char *path;
	unsigned line;
	const char *rule;
};

struct marks {
	struct mark *items;
	size_t count;
};

/* The words of one run: line; NULL ends them. */
struct command {
	char **words;
	size_t count;
};

struct test_case {
	const char *file;
	unsigned line;
	char *title;
	char *error;
	struct command *runs;
	size_t run_count;
	char **env; /* NAME=VALUE */
	size_t env_count;
	char *input; /* stdin: FILE */
	char *folder; /* in: FOLDER, below the directory; or NULL */
	char *name;  /* as: the name the program is called by; or NULL */
	int exit;    /* -1: not said, so each run has to give 0 */
	struct section *sections;
	size_t section_count;
	struct marks marks;
};

struct case_file {
	char *path;
	struct buffer text;
	struct test_case *cases;
	size_t count;
};

/* False, with errno, if the file cannot be read. */
bool case_file_read(struct case_file *file, const char *path);

bool section_is_want(const struct section *section);
void marks_add(struct marks *marks, const char *path, unsigned line,
	       const char *rule);

/* Marks that stand on the lines of a text. */
void marks_scan(struct marks *marks, const char *path,
		const struct buffer *text);

#endif
