/*
 * Definitions of custom resources into their compact form.  What was written
 * is read again, and written the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/schema_file.h"

enum {
	MOST_ALIASES = 10000,
	MOST_DEPTH = 200
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static bool import(struct arena *arena, const char *name, const char *text,
		   struct str *out)
{
	struct limits limits = limits_default();
	struct run_values definitions = { 0 };
	struct diag_sink diags;
	size_t i;

	limits.aliases = MOST_ALIASES;
	limits.tree_depth = MOST_DEPTH;
	diag_sink_init(&diags, arena);
	if (!schema_file_read(arena,
			      source_new(arena, name, SOURCE_MANIFEST, text,
					 strlen(text)),
			      &limits, &diags, &definitions)) {
		must(diags.errors > 0);
		return false;
	}
	for (i = 0; i < definitions.count; i++)
		schema_file_write(arena, out, definitions.items[i]);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct str first, again;

	str_init(&first, arena);
	str_init(&again, arena);
	if (import(arena, "in.yaml",
		   arena_strndup(arena, (const char *)data, size), &first)) {
		must(import(arena, "in.jsonl", str_text(&first), &again));
		must(first.len == again.len &&
		     memcmp(str_text(&first), str_text(&again), first.len) ==
			     0);
	}
	arena_free(arena);
	return 0;
}
