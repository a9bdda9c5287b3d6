/*
 * The only place that starts threads.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

/* The processors this process may use, at least 1. */
size_t pool_default_workers(void);

/*
 * Call job(context, 0 .. count-1), each once, in any order, on `workers`
 * threads (the caller's is one of them); return when all are done.  Called
 * inside a job it runs on that job's thread alone.
 */
void pool_run(size_t workers, size_t count,
	      void (*job)(void *context, size_t index), void *context);

#endif
