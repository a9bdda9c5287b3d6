/*
 * What `helm template` prints of a rendered chart.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/yaml_split.h"
#include "templates/chart.h"

static const char front[] = "---\n# Source: ";

static void put_part(struct str *out, const struct chart_document *document,
		     uint32_t end, bool places)
{
	const struct source *source = document->source;
	struct text text = text_of(source->text, source->len);

	if (places)
		text.map = source->map;
	str_puts(out, front);
	str_puts(out, document->path);
	str_putc(out, '\n');
	str_put_slice(out, &text, document->begin, end, NULL);
}

static void put_document(struct str *out, const struct chart_document *document,
			 bool places)
{
	put_part(out, document, document->end, places);
	str_putc(out, '\n');
}

void chart_write_document(const struct chart_document *document,
			  struct str *out)
{
	put_document(out, document, false);
}

/* For all of it at once: a text that grows leaves its old bytes behind. */
static void reserve(struct str *out, const struct chart_documents *documents)
{
	size_t size = 1, i;

	for (i = 0; i < documents->count; i++) {
		const struct chart_document *document = &documents->items[i];

		size += sizeof(front) + strlen(document->path) + 1 +
			document->end - document->begin;
	}
	str_reserve(out, size);
}

/* The end of a document without the space behind its text. */
static uint32_t trimmed_end(const struct chart_document *document)
{
	const char *text = document->source->text;
	uint32_t begin = document->begin, end = document->end;
	size_t size;

	while (end > begin && rune_is_space(utf8_decode_last(
				      text + begin, end - begin, &size)))
		end -= (uint32_t)size;
	return end;
}

/*
 * All but the hooks are one text, trimmed, with one line feed behind it; so
 * nothing at all is an empty line, also in front of hooks.
 */
void chart_write_stdout(const struct chart_output *output, bool places,
			struct str *out)
{
	const struct chart_documents *documents = &output->documents;
	size_t i, hooks = documents->count;
	bool blank = false;

	reserve(out, documents);
	while (hooks && documents->items[hooks - 1].hook)
		hooks--;
	for (i = 0; i + 1 < hooks; i++)
		put_document(out, &documents->items[i], places);
	if (hooks) {
		const struct chart_document *last =
			&documents->items[hooks - 1];

		put_part(out, last, trimmed_end(last), places);
		/* The line feed of its header is trimmed as well. */
		blank = trimmed_end(last) == last->begin;
	}
	if (!blank)
		str_putc(out, '\n');
	for (i = hooks; i < documents->count; i++)
		put_document(out, &documents->items[i], places);
}

/*
 * "# Source: [^/]+/(.+)": the path of a document without its chart's name, as
 * Helm finds it in the text; NULL if there is none.
 */
static const char *source_path(struct arena *arena, const char *text,
			       size_t len)
{
	static const char mark[] = "# Source: ";
	const size_t mark_len = sizeof(mark) - 1;
	size_t at;

	for (at = 0; at + mark_len < len; at++) {
		const char *name = text + at + mark_len, *slash;
		size_t left = len - at - mark_len, stop;

		if (memcmp(text + at, mark, mark_len) != 0)
			continue;
		slash = memchr(name, '/', left);
		if (!slash)
			break;
		if (slash == name)
			continue;
		left -= (size_t)(slash + 1 - name);
		for (stop = 0; stop < left && slash[1 + stop] != '\n'; stop++)
			;
		if (stop)
			return path_clean(
				arena, arena_strndup(arena, slash + 1, stop));
		/* What begins in front of the slash ends there as well. */
		at = (size_t)(slash - text) - 1;
	}
	return NULL;
}

static bool show_matching(const struct source *all,
			  const struct yaml_documents *documents,
			  const char *pattern, struct str *out)
{
	bool found = false;
	size_t i;

	for (i = 0; i < documents->count; i++) {
		const char *text = all->text + documents->items[i].begin;
		size_t len =
			documents->items[i].end - documents->items[i].begin;
		const char *path = source_path(out->arena, text, len);

		if (!path || !glob_match(GLOB_PATH, pattern, path))
			continue;
		found = true;
		str_puts(out, "---\n");
		str_put(out, text, len);
		str_putc(out, '\n');
	}
	return found;
}

bool chart_show_only(const struct str *all, const char *const *patterns,
		     enum chart_dialect dialect, struct diag_sink *diags,
		     struct str *out)
{
	struct yaml_documents documents = { 0 };
	struct source *source;
	uint32_t bad;

	source = source_new(out->arena, "output", SOURCE_RENDERED,
			    arena_strndup(out->arena, all->text, all->len),
			    all->len);
	if (!yaml_split(out->arena, source,
			dialect == CHART_HELM4 ? YAML_SPLIT_HELM4
					       : YAML_SPLIT_HELM3,
			&documents, &bad))
		BUG("Helm's splitters refuse nothing");
	for (; *patterns; patterns++) {
		if (show_matching(source, &documents, *patterns, out))
			continue;
		diag_error(diags, NULL,
			   "no file of the chart matches \"%s\" and printed "
			   "something",
			   *patterns);
		diag_native(diags, "could not find template %s in chart",
			    *patterns);
		return false;
	}
	return true;
}
