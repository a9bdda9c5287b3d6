#include "base/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lib.h"
#include "base/str.h"

static struct {
#define FN(x) __typeof__(x) *x;
#include "base/archive.def"
#undef FN
} fn;

static const struct lib_function functions[] = {
#define FN(x) { #x, offsetof(__typeof__(fn), x) },
#include "base/archive.def"
#undef FN
};

static bool load(struct diag_sink *diags)
{
	static const char *const names[] = { "libarchive.so.13",
					     "libarchive.13.dylib",
					     "libarchive.so", NULL };
	static struct lib lib = { .names = names,
				  .package = "libarchive",
				  .functions = functions,
				  .count = ARRAY_COUNT(functions),
				  .table = &fn };

	return lib_load(&lib, diags);
}

/* Reading. */

struct unpacking {
	struct arena *arena;
	struct archive *archive;
	const struct archive_limits *limits;
	uint64_t total;
	char *chunk;
};

enum {
	CHUNK = 1 << 16,
	HEADER = 512, /* counts too: a million empty files are a bomb */
};

static enum archive_status read_member(struct unpacking *unpacking,
				       struct archive_member *member)
{
	struct str text;
	la_ssize_t got;

	str_init(&text, unpacking->arena);
	unpacking->total += HEADER;
	if (unpacking->total > unpacking->limits->total)
		return ARCHIVE_TOO_LARGE;
	for (;;) {
		got = fn.archive_read_data(unpacking->archive, unpacking->chunk,
					   CHUNK);
		if (got < 0)
			return ARCHIVE_BROKEN;
		if (!got)
			break;
		str_put(&text, unpacking->chunk, (size_t)got);
		unpacking->total += (uint64_t)got;
		if (text.len > unpacking->limits->file)
			return ARCHIVE_FILE_TOO_LARGE;
		if (unpacking->total > unpacking->limits->total)
			return ARCHIVE_TOO_LARGE;
	}
	member->text = str_text(&text);
	member->len = text.len;
	return ARCHIVE_READ;
}

static enum archive_status read_members(struct unpacking *unpacking,
					struct archive_members *members)
{
	struct archive_entry *entry;
	int status;

	for (;;) {
		struct archive_member member = { 0 };
		enum archive_status outcome;
		const char *name;

		status =
			fn.archive_read_next_header(unpacking->archive, &entry);
		if (status == ARCHIVE_EOF)
			return ARCHIVE_READ;
		if (status < ARCHIVE_WARN)
			return ARCHIVE_BROKEN;
		name = fn.archive_entry_pathname(entry);
		if (!name || fn.archive_entry_filetype(entry) != AE_IFREG)
			continue;
		member.name = arena_strdup(unpacking->arena, name);
		outcome = read_member(unpacking, &member);
		vec_push(unpacking->arena, members, member);
		if (outcome != ARCHIVE_READ)
			return outcome;
	}
}

enum archive_status archive_unpack(struct arena *arena, struct diag_sink *diags,
				   const char *bytes, size_t len,
				   const struct archive_limits *limits,
				   struct archive_members *members)
{
	struct unpacking unpacking = { .arena = arena, .limits = limits };
	enum archive_status status = ARCHIVE_BROKEN;

	if (len < 3 || memcmp(bytes, "\x1f\x8b\x08", 3) != 0)
		return ARCHIVE_NOT_GZIP;
	if (!load(diags))
		return ARCHIVE_NO_LIBRARY;
	unpacking.chunk = arena_alloc(arena, CHUNK);
	unpacking.archive = fn.archive_read_new();
	if (!unpacking.archive)
		BUG("no memory for an archive");
	if (fn.archive_read_support_filter_gzip(unpacking.archive) >=
		    ARCHIVE_WARN &&
	    fn.archive_read_support_format_tar(unpacking.archive) ==
		    ARCHIVE_OK &&
	    fn.archive_read_open_memory(unpacking.archive, bytes, len) ==
		    ARCHIVE_OK)
		status = read_members(&unpacking, members);
	fn.archive_read_free(unpacking.archive);
	return status;
}

/* Writing. */

static la_ssize_t put_bytes(struct archive *archive, void *out,
			    const void *bytes, size_t len)
{
	(void)archive;
	str_put(out, bytes, len);
	return (la_ssize_t)len;
}

static bool put_member(struct archive *archive, struct archive_entry *entry,
		       const struct archive_member *member)
{
	fn.archive_entry_clear(entry);
	fn.archive_entry_set_pathname(entry, member->name);
	fn.archive_entry_set_size(entry, (la_int64_t)member->len);
	fn.archive_entry_set_filetype(entry, AE_IFREG);
	fn.archive_entry_set_perm(entry, 0644);
	fn.archive_entry_set_mtime(entry, member->modified, 0);
	return fn.archive_write_header(archive, entry) == ARCHIVE_OK &&
	       fn.archive_write_data(archive, member->text, member->len) ==
		       (la_ssize_t)member->len;
}

bool archive_pack(struct str *out, struct diag_sink *diags,
		  const struct archive_members *members)
{
	struct archive *archive;
	struct archive_entry *entry;
	bool done;
	size_t i;

	if (!load(diags))
		return false;
	archive = fn.archive_write_new();
	entry = fn.archive_entry_new();
	if (!archive || !entry)
		BUG("no memory for an archive");
	done = fn.archive_write_add_filter_gzip(archive) == ARCHIVE_OK &&
	       fn.archive_write_set_options(archive, "gzip:!timestamp") ==
		       ARCHIVE_OK &&
	       fn.archive_write_set_format_pax_restricted(archive) ==
		       ARCHIVE_OK &&
	       /* Else the file ends in zeros that no archive needs. */
	       fn.archive_write_set_bytes_in_last_block(archive, 1) ==
		       ARCHIVE_OK &&
	       fn.archive_write_open(archive, out, NULL, put_bytes, NULL) ==
		       ARCHIVE_OK;
	for (i = 0; done && i < members->count; i++)
		done = put_member(archive, entry, &members->items[i]);
	done = done && fn.archive_write_close(archive) == ARCHIVE_OK;
	fn.archive_entry_free(entry);
	fn.archive_write_free(archive);
	return done || diag_error(diags, NULL, "an archive cannot be packed");
}
