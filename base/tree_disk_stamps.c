#include "base/tree_disk_stamps.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
static bool look_at(DIR *dir, const struct dirent *entry, struct stat *found)
{
#ifdef _DIRENT_HAVE_D_TYPE
	if (entry->d_type == (S_IFDIR >> 12)) {
		memset(found, 0, sizeof(*found));
		found->st_mode = S_IFDIR;
		return true;
	}
#endif
	return fstatat(dirfd(dir), entry->d_name, found, AT_SYMLINK_NOFOLLOW) ==
	       0;
}

static void add(DIR *dir, const struct dirent *entry, struct arena *arena,
		struct disk_files *files)
{
	const char *name = entry->d_name;
	struct disk_file *file;
	struct stat found;

	/* It may have been removed since: as if it had never been there. */
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
	    !look_at(dir, entry, &found))
		return;
	file = vec_new(arena, files);
	file->name = arena_strdup(arena, name);
	file->kind = disk_kind_of(found.st_mode);
	file->stamp = stamp_of(&found);
}

bool disk_folder_read(const char *path, struct arena *arena,
		      struct disk_files *files)
{
	DIR *dir = opendir(path);
	const struct dirent *found;

	memset(files, 0, sizeof(*files));
	if (!dir)
		return false;
	while ((found = readdir(dir)))
		add(dir, found, arena, files);
	closedir(dir);
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
