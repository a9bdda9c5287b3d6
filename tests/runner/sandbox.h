/*
 * The directory of a case, and a program run inside it.
 */
#ifndef TESTS_RUNNER_SANDBOX_H
#define TESTS_RUNNER_SANDBOX_H

#include <stdbool.h>

struct section;

struct program {
	const char *path;  /* absolute, or found along PATH */
	char *const *argv; /* NULL at the end */
	char *const *envp;
	const char *dir;
	const char *folder; /* below dir, to run in; NULL: dir itself */
	const char *input; /* below dir; NULL: nothing to read */
	const char *out;   /* files that take what it prints */
	const char *err;
	bool plain; /* root without its power over file modes */
};

/*
 * Run it to its end.  The status as a shell gives it, 128 + N for signal N;
 * -1 if it cannot be started.
 */
int program_run(const struct program *program);

/* Write an input: a file, a folder or a link.  False with errno. */
bool sandbox_write(const char *dir, const struct section *section);
bool sandbox_make_folder(const char *path);
void sandbox_remove(const char *path);

#endif
