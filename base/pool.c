#include "base/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/arena.h"

#if defined(__APPLE__) && !defined(_SC_NPROCESSORS_ONLN)
#define _SC_NPROCESSORS_ONLN 58 /* hidden by the POSIX macros there */
#endif

enum {
	WORKERS_MAX = 64,
	/* Small by default on some systems; trees are walked recursively. */
	STACK_BYTES = 16 << 20,
};

struct pool_work {
	atomic_size_t next;
	size_t count;
	void (*job)(void *context, size_t index);
	void *context;
	pthread_t threads[WORKERS_MAX];
	size_t started;
};

/*
 * Whether this thread runs a job: a pool inside a pool would start threads
 * by the square.  The one variable that is not constant, and per thread.
 */
static _Thread_local bool inside;

size_t pool_default_workers(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	if (count < 1)
		return 1;
	return count < WORKERS_MAX ? (size_t)count : WORKERS_MAX;
}

static void work_run(struct pool_work *work)
{
	bool was = inside;
	size_t index;

	inside = true;
	while ((index = atomic_fetch_add(&work->next, 1)) < work->count)
		work->job(work->context, index);
	inside = was;
}

static void *thread_main(void *work)
{
	work_run(work);
	return NULL;
}

/* The caller's thread is the one that signals interrupt. */
static size_t start_threads(pthread_t *threads, size_t count, size_t stack,
			    void *(*run)(void *), void *context)
{
	sigset_t all, before;
	pthread_attr_t attr;
	size_t started = 0;

	if (pthread_attr_init(&attr) != 0)
		return 0;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	/* Where the system refuses a thread, the others do its work. */
	while (started < count &&
	       pthread_attr_setstacksize(&attr, stack) == 0 &&
	       pthread_create(&threads[started], &attr, run, context) == 0)
		started++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	return started;
}

/* With that many threads beside the caller's. */
static void begin(struct pool_work *work, size_t threads)
{
	atomic_init(&work->next, 0);
	if (threads > WORKERS_MAX)
		threads = WORKERS_MAX;
	if (threads && !inside)
		work->started = start_threads(work->threads, threads,
					      STACK_BYTES, thread_main, work);
}

void pool_end(struct pool_work *work)
{
	size_t i;

	work_run(work);
	for (i = 0; i < work->started; i++)
		pthread_join(work->threads[i], NULL);
}

void pool_run(size_t workers, size_t count,
	      void (*job)(void *context, size_t index), void *context)
{
	struct pool_work work = { .count = count,
				  .job = job,
				  .context = context };

	if (workers > count)
		workers = count;
	begin(&work, workers > 1 ? workers - 1 : 0);
	pool_end(&work);
}

struct pool_work *pool_begin(struct arena *arena, size_t workers, size_t count,
			     void (*job)(void *context, size_t index),
			     void *context)
{
	struct pool_work *work = arena_zalloc(arena, sizeof(*work));

	work->count = count;
	work->job = job;
	work->context = context;
	/* One job alone is worth a thread: the caller is busy. */
	if (workers > count)
		workers = count + 1;
	begin(work, workers > 1 ? workers - 1 : 0);
	return work;
}

struct pool_lock {
	pthread_mutex_t mutex;
};

static void destroy_lock(void *lock)
{
	pthread_mutex_destroy(&((struct pool_lock *)lock)->mutex);
}

struct pool_lock *pool_lock_new(struct arena *arena)
{
	struct pool_lock *lock = arena_zalloc(arena, sizeof(*lock));

	if (pthread_mutex_init(&lock->mutex, NULL) != 0)
		BUG("a lock could not be made");
	arena_on_free(arena, destroy_lock, lock);
	return lock;
}

void pool_lock(struct pool_lock *lock)
{
	pthread_mutex_lock(&lock->mutex);
}

void pool_unlock(struct pool_lock *lock)
{
	pthread_mutex_unlock(&lock->mutex);
}

struct dive {
	void (*job)(void *context);
	void *context;
	bool inside;
};

static void *dive_main(void *context)
{
	const struct dive *dive = context;

	inside = dive->inside;
	dive->job(dive->context);
	return NULL;
}

bool pool_deep(void (*job)(void *context), void *context)
{
	struct dive dive = { job, context, inside };
	pthread_t thread;

	if (!start_threads(&thread, 1, POOL_DEEP_BYTES, dive_main, &dive))
		return false;
	pthread_join(thread, NULL);
	return true;
}
