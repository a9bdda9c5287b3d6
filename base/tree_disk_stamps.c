#include "base/tree_disk_stamps.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

#include "base/arena.h"

static struct disk_stamp stamp_of(const struct stat *found)
{
	const struct disk_stamp stamp = {
		.written = (int64_t)found->st_mtim.tv_sec,
		.changed = (int64_t)found->st_ctim.tv_sec,
		.written_rest = (uint32_t)found->st_mtim.tv_nsec,
		.changed_rest = (uint32_t)found->st_ctim.tv_nsec,
		.inode = (uint64_t)found->st_ino,
		.size = (uint64_t)found->st_size,
	};

	return stamp;
}

enum tree_kind disk_kind_of(mode_t mode)
{
	if (S_ISREG(mode))
		return TREE_FILE;
	if (S_ISDIR(mode))
		return TREE_DIR;
	return S_ISLNK(mode) ? TREE_LINK : TREE_OTHER;
}

static int compare(const void *a, const void *b)
{
	const struct disk_file *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* What a folder says of its folders is enough. */
static void add(int dir, const char *name, unsigned type, struct arena *arena,
		struct disk_files *files)
{
	struct disk_file *file;
	struct stat found;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return;
	memset(&found, 0, sizeof(found));
	found.st_mode = S_IFDIR;
	/* It may have been removed since: as if it had never been there. */
	if (type != S_IFDIR >> 12 &&
	    fstatat(dir, name, &found, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	file = vec_new(arena, files);
	file->name = arena_strdup(arena, name);
	file->kind = disk_kind_of(found.st_mode);
	file->stamp = stamp_of(&found);
}

#ifdef SYS_getdents64
long syscall(long number, ...); /* hidden by the POSIX macros */

/* opendir() asks what it has opened, and makes room on the heap. */
static bool read_names(const char *path, struct arena *arena,
		       struct disk_files *files)
{
	enum {
		LENGTH_AT = 16,
		TYPE_AT = 18,
		NAME_AT = 19
	};
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char room[8192];
	long len, at;

	if (dir < 0)
		return false;
	while ((len = syscall(SYS_getdents64, dir, room, sizeof(room))) > 0) {
		for (at = 0; at < len;) {
			const char *entry = room + at;
			uint16_t length;

			memcpy(&length, entry + LENGTH_AT, sizeof(length));
			add(dir, entry + NAME_AT, (unsigned char)entry[TYPE_AT],
			    arena, files);
			at += length;
		}
	}
	close(dir);
	return len == 0;
}
#else
static bool read_names(const char *path, struct arena *arena,
		       struct disk_files *files)
{
	DIR *dir = opendir(path);
	const struct dirent *found;

	if (!dir)
		return false;
	while ((found = readdir(dir)))
		add(dirfd(dir), found->d_name, 0, arena, files);
	closedir(dir);
	return true;
}
#endif

bool disk_folder_read(const char *path, struct arena *arena,
		      struct disk_files *files)
{
	memset(files, 0, sizeof(*files));
	if (!read_names(path, arena, files))
		return false;
	if (files->count > 1)
		qsort(files->items, files->count, sizeof(*files->items),
		      compare);
	return true;
}

bool disk_stamp_of(const char *path, struct disk_stamp *stamp)
{
	struct stat found;

	if (stat(path, &found) != 0)
		return false;
	*stamp = stamp_of(&found);
	return true;
}
