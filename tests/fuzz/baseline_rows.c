/*
 * Rows of a baseline found in its text: what is understood is JSON for its
 * reader as well, and has the same rows there.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/table.h"
#include "compiler/baseline_rows.h"
#include "model/json.h"
#include "model/value.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* How many rows of the document have one of the texts. */
static size_t count_rows(const struct value *document,
			 const struct table *wanted)
{
	const struct value *row, *other;
	size_t count = 0;

	list_foreach (row, value_get(document, "findings")) {
		bool has = table_gets(wanted, value_string(value_get(
						      row, "fingerprint")));

		list_foreach (other, value_get(row, "others"))
			has = has || table_gets(wanted, value_string(other));
		count += has;
	}
	return count;
}

static void compare(struct arena *arena, const struct source *source)
{
	static const char *const texts[] = { "1", "2a", "0123456789abcdef",
					     "0123456789abcdee" };
	struct json_problem problem = { 0 };
	struct baseline_rows rows;
	struct value *document;
	struct table wanted;
	size_t i;

	table_init(&wanted, arena);
	for (i = 0; i < ARRAY_COUNT(texts); i++)
		table_puts(&wanted, texts[i], arena);
	if (!baseline_rows_find(arena, source, &wanted, &rows))
		return;
	document = json_read(arena, source, 0, source->len, true, &problem);
	must(document != NULL);
	must(count_rows(document, &wanted) == rows.count);
	for (i = 0; i < rows.count; i++)
		must(rows.items[i].count > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	/* No byte behind it, so that one too many is noticed. */
	char *text = malloc(size ? size : 1);

	must(text != NULL);
	if (size)
		memcpy(text, data, size);
	compare(arena,
		source_new(arena, "baseline.json", SOURCE_PROJECT, text, size));
	free(text);
	arena_free(arena);
	return 0;
}
