/*
 * Folders on disk with what tells whether a file was written to since somebody
 * looked: who keeps these stamps need not read the file again.
 */
#ifndef BASE_TREE_DISK_STAMPS_H
#define BASE_TREE_DISK_STAMPS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/tree.h"
#include "base/vec.h"

struct disk_stamp {
	int64_t written; /* seconds */
	int64_t changed;
	uint32_t written_rest; /* nanoseconds */
	uint32_t changed_rest;
	uint64_t inode;
	uint64_t size;
};

struct disk_file {
	const char *name;
	enum tree_kind kind;
	struct disk_stamp stamp; /* all 0 for a folder */
};

VEC_TYPE(disk_files, struct disk_file);

/* Of the mode that stat() tells. */
enum tree_kind disk_kind_of(mode_t mode);

/*
 * In the order of their names.  `path` is absolute; links in it are followed.
 * False: there is no such folder that can be read.
 */
MUST_USE bool disk_folder_read(const char *path, struct arena *arena,
			       struct disk_files *files);

/* Links are followed; false: there is nothing. */
MUST_USE bool disk_stamp_of(const char *path, struct disk_stamp *stamp);

#endif
