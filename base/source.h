/*
 * Named texts.
 *
 * A source is any text with a name: a file, an archive member, standard
 * input, a --set argument, the text a template produced.  Texts that people
 * wrote have no segment map; texts that a template made have one, which
 * leads from each byte to the template and the value it shows.
 *
 * A place is a byte offset.  Line and column exist only where they are
 * printed; the table of line feeds is built on the first request, once, also
 * when several threads ask.
 */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct arena;
struct line_table;
struct origin;

/* What a source is to the reader of a finding: the role of its places. */
enum source_role {
	SOURCE_MANIFEST,      /* plain YAML that holds objects */
	SOURCE_TEMPLATE,      /* a template of a chart or of `templates:` */
	SOURCE_VALUES,        /* values.yaml, -f, inline values, --set */
	SOURCE_KUSTOMIZATION, /* kustomization.yaml and plugin configurations */
	SOURCE_PATCH,         /* a patch, in a file of its own or inline */
	SOURCE_GENERATOR,     /* file, literal or env file of a generator */
	SOURCE_CHART,         /* Chart.yaml and other metadata */
	SOURCE_PROJECT,       /* plimsoll.yaml */
	SOURCE_RENDERED,      /* text made by a template; it has a map */
};

/*
 * One run of one template.  `caller` is the frame of the action that included
 * it, `call` the byte offset of that action in caller->source.
 */
struct frame {
	const struct source *source;
	const struct frame *caller;
	uint32_t call;
};

/*
 * A run of bytes of a produced text, up to where the next segment begins.
 * Literal text: `from` is NULL and `begin` is the offset of the first byte
 * in frame->source, the others follow.  Inserted text: `begin` is the offset
 * of the action, `from` the origin of the value it shows (of the action
 * itself if it shows none).
 */
struct segment {
	uint32_t at;
	uint32_t begin;
	const struct frame *frame;
	const struct origin *from;
};

/* Sorted by `at`, no two alike; immutable once its text is finished. */
struct segment_map {
	const struct segment *segments;
	uint32_t count;
};

struct source {
	const char *name; /* as the user would type it */
	const char *text; /* a NUL follows the last byte */
	uint32_t len;
	uint8_t role;                  /* enum source_role */
	bool mapped;                   /* base/mapping.h */
	const struct segment_map *map; /* NULL: a person wrote this text */
	struct line_table *_Atomic lines;
};

/*
 * A source over `text`, which is not copied, must have a NUL behind its last
 * byte and has to live as long as the arena.
 */
struct source *source_new(struct arena *arena, const char *name,
			  enum source_role role, const char *text, size_t len);

/* The text of [begin, end) was read, and is not needed soon. */
void source_drop(const struct source *source, size_t begin, size_t end);

/* As strstr() from `at` on, dropping what was looked through. */
const char *source_find(const struct source *source, const char *at,
			const char *word);

struct line_column {
	uint32_t line;   /* from 1 */
	uint32_t column; /* from 1, in bytes */
};

/* An offset behind the end counts as the end. */
struct line_column source_position(const struct source *source,
				   uint32_t offset);

/* The text of a line (from 1) without its line feed; NULL if absent. */
const char *source_line(const struct source *source, uint32_t line,
			size_t *len);

/* The segment that covers byte `at`; NULL in a text without a map. */
const struct segment *source_segment(const struct source *source, uint32_t at);

#endif
