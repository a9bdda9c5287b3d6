#include "base/tree_disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif
#include <unistd.h>

#include "base/arena.h"
#include "base/mapping.h"
#include "base/path.h"
#include "base/tree_disk_stamps.h"
#include "base/vec.h"

enum {
	PART_MAX = 255,
	LINK_TARGET_MAX = 4096
};

/* A file or folder outside that may be read: `fd` is the folder it is in. */
struct allowed {
	const char *path;
	const char *dir;
	int fd;
};

struct tree_disk {
	struct tree tree;
	struct arena *arena;
	const char *root;
	const char *cwd;
	int fd;
	bool jail; /* the root is not "/" */
	VEC(struct allowed) allowed;
};

static enum tree_status status_of(int error)
{
	switch (error) {
	case ENOENT:
	case ENAMETOOLONG:
		return TREE_MISSING;
	case ENOTDIR:
	case ELOOP:
	case EMLINK: /* what O_NOFOLLOW gives on some BSDs */
		return TREE_NOT_DIR;
	case EACCES:
	case EPERM:
		return TREE_DENIED;
	}
	return TREE_IO;
}

/* Where a walk begins, and the part of the path that remains. */
static enum tree_status start(const struct tree_disk *disk, const char *path,
			      int *fd, const char **rest)
{
	size_t i;

	*fd = disk->fd;
	*rest = path;
	if (path[0] != '/')
		return TREE_OK;
	for (i = 0; i < disk->allowed.count; i++) {
		const struct allowed *allowed = &disk->allowed.items[i];

		if (!path_is_below(path, allowed->path))
			continue;
		*fd = allowed->fd;
		*rest = path + strlen(allowed->dir);
		*rest += strspn(*rest, "/");
		return TREE_OK;
	}
	return TREE_OUTSIDE;
}

#ifdef SYS_openat2
#define WITHIN        0x08      /* RESOLVE_BENEATH */
#define WITHOUT_LINKS 0x04      /* RESOLVE_NO_SYMLINKS */
long syscall(long number, ...); /* hidden by the POSIX macros */

/* In one call what else is one for each part; -1: it is to be walked. */
static int open_at_once(int fd, const char *path, int flags)
{
	const struct {
		uint64_t flags, mode, resolve;
	} how = {
		.flags = (uint64_t)flags | O_NOFOLLOW | O_CLOEXEC,
		.resolve = WITHIN | WITHOUT_LINKS,
	};

	return (int)syscall(SYS_openat2, fd, path, &how, sizeof(how));
}
#else
static int open_at_once(int fd, const char *path, int flags)
{
	(void)fd;
	(void)path;
	(void)flags;
	errno = ENOSYS;
	return -1;
}
#endif

enum {
	/* O_NONBLOCK: opening a pipe nobody writes to would wait for ever. */
	FILE_FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY,
	FOLDER_FLAGS = O_RDONLY | O_DIRECTORY
};

/*
 * Most paths lead over no link to something that is there, or to nothing.
 * False: the parts of it are to be walked.  A `*fd` of -1: there is nothing.
 */
static bool open_whole(const struct tree_disk *disk, const char *path,
		       int flags, int *fd)
{
	const char *rest;
	int from;

	if (!disk->jail || start(disk, path, &from, &rest) != TREE_OK ||
	    !strchr(rest, '/'))
		return false;
	*fd = open_at_once(from, rest, flags);
	return *fd >= 0 || errno == ENOENT;
}

/* A folder a walk has arrived at, and the last part of its path. */
struct spot {
	int fd;
	bool owned; /* `fd` is to be closed */
	const char *name;
};

static void spot_release(struct spot *spot)
{
	if (spot->owned)
		close(spot->fd);
}

/* Where that works, as it does for what is there and has no links. */
static bool skip_folders(struct spot *spot)
{
	const char *slash = strrchr(spot->name, '/');
	char path[PART_MAX + 1];
	size_t len = slash ? (size_t)(slash - spot->name) : 0;
	int fd;

	if (!len || len > PART_MAX || !slash[1] ||
	    !memchr(spot->name, '/', len))
		return false;
	memcpy(path, spot->name, len);
	path[len] = '\0';
	fd = open_at_once(spot->fd, path, FOLDER_FLAGS);
	if (fd < 0)
		return false;
	spot->fd = fd;
	spot->owned = true;
	spot->name = slash + 1;
	return true;
}

/*
 * The folder that holds `path`.  Each part is opened from the one before and
 * none may be a link, so that nobody who changes links while we walk can lead
 * us out.
 */
static enum tree_status spot_find(const struct tree_disk *disk,
				  const char *path, struct spot *spot)
{
	enum tree_status status = start(disk, path, &spot->fd, &spot->name);

	spot->owned = false;
	if (status != TREE_OK)
		return status;
	if (!disk->jail) {
		if (!*spot->name)
			spot->name = ".";
		return TREE_OK;
	}
	if (skip_folders(spot))
		return TREE_OK;
	for (;;) {
		size_t len = strcspn(spot->name, "/");
		char part[PART_MAX + 1];
		int next;

		if (!spot->name[len])
			break;
		if (len > PART_MAX) {
			spot_release(spot);
			return TREE_MISSING;
		}
		memcpy(part, spot->name, len);
		part[len] = '\0';
		next = openat(spot->fd, part,
			      FOLDER_FLAGS | O_NOFOLLOW | O_CLOEXEC);
		status = next < 0 ? status_of(errno) : TREE_OK;
		spot_release(spot);
		if (next < 0)
			return status;
		spot->fd = next;
		spot->owned = true;
		spot->name += len + 1;
	}
	if (!*spot->name)
		spot->name = ".";
	return TREE_OK;
}

static enum tree_status look_at(int folder, const char *name,
				struct tree_stat *stat)
{
	struct stat found;

	if (fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0)
		return status_of(errno);
	stat->kind = disk_kind_of(found.st_mode);
	stat->size = (uint64_t)found.st_size;
	stat->mode = (uint32_t)found.st_mode & 07777;
	return TREE_OK;
}

static enum tree_status disk_stat(struct tree *tree, const char *path,
				  struct tree_stat *stat)
{
	struct spot spot;
	enum tree_status status =
		spot_find((struct tree_disk *)tree, path, &spot);

	if (status != TREE_OK)
		return status;
	status = look_at(spot.fd, spot.name, stat);
	spot_release(&spot);
	return status;
}

/* As much as was said to be there, or to the end where nothing was said. */
static enum tree_status read_all(int fd, size_t expected, uint64_t limit,
				 struct arena *arena, struct tree_text *text)
{
	size_t room = expected + 2, used = 0;
	char *bytes = arena_alloc(arena, room);

	for (;;) {
		size_t most =
			used < expected ? expected - used : room - 1 - used;
		ssize_t got = read(fd, bytes + used, most);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno == EISDIR ? TREE_NOT_FILE : TREE_IO;
		if (got == 0)
			break;
		used += (size_t)got;
		if (used > limit)
			return TREE_TOO_LARGE;
		if (used == expected)
			break;
		if (used + 1 == room) {
			bytes = arena_grow(arena, bytes, room, room * 2);
			room *= 2;
		}
	}
	bytes[used] = '\0';
	text->at = bytes;
	text->len = used;
	return TREE_OK;
}

static bool map(int fd, size_t size, struct arena *arena,
		struct tree_text *text)
{
	text->at = mapping_new(arena, fd, size);
	text->len = size;
	text->mapped = text->at != NULL;
	return text->mapped;
}

static enum tree_status open_path(const struct tree_disk *disk,
				  const char *path, int flags, int *fd)
{
	struct spot spot;
	enum tree_status status;

	if (open_whole(disk, path, flags, fd))
		return *fd < 0 ? TREE_MISSING : TREE_OK;
	status = spot_find(disk, path, &spot);
	if (status != TREE_OK)
		return status;
	*fd = openat(spot.fd, spot.name, flags | O_NOFOLLOW | O_CLOEXEC);
	/* Sockets and links cannot be opened as files at all. */
	if (*fd < 0)
		status = flags == FILE_FLAGS &&
					 (errno == ENXIO || errno == ELOOP ||
					  errno == EMLINK)
				 ? TREE_NOT_FILE
				 : status_of(errno);
	spot_release(&spot);
	return status;
}

static enum tree_status disk_read(struct tree *tree, const char *path,
				  struct arena *arena, uint64_t limit,
				  struct tree_text *text)
{
	enum tree_status status;
	struct stat found;
	int fd;

	status = open_path((struct tree_disk *)tree, path, FILE_FLAGS, &fd);
	if (status != TREE_OK)
		return status;
	if (fstat(fd, &found) != 0)
		status = TREE_IO;
	else if (!S_ISREG(found.st_mode))
		status = TREE_NOT_FILE;
	else if ((uint64_t)found.st_size > limit)
		status = TREE_TOO_LARGE;
	else if (!map(fd, (size_t)found.st_size, arena, text))
		status =
			read_all(fd, (size_t)found.st_size, limit, arena, text);
	close(fd);
	return status;
}

/* False: it was removed since, as if it had never been there. */
static bool kind_of_entry(DIR *dir, const struct dirent *found,
			  enum tree_kind *kind)
{
	struct stat stat;

#ifdef _DIRENT_HAVE_D_TYPE
	/* Most folders say it; others leave it to the file. */
	if (found->d_type) {
		*kind = disk_kind_of((mode_t)found->d_type << 12);
		return true;
	}
#endif
	if (fstatat(dirfd(dir), found->d_name, &stat, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	*kind = disk_kind_of(stat.st_mode);
	return true;
}

static enum tree_status read_folder(DIR *dir, struct arena *arena, bool looks,
				    struct tree_listing *listing)
{
	VEC(struct tree_entry) entries = { 0 };
	struct dirent *found;

	for (;;) {
		struct tree_entry entry = { 0 };

		errno = 0;
		found = readdir(dir);
		if (!found)
			break;
		if (strcmp(found->d_name, ".") == 0 ||
		    strcmp(found->d_name, "..") == 0)
			continue;
		if (!kind_of_entry(dir, found, &entry.kind))
			continue;
		if (looks && entry.kind == TREE_FILE)
			entry.looked = look_at(dirfd(dir), found->d_name,
					       &entry.stat) == TREE_OK;
		entry.name = arena_strdup(arena, found->d_name);
		vec_push(arena, &entries, entry);
	}
	if (errno != 0)
		return TREE_IO;
	listing->items = entries.items;
	listing->count = entries.count;
	tree_listing_sort(listing);
	return TREE_OK;
}

static enum tree_status disk_list(struct tree *tree, const char *path,
				  struct arena *arena, bool looks,
				  struct tree_listing *listing)
{
	enum tree_status status;
	DIR *dir;
	int fd;

	status = open_path((struct tree_disk *)tree, path, FOLDER_FLAGS, &fd);
	if (status != TREE_OK)
		return status;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return TREE_IO;
	}
	status = read_folder(dir, arena, looks, listing);
	closedir(dir);
	return status;
}

static enum tree_status disk_readlink(struct tree *tree, const char *path,
				      struct arena *arena, const char **target)
{
	struct spot spot;
	enum tree_status status =
		spot_find((struct tree_disk *)tree, path, &spot);
	char text[LINK_TARGET_MAX];
	ssize_t len;

	if (status != TREE_OK)
		return status;
	len = readlinkat(spot.fd, spot.name, text, sizeof(text));
	if (len < 0)
		status = errno == EINVAL ? TREE_NOT_FILE : status_of(errno);
	else if ((size_t)len == sizeof(text))
		status = TREE_LOOP;
	else
		*target = arena_strndup(arena, text, (size_t)len);
	spot_release(&spot);
	return status;
}

/* realpath into the arena; NULL if it is no folder. */
static const char *real_folder(struct arena *arena, const char *path)
{
	struct stat found;
	const char *copy;
	char *real;

	if (stat(path, &found) != 0 || !S_ISDIR(found.st_mode))
		return NULL;
	real = realpath(path, NULL);
	if (!real)
		return NULL;
	copy = arena_strdup(arena, real);
	free(real);
	return copy;
}

/* A clean absolute name with the links of its deepest folder resolved. */
static const char *real_name(struct arena *arena, const char *name)
{
	size_t len = strlen(name);

	while (len > 1) {
		const char *real =
			real_folder(arena, arena_strndup(arena, name, len));

		if (real)
			return path_clean(arena,
					  arena_join(arena, real, name + len));
		while (len > 1 && name[len - 1] != '/')
			len--;
		if (len > 1)
			len--;
	}
	return name;
}

/* NULL if the absolute name is not below the root. */
static const char *below_root(const struct tree_disk *disk, const char *name)
{
	if (!path_is_below(name, disk->root))
		return NULL;
	name += strlen(disk->root);
	return name + strspn(name, "/");
}

static const char *disk_inside(struct tree *tree, const char *name,
			       struct arena *arena)
{
	const struct tree_disk *disk = (struct tree_disk *)tree;
	const char *clean = path_clean(arena, name);
	const char *path = below_root(disk, clean);

	if (path)
		return path;
	clean = real_name(arena, clean);
	path = below_root(disk, clean);
	return path ? path : clean;
}

static const char *disk_display(struct tree *tree, const char *path,
				struct arena *arena)
{
	const struct tree_disk *disk = (struct tree_disk *)tree;
	const char *name = path_join(arena, disk->root, path);
	const char *relative = path_relative(arena, disk->cwd, name);

	/* Inside a project names do not depend on where it was checked out. */
	if ((disk->jail && path[0] != '/') || strncmp(relative, "..", 2) != 0)
		return relative;
	return strlen(relative) < strlen(name) ? relative : name;
}

static void disk_close(struct tree *tree)
{
	struct tree_disk *disk = (struct tree_disk *)tree;
	size_t i;

	for (i = 0; i < disk->allowed.count; i++)
		close(disk->allowed.items[i].fd);
	close(disk->fd);
	arena_free(disk->arena);
}

static const struct tree_class disk_class = {
	.stat = disk_stat,
	.read = disk_read,
	.list = disk_list,
	.readlink = disk_readlink,
	.inside = disk_inside,
	.display = disk_display,
	.close = disk_close,
};

struct tree *tree_disk_open(const char *root, const char *cwd,
			    uint64_t file_limit)
{
	int fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct arena *arena;
	struct tree_disk *disk;

	if (fd < 0)
		return NULL;
	arena = arena_new();
	disk = arena_zalloc(arena, sizeof(*disk));
	disk->arena = arena;
	disk->fd = fd;
	disk->root = path_clean(arena, root);
	disk->jail = strcmp(disk->root, "/") != 0;
	disk->cwd = real_name(arena, path_clean(arena, cwd));
	tree_init(&disk->tree, &disk_class, file_limit);
	return &disk->tree;
}

void tree_disk_allow(struct tree *tree, const char *path)
{
	struct tree_disk *disk = (struct tree_disk *)tree;
	struct allowed allowed;

	allowed.path = path_clean(disk->arena, path);
	allowed.dir = allowed.path;
	if (below_root(disk, allowed.path))
		return;
	allowed.fd = open(allowed.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (allowed.fd < 0) {
		allowed.dir = path_dir(disk->arena, allowed.path);
		allowed.fd =
			open(allowed.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	/* Without a folder there is no file: it will be reported as missing. */
	if (allowed.fd >= 0)
		vec_push(disk->arena, &disk->allowed, allowed);
}

static bool is_allowed(const struct tree_disk *disk, const char *name)
{
	const char *rest;
	int fd;

	return start(disk, name, &fd, &rest) == TREE_OK;
}

enum tree_status tree_disk_locate(struct tree *tree, struct arena *arena,
				  const char *typed, const char **path)
{
	const struct tree_disk *disk = (struct tree_disk *)tree;
	const char *name = path_join(arena, disk->cwd, typed);
	const char *found = below_root(disk, name);

	if (!found && !is_allowed(disk, name)) {
		name = real_name(arena, name);
		found = below_root(disk, name);
		if (!found && !is_allowed(disk, name))
			return TREE_OUTSIDE;
	}
	*path = found ? found : name;
	return TREE_OK;
}
