#include "base/mapping.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"

#ifdef __linux__
#define ADVICE_NOT_NEEDED  4    /* MADV_DONTNEED, hidden by the POSIX macros */
#define ADVICE_SMALL_PAGES 15   /* MADV_NOHUGEPAGE */
#define MAPS_NO_FILE       0x20 /* MAP_ANONYMOUS */
int madvise(void *at, size_t len, int advice);

enum {
	SMALLEST = 1024 * 1024, /* what is smaller costs more to map */
};

struct mapping {
	void *at;
	size_t size;
};

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static void unmap(void *what)
{
	struct mapping *mapping = what;

	munmap(mapping->at, mapping->size);
}

/*
 * Private and writable: the NUL behind the last byte makes the last page our
 * own, so that it stays there whatever happens to the file.
 */
const char *mapping_new(struct arena *arena, int fd, size_t size)
{
	struct mapping *mapping;
	char *text;

	if (size < SMALLEST || size % page_size() == 0)
		return NULL;
	text = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (text == MAP_FAILED)
		return NULL;
	text[size] = '\0';
	/* Parts of it are to go while others stay. */
	madvise(text, size, ADVICE_SMALL_PAGES);
	mapping = arena_alloc(arena, sizeof(*mapping));
	mapping->at = text;
	mapping->size = size;
	arena_on_free(arena, unmap, mapping);
	return text;
}

void mapping_drop(const char *text, size_t size, size_t begin, size_t end)
{
	/* The last page has the NUL. */
	size_t page = page_size(), last = size / page * page;

	begin = (begin + page - 1) / page * page;
	end = (end < last ? end : last) / page * page;
	if (begin < end)
		madvise((char *)text + begin, end - begin, ADVICE_NOT_NEEDED);
}

/* A page of zeros where the file has none any more. */
static void fill(int number, siginfo_t *info, void *context)
{
	static const struct sigaction usual = { .sa_handler = SIG_DFL };
	size_t size = page_size();
	uintptr_t page = (uintptr_t)info->si_addr / size * size;
	int error = errno;

	(void)context;
	if (info->si_code != BUS_ADRERR ||
	    mmap((void *)page, size, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_FIXED | MAPS_NO_FILE, -1, 0) == MAP_FAILED)
		sigaction(number, &usual, NULL);
	errno = error;
}

void mapping_catch(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = fill;
	action.sa_flags = SA_SIGINFO;
	sigemptyset(&action.sa_mask);
	sigaction(SIGBUS, &action, NULL);
}
#else
/* Where the advice need not be heeded, nothing is gained. */
const char *mapping_new(struct arena *arena, int fd, size_t size)
{
	(void)arena;
	(void)fd;
	(void)size;
	return NULL;
}

void mapping_drop(const char *text, size_t size, size_t begin, size_t end)
{
	(void)text;
	(void)size;
	(void)begin;
	(void)end;
}

void mapping_catch(void)
{
}
#endif
