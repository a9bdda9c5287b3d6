/*
 * The only place that starts threads.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct arena;

/* The processors this process may use, at least 1. */
size_t pool_default_workers(void);

/*
 * Call job(context, 0 .. count-1), each once, in any order, on `workers`
 * threads (the caller's is one of them); return when all are done.  Called
 * inside a job it runs on that job's thread alone.
 */
void pool_run(size_t workers, size_t count,
	      void (*job)(void *context, size_t index), void *context);

/*
 * The same in two steps: the other threads begin, and the caller, who may do
 * something else meanwhile, joins them for what is left.  Every pool_begin()
 * needs its pool_end(); what it returns is in the arena.
 */
struct pool_work *pool_begin(struct arena *arena, size_t workers, size_t count,
			     void (*job)(void *context, size_t index),
			     void *context);
void pool_end(struct pool_work *work);

/* For what several jobs write; it lasts as long as the arena. */
struct pool_lock *pool_lock_new(struct arena *arena);
void pool_lock(struct pool_lock *lock);
void pool_unlock(struct pool_lock *lock);

/* Of the stack of pool_deep(); a page of it is taken when it is touched. */
#ifdef __SANITIZE_ADDRESS__
#define POOL_DEEP_BYTES ((size_t)1 << 30)
#else
#define POOL_DEEP_BYTES ((size_t)256 << 20)
#endif

/*
 * Call job(context) where recursion may go deep, and return when it is done.
 * False: the system has no room for such a stack, and nothing was called.
 */
MUST_USE bool pool_deep(void (*job)(void *context), void *context);

#endif
