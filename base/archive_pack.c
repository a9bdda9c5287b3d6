/*
 * Writing of archives, by libarchive.
 */
#include "base/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lib.h"
#include "base/str.h"

static struct {
#define FN(x) __typeof__(x) *x;
#include "base/archive_pack.def"
#undef FN
} fn;

static const struct lib_function functions[] = {
#define FN(x) { #x, offsetof(__typeof__(fn), x) },
#include "base/archive_pack.def"
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
	/* It warns of names that are not ASCII, and writes them as they are. */
	return fn.archive_write_header(archive, entry) >= ARCHIVE_WARN &&
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
