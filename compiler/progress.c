#include "compiler/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "compiler/options.h"
#include "compiler/terminal.h"

enum {
	QUIET_AT_FIRST = 300, /* milliseconds */
	BETWEEN_LINES = 60
};

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* A line can be rewritten there, and somebody may look at it. */
static bool is_rewritable(int fd)
{
	const char *term = options_variable("TERM");

	return terminal_is(fd) && !(term && strcmp(term, "dumb") == 0);
}

void progress_begin(struct progress *progress, const char *verb, size_t total,
		    bool wanted)
{
	progress->verb = verb;
	progress->total = total;
	progress->wanted = wanted && is_rewritable(STDERR_FILENO);
	atomic_init(&progress->done, 0);
	atomic_init(&progress->next, now() + QUIET_AT_FIRST);
	atomic_init(&progress->written, false);
}

void progress_step(struct progress *progress)
{
	size_t done = atomic_fetch_add(&progress->done, 1) + 1;
	int_least64_t next, time;

	if (!progress->wanted)
		return;
	time = now();
	next = atomic_load(&progress->next);
	/* Whoever moves the time forward writes; the others go on. */
	if (time < next ||
	    !atomic_compare_exchange_strong(&progress->next, &next,
					    time + BETWEEN_LINES))
		return;
	atomic_store(&progress->written, true);
	fprintf(stderr, "\r%s %zu/%zu\x1b[K", progress->verb, done,
		progress->total);
	fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (atomic_load(&progress->written))
		fputs("\r\x1b[K", stderr);
}
