/*
 * Writing files whole: to a temporary name beside the target, then renamed.
 * What was there stays until then, and a file with the same bytes is not
 * touched.  An interrupted run removes its temporary files (file_cleanup).
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct arena;
struct diag_sink;

enum file_result {
	FILE_WRITTEN,
	FILE_UNCHANGED,
	FILE_FAILED
};

/*
 * Make the folders above a path; NULL: they are there.  Else the name that
 * cannot be one, and errno says why.
 */
const char *file_make_folders(struct arena *arena, const char *path);

/* Makes the folders on the way.  FILE_FAILED has been reported. */
enum file_result file_write(struct arena *arena, struct diag_sink *diags,
			    const char *path, const char *text, size_t len);

/* All bytes of a descriptor (standard input), up to `limit`; NULL reported. */
MUST_USE char *file_read_all(struct arena *arena, struct diag_sink *diags,
			     int fd, const char *name, size_t limit,
			     size_t *len);

/* Remove temporary files that are not finished; safe in a signal handler. */
void file_cleanup(void);

#endif
