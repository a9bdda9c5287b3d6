/*
 * Paths with parts that capture: clusters/${env}, apps/${app}/overlays/prod.
 *
 * A capture is a mark in the text (path_pattern_mark).  It stands for one
 * segment of a path or a part of one, at least one character and as few as
 * possible; a deep one for one or more whole segments.  A mark that occurs
 * twice is the same text in both places.  `*`, `?` and `[a-z]` match within a
 * segment and `**` any number of folders where the caller wants patterns.
 * Names with a "." in front match only what is written so.
 *
 * Folders are listed once for all patterns over one index, and only those that
 * can match.
 */
#ifndef COMPILER_PROJECT_PATH_PATTERN_H
#define COMPILER_PROJECT_PATH_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "base/vec.h"

struct arena;
struct str;
struct tree_view;

/* What has to be at a path. */
enum path_wanted {
	PATH_ANY,
	PATH_FOLDER,
	PATH_CHART, /* a folder with Chart.yaml, or the archive it names */
	PATH_KUSTOMIZATION,
	PATH_PATTERN, /* files; * and ** are special */
};

enum {
	PATH_CAPTURES_MAX = 8
};

struct path_index {
	struct arena *arena;
	struct tree_view *view;
	struct table listings; /* by folder */
	size_t limit;          /* of matches of one pattern */
};

struct path_match {
	const char *path;
	const char *captures[PATH_CAPTURES_MAX];
};

VEC_TYPE(path_matches, struct path_match);

void path_index_init(struct path_index *index, struct tree_view *view,
		     size_t limit);

/* Append the mark of capture number `capture`. */
void path_pattern_mark(struct str *out, size_t capture, bool deep);

/* Whether the text holds this mark. */
bool path_pattern_has(const char *text, size_t capture);

/*
 * Add every path of the tree that matches `text`, a cleaned path with marks,
 * in the order of their bytes.  NULL, or what is wrong with it.
 */
const char *path_pattern_walk(struct path_index *index, const char *text,
			      enum path_wanted wanted,
			      struct path_matches *matches);

/* Whether there is such a thing at a path. */
bool path_is(struct tree_view *view, const char *path, enum path_wanted wanted);

#endif
