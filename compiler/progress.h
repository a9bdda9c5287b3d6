/*
 * "rendered 812/4000": one line on standard error that is written anew while
 * a run goes on and is gone when it ends.  Only on a terminal, and not for
 * what takes no time.
 *
 *	progress_begin(&progress, "rendered", count, !options->quiet);
 *	pool_run(workers, count, job, context);	   (each: progress_step)
 *	progress_end(&progress);
 */
#ifndef COMPILER_PROGRESS_H
#define COMPILER_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
	const char *verb;
	size_t total;
	bool wanted;
	atomic_size_t done;
	atomic_int_least64_t next; /* when to write, in milliseconds */
	atomic_bool written;
};

void progress_begin(struct progress *progress, const char *verb, size_t total,
		    bool wanted);

/* One of them is done; any thread. */
void progress_step(struct progress *progress);

/* Take the line away. */
void progress_end(struct progress *progress);

#endif
