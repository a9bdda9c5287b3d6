#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"

enum {
	SLOTS = 64,
	TEMP_NAME_MAX = 4096,
	ATTEMPTS = 100
};

/*
 * Names of temporary files that exist, for file_cleanup.  A signal handler
 * can neither lock nor allocate, so the table is fixed: the second exception
 * to "no global state".
 */
static struct slot {
	atomic_int state;
	char path[TEMP_NAME_MAX];
} slots[SLOTS];

enum {
	SLOT_FREE,
	SLOT_TAKEN,
	SLOT_FILE
};

static struct slot *slot_take(const char *path)
{
	size_t len = strlen(path), i;

	if (len >= TEMP_NAME_MAX)
		return NULL;
	for (i = 0; i < SLOTS; i++) {
		int none = SLOT_FREE;

		if (!atomic_compare_exchange_strong(&slots[i].state, &none,
						    SLOT_TAKEN))
			continue;
		memcpy(slots[i].path, path, len + 1);
		atomic_store(&slots[i].state, SLOT_FILE);
		return &slots[i];
	}
	return NULL;
}

static void slot_release(struct slot *slot)
{
	if (slot)
		atomic_store(&slot->state, SLOT_FREE);
}

void file_cleanup(void)
{
	size_t i;

	for (i = 0; i < SLOTS; i++)
		if (atomic_load(&slots[i].state) == SLOT_FILE)
			unlink(slots[i].path);
}

/* errno in the words of the messages. */
static const char *reason(int error)
{
	switch (error) {
	case EACCES:
	case EPERM:
		return "permission denied; make it writable or name another "
		       "place";
	case ENOSPC:
	case EDQUOT:
		return "no space left on the device; make room and run again";
	case EROFS:
		return "the file system is read-only; name another place";
	case EISDIR:
		return "it is a directory; name a file in it";
	case ENOTDIR:
		return "a part of its path is not a directory; name another "
		       "place";
	case ENOENT:
		return "its directory does not exist; make it first";
	case ENAMETOOLONG:
		return "the name is too long; name a shorter one";
	case EFBIG:
		return "the file system takes no file of this size";
	}
	return "the system refused; look at the disk";
}

static enum file_result failed(struct diag_sink *diags, const char *path,
			       int error)
{
	diag_error(diags, NULL, "cannot write %s: %s", path, reason(error));
	return FILE_FAILED;
}

/* Whether the file holds these bytes already. */
static bool same_bytes(int fd, const char *text, size_t len)
{
	char bytes[16 * 1024];

	for (;;) {
		ssize_t got = read(fd, bytes, sizeof(bytes));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0 && len == 0;
		if ((size_t)got > len || memcmp(bytes, text, (size_t)got) != 0)
			return false;
		text += got;
		len -= (size_t)got;
	}
}

static bool is_unchanged(const char *path, const struct stat *stat,
			 const char *text, size_t len)
{
	bool same;
	int fd;

	if ((uint64_t)stat->st_size != len)
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	same = same_bytes(fd, text, len);
	close(fd);
	return same;
}

static bool write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t put = write(fd, text, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		text += put;
		len -= (size_t)put;
	}
	return true;
}

const char *file_make_folders(struct arena *arena, const char *path)
{
	char *name = arena_strdup(arena, path), *slash;

	for (slash = name + 1; *name && (slash = strchr(slash, '/')) != NULL;
	     slash++) {
		*slash = '\0';
		if (mkdir(name, 0777) != 0) {
			const int error = errno;
			struct stat found;

			/* Some systems say EROFS of a folder that exists. */
			if (stat(name, &found) != 0 ||
			    !S_ISDIR(found.st_mode)) {
				errno = error == EEXIST ? ENOTDIR : error;
				return name;
			}
		}
		*slash = '/';
	}
	return NULL;
}

/*
 * A new file beside the target; -1: errno says why not.  Its name is in the
 * slot before there is a file, so that no signal comes in between; no other
 * process makes names with our number.
 */
static int open_temporary(struct arena *arena, const char *path,
			  const char **name, struct slot **slot)
{
	static atomic_uint counter;
	int i, fd = -1;

	for (i = 0; i < ATTEMPTS; i++) {
		*name = arena_printf(arena, "%s.%ld-%u.tmp", path,
				     (long)getpid(),
				     atomic_fetch_add(&counter, 1));
		*slot = slot_take(*name);
		fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0)
			break;
		slot_release(*slot);
		if (errno != EEXIST)
			break;
	}
	return fd;
}

/* Returns 0 or what errno was; the temporary file is gone in any case. */
static int replace(struct arena *arena, const char *path,
		   const struct stat *old, const char *text, size_t len)
{
	const char *name;
	struct slot *slot;
	int error = 0, fd = open_temporary(arena, path, &name, &slot);

	if (fd < 0)
		return errno;
	if ((old && fchmod(fd, old->st_mode & 07777) != 0) ||
	    !write_all(fd, text, len))
		error = errno;
	if (close(fd) != 0 && !error)
		error = errno;
	if (!error && rename(name, path) != 0)
		error = errno;
	if (error)
		unlink(name);
	slot_release(slot);
	return error;
}

/* What a link leads to is written, and the link stays. */
static const char *target_of(struct arena *arena, const char *path)
{
	struct stat found;
	const char *target = path;
	char *real;

	if (lstat(path, &found) != 0 || !S_ISLNK(found.st_mode))
		return path;
	real = realpath(path, NULL);
	if (real)
		target = arena_strdup(arena, real);
	free(real);
	return target;
}

enum file_result file_write(struct arena *arena, struct diag_sink *diags,
			    const char *path, const char *text, size_t len)
{
	const char *target = target_of(arena, path);
	struct stat found;
	bool exists = stat(target, &found) == 0;
	int error;

	if (exists && S_ISDIR(found.st_mode))
		return failed(diags, path, EISDIR);
	if (exists && S_ISREG(found.st_mode) &&
	    is_unchanged(target, &found, text, len))
		return FILE_UNCHANGED;
	if (exists && !S_ISREG(found.st_mode)) {
		/* A device or a pipe, as /dev/null, is never replaced. */
		int fd = open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY);

		if (fd < 0)
			return failed(diags, path, errno);
		error = write_all(fd, text, len) ? 0 : errno;
		close(fd);
		return error ? failed(diags, path, error) : FILE_WRITTEN;
	}
	if (!exists && file_make_folders(arena, target))
		return failed(diags, path, errno);
	error = replace(arena, target, exists ? &found : NULL, text, len);
	return error ? failed(diags, path, error) : FILE_WRITTEN;
}

char *file_read_all(struct arena *arena, struct diag_sink *diags, int fd,
		    const char *name, size_t limit, size_t *len)
{
	/* From the second room on it grows where it is, see arena_regrow(). */
	enum {
		FIRST_ROOM = 64 * 1024,
		NEXT_ROOM = 4 * 1024 * 1024
	};
	size_t room = FIRST_ROOM, used = 0;
	char *bytes = arena_alloc(arena, room);

	for (;;) {
		ssize_t got = read(fd, bytes + used, room - 1 - used);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			diag_error(diags, NULL, "cannot read %s: %s", name,
				   errno == EISDIR ? "it is a directory"
						   : "the system refused");
			return NULL;
		}
		if (got == 0)
			break;
		used += (size_t)got;
		if (used > limit) {
			diag_error(diags, NULL,
				   "%s is larger than %zu bytes (--limit "
				   "file-size)",
				   name, limit);
			return NULL;
		}
		if (used + 1 == room) {
			size_t next = room < NEXT_ROOM ? NEXT_ROOM : room * 2;

			bytes = arena_regrow(arena, bytes, room, next);
			room = next;
		}
	}
	bytes[used] = '\0';
	*len = used;
	return bytes;
}
