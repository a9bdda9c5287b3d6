/*
 * Archives: bytes that may be compressed, or a plain tar that is put into a
 * stored block here, so that the reader of tar is reached without luck.  The
 * first byte says which.  Members lie in memory and end in a NUL; the chart
 * of them loads or tells why not.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/archive.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/tree.h"
#include "base/tree_memory.h"
#include "templates/chart.h"

enum {
	MOST_FILE = 1 << 16,
	MOST_ALL = 1 << 20,
	STORED_MAX = 65535
};

/* A gzip of one stored block; its sum is wrong, which nobody gets to see. */
static struct text stored(struct arena *arena, const char *bytes, size_t len)
{
	static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\0";
	const unsigned char sizes[] = {
		1,
		(unsigned char)len,
		(unsigned char)(len >> 8),
		(unsigned char)~len,
		(unsigned char)(~len >> 8),
	};
	struct str out;

	str_init(&out, arena);
	str_put(&out, head, 10);
	str_put(&out, (const char *)sizes, sizeof(sizes));
	str_put(&out, bytes, len);
	str_put(&out, head, 8);
	return text_of(str_text(&out), out.len);
}

static void unpack(struct arena *arena, const struct text *bytes)
{
	const struct archive_limits limits = { MOST_FILE, MOST_ALL };
	struct archive_members members = { 0 };
	uint64_t total = 0;
	const char *problem;
	enum archive_status status = archive_unpack(
		arena, bytes->at, bytes->len, &limits, &members, &problem);
	size_t i;

	if (status == ARCHIVE_BROKEN && !problem)
		abort();
	for (i = 0; i < members.count; i++) {
		const struct archive_member *member = &members.items[i];

		total += member->len;
		if (!member->name || member->text[member->len] ||
		    member->len > MOST_FILE)
			abort();
	}
	if (total > MOST_ALL)
		abort();
}

static void load(struct arena *arena, const struct text *bytes)
{
	struct limits limits = limits_default();
	const struct chart_load_options options = { .limits = &limits };
	struct tree *tree = tree_memory_open();
	struct tree_view view;
	struct diag_sink diags;

	limits.chart_file_size = MOST_FILE;
	limits.archive_size = MOST_ALL;
	diag_sink_init(&diags, arena);
	tree_view_init(&view, tree, arena);
	if (!tree_memory_add(tree, "c.tgz", bytes->at, bytes->len))
		abort();
	if (!chart_load(arena, &view, "c.tgz", &options, &diags) &&
	    !diags.errors)
		abort();
	tree_close(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct text bytes = text_of((const char *)data, size);

	if (size && !(data[0] & 1)) {
		const size_t len =
			size - 1 > STORED_MAX ? STORED_MAX : size - 1;

		bytes = stored(arena, bytes.at + 1, len);
	} else if (size) {
		bytes = text_of(bytes.at + 1, size - 1);
	}
	unpack(arena, &bytes);
	load(arena, &bytes);
	arena_free(arena);
	return 0;
}
