#include "model/yaml_split.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/utf8.h"

struct split {
	struct arena *arena;
	const char *text;
	size_t len;
	struct yaml_documents *documents;
};

/* What \s means to Go's regular expressions. */
static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\f' ||
	       byte == '\r';
}

static size_t skip_space(const char *text, size_t begin, size_t end)
{
	while (begin < end) {
		size_t size;

		if (!rune_is_space(
			    utf8_decode(text + begin, end - begin, &size)))
			break;
		begin += size;
	}
	return begin;
}

static size_t drop_space(const char *text, size_t begin, size_t end)
{
	while (begin < end) {
		size_t size;

		if (!rune_is_space(
			    utf8_decode_last(text + begin, end - begin, &size)))
			break;
		end -= size;
	}
	return end;
}

static void add(struct split *split, size_t begin, size_t end)
{
	struct yaml_document document = { (uint32_t)begin, (uint32_t)end };

	vec_push(split->arena, split->documents, document);
}

static bool dashes_at(const char *text, size_t at, size_t end)
{
	return end - at >= 3 && memcmp(text + at, "---", 3) == 0;
}

/* The next "---" at the beginning of a line; `end` if there is none. */
static size_t next_dashes(const char *text, size_t at, size_t end)
{
	while (at < end) {
		const char *found = memchr(text + at, '\n', end - at);

		if (!found)
			break;
		at = (size_t)(found - text) + 1;
		if (dashes_at(text, at, end))
			return at;
	}
	return end;
}

/*
 * (?:^|\s*\n)---\s*, where ^ is the start of the text only.  The blanks
 * behind a separator belong to it, so a second one right behind has no line
 * feed left and stays as a document of its own.
 */
static void split_helm3(struct split *split)
{
	const char *text = split->text;
	size_t begin = skip_space(text, 0, split->len);
	size_t end = drop_space(text, begin, split->len);
	size_t from = begin;
	size_t dashes = dashes_at(text, begin, end)
				? begin
				: next_dashes(text, begin, end);

	while (dashes < end) {
		size_t last = dashes;

		while (last > from && is_blank(text[last - 1]))
			last--;
		if (last > from)
			add(split, skip_space(text, from, last),
			    drop_space(text, skip_space(text, from, last),
				       last));
		for (from = dashes + 3; from < end && is_blank(text[from]);)
			from++;
		dashes = next_dashes(text, from, end);
	}
	if (end > from)
		add(split, skip_space(text, from, end), end);
}

/* (?m)^---[ \t]*; only the left end of a document is trimmed. */
static void split_helm4(struct split *split)
{
	const char *text = split->text;
	size_t from = skip_space(text, 0, split->len);
	size_t end = split->len;
	size_t dashes = dashes_at(text, from, end)
				? from
				: next_dashes(text, from, end);

	while (from < end) {
		size_t begin = skip_space(text, from, dashes);

		if (begin < dashes)
			add(split, begin, dashes);
		if (dashes == end)
			return;
		for (from = dashes + 3;
		     from < end && (text[from] == ' ' || text[from] == '\t');)
			from++;
		dashes = next_dashes(text, from, end);
	}
}

/*
 * \n---.*\n; behind the dashes only blanks or a comment.  The line feed in
 * front stays with the document, as literal blocks depend on it.
 */
static bool split_kustomize(struct split *split, uint32_t *bad)
{
	const char *text = split->text;
	size_t from = 0;
	size_t dashes = next_dashes(text, 0, split->len);

	while (dashes < split->len) {
		const char *feed =
			memchr(text + dashes, '\n', split->len - dashes);
		size_t line_end, rest;

		if (!feed)
			break;
		line_end = (size_t)(feed - text);
		rest = skip_space(text, dashes + 3, line_end);
		if (rest < line_end && text[rest] != '#') {
			*bad = (uint32_t)dashes;
			return false;
		}
		add(split, from, dashes);
		from = line_end + 1;
		dashes = next_dashes(text, from, split->len);
	}
	add(split, from, split->len);
	return true;
}

/*
 * Where a document that begins with the separator at `dashes` starts: behind
 * its line, or at the dashes if the document begins on that line.
 */
static size_t behind_separator(const struct split *split, size_t dashes)
{
	const char *text = split->text;
	size_t at = dashes + 3;

	while (at < split->len &&
	       (text[at] == ' ' || text[at] == '\t' || text[at] == '\r'))
		at++;
	if (at == split->len)
		return at;
	if (text[at] != '\n' && text[at] != '#')
		return dashes;
	while (at < split->len && text[at] != '\n')
		at++;
	return at < split->len ? at + 1 : at;
}

static bool is_separator(const struct split *split, size_t dashes)
{
	return dashes_at(split->text, dashes, split->len) &&
	       (dashes + 3 == split->len || is_blank(split->text[dashes + 3]));
}

static void split_plain(struct split *split)
{
	const char *text = split->text;
	size_t end = split->len;
	size_t from = 0;
	size_t dashes = is_separator(split, 0) ? 0 : next_dashes(text, 0, end);

	while (dashes < end) {
		size_t at = dashes;

		if (is_separator(split, dashes)) {
			if (skip_space(text, from, dashes) < dashes)
				add(split, from, dashes);
			from = behind_separator(split, dashes);
			/* The next one may stand on the very next line. */
			at = from > dashes ? from - 1 : dashes;
		}
		dashes = next_dashes(text, at, end);
	}
	if (skip_space(text, from, end) < end)
		add(split, from, end);
}

bool yaml_split(struct arena *arena, const struct source *source,
		enum yaml_splitter splitter, struct yaml_documents *documents,
		uint32_t *bad)
{
	struct split split = { arena, source->text, source->len, documents };

	switch (splitter) {
	case YAML_SPLIT_HELM3:
		split_helm3(&split);
		return true;
	case YAML_SPLIT_HELM4:
		split_helm4(&split);
		return true;
	case YAML_SPLIT_KUSTOMIZE:
		return split_kustomize(&split, bad);
	case YAML_SPLIT_PLAIN:
		split_plain(&split);
		return true;
	}
	return true;
}
