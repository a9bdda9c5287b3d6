#include "compiler/project/path_pattern.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "overlays/overlay.h"

enum {
	MARK = 1,      /* around the number of a capture */
	MARK_DEEP = 2, /* the same for a deep one */
	VISITS_MAX = 20000000
};

static const char *const chart_names[] = { "Chart.yaml", NULL };

enum part_kind {
	PART_TEXT,
	PART_CAPTURE,
	PART_STAR
};

struct part {
	enum part_kind kind;
	const char *text;
	size_t len;
	size_t capture;
};

enum segment_kind {
	SEGMENT_TEXT,
	SEGMENT_PARTS,
	SEGMENT_GLOB,
	SEGMENT_DEEP, /* ** */
	SEGMENT_DEEP_CAPTURE,
};

struct path_segment {
	enum segment_kind kind;
	const char *text;
	VEC(struct part) parts;
};

struct walk {
	struct path_index *index;
	const char *text;
	enum path_wanted wanted;
	VEC(struct path_segment) segments;
	const char *bound[PATH_CAPTURES_MAX];
	struct path_matches *matches;
	size_t visits;
	const char *problem;
};

void path_index_init(struct path_index *index, struct tree_view *view,
		     size_t limit)
{
	index->arena = view->arena;
	index->view = view;
	index->limit = limit;
	table_init(&index->listings, index->arena);
}

void path_pattern_mark(struct str *out, size_t capture, bool deep)
{
	char mark = deep ? MARK_DEEP : MARK;

	str_putc(out, mark);
	str_putc(out, (char)('0' + capture));
	str_putc(out, mark);
}

bool path_pattern_has(const char *text, size_t capture)
{
	for (; *text; text++)
		if ((*text == MARK || *text == MARK_DEEP) &&
		    text[1] == (char)('0' + capture) && text[2] == *text)
			return true;
	return false;
}

/* NULL: it is no folder. */
static const struct tree_listing *list(struct path_index *index,
				       const char *dir)
{
	struct table_entry *entry =
		table_find(&index->listings, dir, strlen(dir));
	struct tree_listing *listing;

	if (entry)
		return entry->value;
	listing = arena_zalloc(index->arena, sizeof(*listing));
	if (tree_view_list(index->view, dir, listing) != TREE_OK)
		listing = NULL;
	table_puts(&index->listings, dir, listing);
	return listing;
}

static int compare_names(const void *name, const void *entry)
{
	return strcmp(name, ((const struct tree_entry *)entry)->name);
}

static const struct tree_entry *find(struct path_index *index, const char *dir,
				     const char *name)
{
	const struct tree_listing *listing = list(index, dir);

	return listing && listing->count
		       ? bsearch(name, listing->items, listing->count,
				 sizeof(*listing->items), compare_names)
		       : NULL;
}

static bool has_one(struct path_index *index, const char *dir,
		    const char *const *names)
{
	for (; *names; names++)
		if (find(index, dir, *names))
			return true;
	return false;
}

/* Links are followed where a single segment leads through them. */
static enum tree_kind kind_of(struct path_index *index,
			      const struct tree_entry *entry, const char *path)
{
	struct tree_stat stat;

	if (entry->kind != TREE_LINK)
		return entry->kind;
	return tree_view_stat(index->view, path, &stat) == TREE_OK ? stat.kind
								   : TREE_OTHER;
}

static bool is_wanted(struct walk *walk, const char *path, enum tree_kind kind)
{
	switch (walk->wanted) {
	case PATH_ANY:
		return true;
	case PATH_FOLDER:
		return kind == TREE_DIR;
	case PATH_CHART:
		/* Beside the folders of charts may stand a README.md. */
		return kind == TREE_FILE
			       ? path_has_ext(walk->text, ".tgz .gz")
			       : kind == TREE_DIR && has_one(walk->index, path,
							     chart_names);
	case PATH_KUSTOMIZATION:
		return kind == TREE_DIR &&
		       has_one(walk->index, path, overlay_file_names);
	case PATH_PATTERN:
		return kind == TREE_FILE;
	}
	return false;
}

static bool is_mark(char c)
{
	return c == MARK || c == MARK_DEEP;
}

static void add_part(struct walk *walk, struct path_segment *segment,
		     const char *text, size_t len)
{
	struct part part = { PART_TEXT, text, len, 0 };

	if (len)
		vec_push(walk->index->arena, &segment->parts, part);
}

/* Segment = { text | mark | "*" } */
static bool parse_segment(struct walk *walk, struct path_segment *segment)
{
	const char *at = segment->text, *begin = at;
	bool stars = walk->wanted == PATH_PATTERN;
	struct part part = { PART_CAPTURE, NULL, 0, 0 };

	segment->kind = SEGMENT_PARTS;
	for (; *at; at++) {
		if (!is_mark(*at) && !(stars && strchr("*?[", *at)))
			continue;
		add_part(walk, segment, begin, (size_t)(at - begin));
		if (*at == '?' || *at == '[') {
			walk->problem = "only * is special in a part of a path "
					"that captures";
			return false;
		}
		part.kind = is_mark(*at) ? PART_CAPTURE : PART_STAR;
		if (is_mark(*at)) {
			if (*at == MARK_DEEP) {
				walk->problem = "a capture of several segments "
						"(:**) stands between slashes";
				return false;
			}
			part.capture = (size_t)(at[1] - '0');
			at += 2;
		}
		vec_push(walk->index->arena, &segment->parts, part);
		begin = at + 1;
	}
	add_part(walk, segment, begin, (size_t)(at - begin));
	return true;
}

static bool add_segment(struct walk *walk, const char *text, size_t len)
{
	struct path_segment *segment =
		vec_new(walk->index->arena, &walk->segments);
	bool globs = walk->wanted == PATH_PATTERN;

	memset(segment, 0, sizeof(*segment));
	segment->text = arena_strndup(walk->index->arena, text, len);
	if (len == 3 && *text == MARK_DEEP) {
		struct part part = { PART_CAPTURE, NULL, 0,
				     (size_t)(text[1] - '0') };

		segment->kind = SEGMENT_DEEP_CAPTURE;
		vec_push(walk->index->arena, &segment->parts, part);
		return true;
	}
	if (strpbrk(segment->text, "\001\002"))
		return parse_segment(walk, segment);
	if (globs && strcmp(segment->text, "**") == 0)
		segment->kind = SEGMENT_DEEP;
	else if (globs && glob_is_pattern(segment->text))
		segment->kind = SEGMENT_GLOB;
	return true;
}

static bool parse(struct walk *walk, const char *text)
{
	size_t len;

	for (; *text; text += len, text += *text == '/') {
		len = strcspn(text, "/");
		if (len && !add_segment(walk, text, len))
			return false;
	}
	return true;
}

static bool spend(struct walk *walk)
{
	if (walk->visits++ < VISITS_MAX)
		return true;
	walk->problem = "the pattern can be matched in too many ways";
	return false;
}

static bool match_parts(struct walk *walk, const struct path_segment *segment,
			size_t index, const char *name);

/* The shortest text first. */
static bool match_any(struct walk *walk, const struct path_segment *segment,
		      size_t index, const char *name)
{
	const struct part *part = &segment->parts.items[index];
	size_t len = strlen(name), i;

	for (i = part->kind == PART_STAR ? 0 : 1; i <= len; i++) {
		if (!spend(walk))
			return false;
		if (part->kind == PART_CAPTURE)
			walk->bound[part->capture] =
				arena_strndup(walk->index->arena, name, i);
		if (match_parts(walk, segment, index + 1, name + i))
			return true;
	}
	if (part->kind == PART_CAPTURE)
		walk->bound[part->capture] = NULL;
	return false;
}

static bool match_parts(struct walk *walk, const struct path_segment *segment,
			size_t index, const char *name)
{
	const struct part *part = &segment->parts.items[index];
	const char *text;
	size_t len;

	if (index == segment->parts.count)
		return !*name;
	text = part->text;
	len = part->len;
	if (part->kind == PART_CAPTURE && walk->bound[part->capture]) {
		text = walk->bound[part->capture];
		len = strlen(text);
	} else if (part->kind != PART_TEXT) {
		return match_any(walk, segment, index, name);
	}
	return strncmp(name, text, len) == 0 &&
	       match_parts(walk, segment, index + 1, name + len);
}

static bool matches(struct walk *walk, const struct path_segment *segment,
		    const char *name)
{
	if (*name == '.' && *segment->text != '.')
		return false;
	return segment->kind == SEGMENT_GLOB
		       ? glob_match(GLOB_PATH, segment->text, name)
		       : match_parts(walk, segment, 0, name);
}

static bool accept(struct walk *walk, const char *path)
{
	struct path_match match = { .path = path };

	if (walk->matches->count >= walk->index->limit) {
		walk->problem = arena_printf(
			walk->index->arena,
			"more than %zu paths match (--limit members)",
			walk->index->limit);
		return false;
	}
	memcpy(match.captures, walk->bound, sizeof(match.captures));
	vec_push(walk->index->arena, walk->matches, match);
	return true;
}

static bool enter(struct walk *walk, size_t at, const char *dir);

/* A path that fits up to segment `at`; false: the walk is over. */
static bool step(struct walk *walk, size_t at, const char *path,
		 const struct tree_entry *entry)
{
	enum tree_kind kind = kind_of(walk->index, entry, path);

	if (!spend(walk))
		return false;
	if (at + 1 == walk->segments.count)
		return !is_wanted(walk, path, kind) || accept(walk, path);
	return kind != TREE_DIR || enter(walk, at + 1, path);
}

/* All names of a folder that fit a segment. */
static bool try_names(struct walk *walk, size_t at, const char *dir)
{
	const struct path_segment *segment = &walk->segments.items[at];
	const struct tree_listing *listing = list(walk->index, dir);
	const char *before[PATH_CAPTURES_MAX];
	size_t i;

	for (i = 0; listing && i < listing->count; i++) {
		const char *name = listing->items[i].name;
		bool good;

		memcpy(before, walk->bound, sizeof(before));
		good = !matches(walk, segment, name) ||
		       step(walk, at, path_below(walk->index->arena, dir, name),
			    &listing->items[i]);
		memcpy(walk->bound, before, sizeof(before));
		if (!good || walk->problem)
			return false;
	}
	return true;
}

/* Every folder below: `from` is where the capture begins. */
static bool try_below(struct walk *walk, size_t at, const char *from,
		      const char *dir)
{
	const struct path_segment *segment = &walk->segments.items[at];
	const struct tree_listing *listing = list(walk->index, dir);
	size_t i, capture = 0, skip = *from ? strlen(from) + 1 : 0;
	bool captures = segment->kind == SEGMENT_DEEP_CAPTURE;

	if (captures)
		capture = segment->parts.items[0].capture;
	for (i = 0; listing && i < listing->count; i++) {
		const struct tree_entry *entry = &listing->items[i];
		const char *path =
			path_below(walk->index->arena, dir, entry->name);
		bool good = true;

		if (*entry->name == '.' ||
		    (entry->kind != TREE_DIR && at + 1 < walk->segments.count))
			continue;
		if (captures) {
			walk->bound[capture] = path + skip;
			good = step(walk, at, path, entry);
			walk->bound[capture] = NULL;
		} else if (at + 1 == walk->segments.count ||
			   entry->kind == TREE_DIR) {
			good = step(walk, at, path, entry);
		}
		if (!good || (entry->kind == TREE_DIR &&
			      !try_below(walk, at, from, path)))
			return false;
	}
	return true;
}

/* Segment `at` among the names of a folder. */
static bool enter(struct walk *walk, size_t at, const char *dir)
{
	const struct path_segment *segment = &walk->segments.items[at];
	const struct tree_entry *entry;

	switch (segment->kind) {
	case SEGMENT_TEXT:
		entry = find(walk->index, dir, segment->text);
		return !entry ||
		       step(walk, at,
			    path_below(walk->index->arena, dir, segment->text),
			    entry);
	case SEGMENT_PARTS:
	case SEGMENT_GLOB:
		return try_names(walk, at, dir);
	case SEGMENT_DEEP:
		/* It stands for no folder as well. */
		if (at + 1 < walk->segments.count && !enter(walk, at + 1, dir))
			return false;
		return try_below(walk, at, dir, dir);
	case SEGMENT_DEEP_CAPTURE:
		if (walk->bound[segment->parts.items[0].capture]) {
			walk->problem = "a capture of several segments (:**) "
					"stands once in a path";
			return false;
		}
		return try_below(walk, at, dir, dir);
	}
	return true;
}

const char *path_pattern_walk(struct path_index *index, const char *text,
			      enum path_wanted wanted,
			      struct path_matches *found)
{
	struct walk walk = {
		.index = index, .text = text, .wanted = wanted, .matches = found
	};

	if (parse(&walk, text) && walk.segments.count)
		enter(&walk, 0, "");
	return walk.problem;
}

static bool has_file(struct tree_view *view, const char *dir,
		     const char *const *names)
{
	struct tree_stat stat;

	for (; *names; names++)
		if (tree_view_stat(view, path_join(view->arena, dir, *names),
				   &stat) == TREE_OK)
			return true;
	return false;
}

bool path_is(struct tree_view *view, const char *path, enum path_wanted wanted)
{
	struct tree_paths paths;
	struct tree_stat stat;

	if (wanted == PATH_PATTERN && glob_is_pattern(path))
		return tree_view_glob(view, "", path, &paths) == TREE_OK &&
		       paths.count;
	if (tree_view_stat(view, path, &stat) != TREE_OK)
		return false;
	switch (wanted) {
	case PATH_ANY:
	case PATH_PATTERN:
		return true;
	case PATH_FOLDER:
		return stat.kind == TREE_DIR;
	case PATH_CHART:
		return stat.kind == TREE_FILE ||
		       has_file(view, path, chart_names);
	case PATH_KUSTOMIZATION:
		return has_file(view, path, overlay_file_names);
	}
	return false;
}
