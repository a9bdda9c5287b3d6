/*
 * A directory on disk as a tree: the jail.
 *
 * `root` is absolute and real; nothing outside it is ever opened, whatever
 * links say.  A root of "/" is no jail (helm and kustomize verbs, where the
 * reference's own rules hold); devices and sizes are limited there too.
 * Extra files and folders that the command line named may be allowed.
 */
#ifndef BASE_TREE_DISK_H
#define BASE_TREE_DISK_H

#include <stdint.h>

#include "base/tree.h"

/* `cwd` is absolute: paths are displayed relative to it.  NULL: errno says. */
struct tree *tree_disk_open(const char *root, const char *cwd,
			    uint64_t file_limit);

/*
 * Let `path` (absolute, real) and what is below it be read as well.  Its path
 * in the tree is its absolute name.  Before the first read, on one thread.
 */
void tree_disk_allow(struct tree *tree, const char *path);

/*
 * What the user typed, relative to the working directory, as a path of the
 * tree.  TREE_OUTSIDE if it is not below the root.
 */
enum tree_status tree_disk_locate(struct tree *tree, struct arena *arena,
				  const char *typed, const char **path);

#endif
