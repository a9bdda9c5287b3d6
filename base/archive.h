/*
 * Archives (.tgz) in memory.
 *
 * They are read by this file itself, as Go reads them: which archives Helm
 * takes, and where it stops in a broken one, is visible in results.  Members
 * come in the order of the archive.  Names are given as they are: who uses
 * them as paths refuses what escapes.  Links, devices and pipes are members
 * without a text, folders are none.
 */
#ifndef BASE_ARCHIVE_H
#define BASE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/vec.h"

struct arena;
struct diag_sink;
struct str;

struct archive_member {
	const char *name;
	const char *text; /* a NUL follows */
	size_t len;
	int64_t modified; /* seconds; for writing */
};

VEC_TYPE(archive_members, struct archive_member);

struct archive_limits {
	uint64_t file;  /* bytes of one member */
	uint64_t total; /* bytes of all of them */
};

enum archive_status {
	ARCHIVE_READ,
	ARCHIVE_NOT_GZIP,
	ARCHIVE_BROKEN,
	ARCHIVE_FILE_TOO_LARGE, /* the last member says which */
	ARCHIVE_TOO_LARGE,
};

/* Unpack a compressed tar.  `*problem` is what Go says of a broken one. */
enum archive_status archive_unpack(struct arena *arena, const char *bytes,
				   size_t len,
				   const struct archive_limits *limits,
				   struct archive_members *members,
				   const char **problem);

/* Pack members into a compressed tar, all with mode 0644. */
MUST_USE bool archive_pack(struct str *out, struct diag_sink *diags,
			   const struct archive_members *members);

#endif
