/*
 * Documents in all dialects.  What is read and printed has to be read again
 * to the same text, and no place may lie outside of the source.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"

/* Aliases may make much of little; that is not the question. */
enum {
	MOST_ALIASES = 10000,
	MOST_DEPTH = 200
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static struct value *read_text(struct arena *arena, const char *text,
			       size_t len, enum yaml_dialect dialect)
{
	struct limits limits = limits_default();
	struct yaml_options options = { .dialect = dialect,
					.limits = &limits,
					.json_numbers = dialect == YAML_HELM };
	struct source *source =
		source_new(arena, "in.yaml", SOURCE_MANIFEST, text, len);
	struct yaml_problem problem = { .text = NULL };
	struct value *value;

	limits.aliases = MOST_ALIASES;
	limits.tree_depth = MOST_DEPTH;
	value = yaml_read(arena, source, 0, len, &options, &problem);
	if (!value) {
		must(problem.text != NULL && problem.offset <= len);
		must(yaml_problem_go(arena, &problem) != NULL);
	}
	return value;
}

static void check_places(const struct value *value, size_t len)
{
	const struct value_entry *entry;
	const struct value *item;

	must(value->origin.begin + value->origin.length <= len);
	list_foreach (item, value) {
		check_places(item, len);
	}
	value_foreach (entry, value) {
		must(entry->origin.begin + entry->origin.length <= len);
		check_places(entry->value, len);
	}
}

static struct str emitted(struct arena *arena, const struct value *value,
			  enum yaml_form form, bool *fine)
{
	const char *error = NULL;
	struct str out;

	str_init(&out, arena);
	*fine = yaml_emit(&out, value, form, NULL, &error);
	must(*fine || error);
	str_text(&out);
	return out;
}

/*
 * The reference programs print a key << plain, and line and paragraph
 * separators in ways that do not read back.
 */
static bool is_odd(const struct str *text)
{
	for (size_t i = 0; i + 1 < text->len; i++)
		if (memcmp(text->text + i, "<<", 2) == 0 ||
		    memcmp(text->text + i, "\xE2\x80", 2) == 0)
			return true;
	return false;
}

static void check_form(struct arena *arena, const struct value *value,
		       enum yaml_dialect dialect, enum yaml_form form)
{
	struct str first, second;
	const struct value *again;
	bool fine;

	first = emitted(arena, value, form, &fine);
	if (!fine || (form != YAML_FORM_RAW && is_odd(&first)))
		return;
	again = read_text(arena, first.text, first.len, dialect);
	must(again != NULL);
	second = emitted(arena, again, form, &fine);
	must(fine && first.len == second.len &&
	     memcmp(first.text, second.text, first.len) == 0);
}

static void check_dialect(const char *text, size_t len,
			  enum yaml_dialect dialect)
{
	struct arena *arena = arena_new();
	struct value *value = read_text(arena, text, len, dialect);

	if (value) {
		check_places(value, len);
		if (dialect != YAML_CORE)
			check_form(arena, value, dialect, YAML_FORM_RAW);
		if (dialect == YAML_HELM)
			check_form(arena, value, dialect, YAML_FORM_HELM);
		if (dialect == YAML_KUSTOMIZE)
			check_form(arena, value, dialect, YAML_FORM_KUSTOMIZE);
	}
	arena_free(arena);
}

static void check_splitters(const char *text, size_t len)
{
	struct arena *arena = arena_new();
	struct source *source =
		source_new(arena, "in.yaml", SOURCE_MANIFEST, text, len);

	for (int i = YAML_SPLIT_HELM3; i <= YAML_SPLIT_PLAIN; i++) {
		struct yaml_documents documents = { 0 };
		uint32_t bad = 0, last = 0;

		if (!yaml_split(arena, source, (enum yaml_splitter)i,
				&documents, &bad))
			must(bad < len);
		for (size_t k = 0; k < documents.count; k++) {
			must(documents.items[k].begin >= last);
			last = documents.items[k].end;
			must(documents.items[k].begin <= last && last <= len);
		}
	}
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		abort();
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	check_dialect(text, size, YAML_HELM);
	check_dialect(text, size, YAML_KUSTOMIZE);
	check_dialect(text, size, YAML_CORE);
	check_splitters(text, size);
	free(text);
	return 0;
}
