#include "compiler/baseline_rows.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/source.h"
#include "base/table.h"

enum {
	WORD = 8,
	FILTER_BITS = 16,
	COUNT_MAX = 1 << 30
};

#define EACH(byte) (UINT64_MAX / 0xff * (byte))

struct text {
	const char *at;
	size_t len;
};

struct scan {
	struct arena *arena;
	const char *at;
	const char *end;
	const struct table *wanted;
	/* Most fingerprints are known not to be wanted by a part of them. */
	uint64_t filter[(1 << FILTER_BITS) / 64];
	struct baseline_rows *rows;
};

static uint64_t word_at(const char *text)
{
	uint64_t word;

	memcpy(&word, text, WORD);
	return word;
}

static size_t place_of(const char *text)
{
	return (size_t)(word_at(text) * 0x9e3779b97f4a7c15 >>
			(64 - FILTER_BITS));
}

static void fill_filter(struct scan *scan)
{
	uint32_t i;

	for (i = 0; i < scan->wanted->count; i++) {
		const struct table_entry *entry = &scan->wanted->entries[i];

		if (entry->len >= WORD)
			scan->filter[place_of(entry->key) / 64] |=
				(uint64_t)1 << place_of(entry->key) % 64;
	}
}

static bool is_wanted(const struct scan *scan, const struct text *text)
{
	if (text->len >= WORD &&
	    !(scan->filter[place_of(text->at) / 64] >> place_of(text->at) % 64 &
	      1))
		return false;
	return table_find(scan->wanted, text->at, text->len) != NULL;
}

static void skip_space(struct scan *scan)
{
	while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' ||
					*scan->at == '\r' || *scan->at == '\t'))
		scan->at++;
}

static bool take(struct scan *scan, char byte)
{
	skip_space(scan);
	if (scan->at == scan->end || *scan->at != byte)
		return false;
	scan->at++;
	return true;
}

/* Bytes that end a string, or need more than a look, have their sign set. */
static uint64_t ends_in(uint64_t word)
{
	uint64_t quote = word ^ EACH('"'), escape = word ^ EACH('\\');

	return (((quote - EACH(1)) & ~quote) | ((escape - EACH(1)) & ~escape) |
		((word - EACH(' ')) & ~word)) &
	       EACH(0x80);
}

/* One without escapes. */
static bool take_string(struct scan *scan, struct text *text)
{
	const char *at;

	if (!take(scan, '"'))
		return false;
	at = scan->at;
	while (scan->end - at >= WORD && !ends_in(word_at(at)))
		at += WORD;
	while (at < scan->end && *at != '"' && *at != '\\' &&
	       (unsigned char)*at >= ' ')
		at++;
	if (at == scan->end || *at != '"')
		return false;
	text->at = scan->at;
	text->len = (size_t)(at - scan->at);
	scan->at = at + 1;
	return true;
}

static bool take_key(struct scan *scan, const char *key)
{
	struct text text;

	return take_string(scan, &text) && text.len == strlen(key) &&
	       memcmp(text.at, key, text.len) == 0 && take(scan, ':');
}

/* A whole number as we write it: no sign, fraction or exponent. */
static bool take_count(struct scan *scan, size_t *count)
{
	const char *begin;

	skip_space(scan);
	begin = scan->at;
	*count = 0;
	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9' &&
	       *count < COUNT_MAX)
		*count = *count * 10 + (size_t)(*scan->at++ - '0');
	return scan->at > begin && *begin != '0' && *count < COUNT_MAX;
}

/* "[" text { "," text } "]", of which those that are wanted are kept. */
static bool take_others(struct scan *scan, struct baseline_row *row)
{
	struct text text;

	if (!take(scan, '['))
		return false;
	do {
		if (!take_string(scan, &text))
			return false;
		if (is_wanted(scan, &text))
			vec_push(scan->arena, &row->others,
				 arena_strndup(scan->arena, text.at, text.len));
	} while (take(scan, ','));
	return take(scan, ']');
}

/* Row = "{" file rule object fingerprint [ count ] [ others ] "}" */
static bool take_row(struct scan *scan)
{
	static const char *const before[] = { "file", "rule", "object" };
	struct baseline_row row = { .count = 1 };
	struct text text, print;
	size_t i;

	if (!take(scan, '{'))
		return false;
	for (i = 0; i < ARRAY_COUNT(before); i++)
		if (!take_key(scan, before[i]) || !take_string(scan, &text) ||
		    !take(scan, ','))
			return false;
	if (!take_key(scan, "fingerprint") || !take_string(scan, &print))
		return false;
	if (take(scan, ',')) {
		const char *at = scan->at;
		bool counted = take_key(scan, "count");

		if (!counted)
			scan->at = at;
		if ((counted && !take_count(scan, &row.count)) ||
		    ((!counted || take(scan, ',')) &&
		     (!take_key(scan, "others") || !take_others(scan, &row))))
			return false;
	}
	if (!take(scan, '}'))
		return false;
	if (!row.others.count && !is_wanted(scan, &print))
		return true;
	row.fingerprint = arena_strndup(scan->arena, print.at, print.len);
	vec_push(scan->arena, scan->rows, row);
	return true;
}

static bool take_rows(struct scan *scan)
{
	size_t version;

	if (!take(scan, '{') || !take_key(scan, "version") ||
	    !take_count(scan, &version) || version != 1 || !take(scan, ',') ||
	    !take_key(scan, "findings") || !take(scan, '['))
		return false;
	if (take(scan, ']'))
		return take(scan, '}');
	do {
		if (!take_row(scan))
			return false;
	} while (take(scan, ','));
	return take(scan, ']') && take(scan, '}');
}

bool baseline_rows_find(struct arena *arena, const struct source *source,
			const struct table *wanted, struct baseline_rows *rows)
{
	struct scan *scan = arena_zalloc(arena, sizeof(*scan));

	memset(rows, 0, sizeof(*rows));
	scan->arena = arena;
	scan->at = source->text;
	scan->end = source->text + source->len;
	scan->wanted = wanted;
	scan->rows = rows;
	fill_filter(scan);
	if (!take_rows(scan))
		return false;
	skip_space(scan);
	return scan->at == scan->end;
}
