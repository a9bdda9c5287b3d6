/*
 * A scanner of the YAML that people and programs mostly write: block maps and
 * lists, scalars, flow collections of simple items, comments.  Private to
 * yaml_events.c.
 *
 * It gives the events that libyaml gives, several times as fast.  What it does
 * not know for certain it gives up on, and libyaml begins from the start:
 * whatever is no YAML, anchors, aliases, tags, directives, further documents,
 * complex keys, tabs that indent, rare escapes.  So it never has to explain
 * what is wrong.
 */
#ifndef MODEL_YAML_BLOCK_H
#define MODEL_YAML_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "model/yaml_events.h"

enum {
	YAML_BLOCK_LEVELS = 64
};

enum yaml_block_kind {
	YAML_BLOCK_MAP,
	YAML_BLOCK_LIST,
	YAML_BLOCK_FLAT_LIST, /* as far left as the map it is a value of */
	YAML_BLOCK_FLOW_MAP,
	YAML_BLOCK_FLOW_LIST,
};

struct yaml_block_level {
	int32_t column;
	uint8_t kind;
	bool filled; /* of a flow collection: a comma comes next, or the end */
};

/* What `at` points to, and so what has to be there. */
enum yaml_block_state {
	YAML_BLOCK_BEGIN,
	YAML_BLOCK_ROOT,
	YAML_BLOCK_KEY,   /* the key of a map, read already */
	YAML_BLOCK_VALUE, /* behind the colon of a key */
	YAML_BLOCK_DASH,
	YAML_BLOCK_ENTRY, /* behind an entry: another one, or the end */
	YAML_BLOCK_FLOW,
	YAML_BLOCK_FLOW_VALUE,
	YAML_BLOCK_END,
};

struct yaml_block {
	const char *text;
	const char *at;
	const char *end;
	const char *line; /* the beginning of the line that next_line() found */
	int32_t column;   /* of what it found there, -1 at the end */
	bool looked;      /* it was called already */
	const char *clear;     /* up to here no flow collection is a key */
	const char *seen_line; /* a line whose blanks were skipped already, */
	const char *seen_at;   /* and what is behind them */
	uint32_t base;         /* of the text in its source */
	enum yaml_block_state state;
	struct yaml_event key;
	struct str room; /* for texts that are not in the source as they are */
	struct str name; /* of an anchor or alias */
	size_t depth;
	struct yaml_block_level levels[YAML_BLOCK_LEVELS];
};

/* False: there are characters that only libyaml knows to judge. */
bool yaml_block_open(struct yaml_block *block, struct arena *arena,
		     const char *text, size_t len);

/*
 * False: it gives up.  Texts live until the next event is asked for; no NUL
 * follows them.
 */
bool yaml_block_next(struct yaml_block *block, struct yaml_event *event);

/*
 * Scalars, in yaml_block_scalar.c.  They begin at `at` and end behind it;
 * `column` is that of the collection around.
 */
bool yaml_block_plain(struct yaml_block *block, int32_t column,
		      struct yaml_event *event);
bool yaml_block_quoted(struct yaml_block *block, struct yaml_event *event);
bool yaml_block_text(struct yaml_block *block, int32_t column,
		     struct yaml_event *event);
bool yaml_block_flow_plain(struct yaml_block *block, struct yaml_event *event);

/*
 * Where a plain scalar has to end in its line: at a colon, a comment or the
 * end of the line, blanks in front included.  NULL: it gives up.
 */
const char *yaml_block_plain_end(const struct yaml_block *block,
				 const char *from);

/*
 * Whether brackets in a line may be taken for a key: something stands behind
 * them that ends no item of a collection, and a colon further on.
 */
bool yaml_block_has_odd_key(const char *at, const char *end);

static inline uint32_t yaml_block_offset(const struct yaml_block *block,
					 const char *at)
{
	return block->base + (uint32_t)(at - block->text);
}

/* What is indented is so by many. */
static inline const char *yaml_block_skip_spaces(const char *at,
						 const char *end)
{
	while (end - at >= 8 && memcmp(at, "        ", 8) == 0)
		at += 8;
	if (end - at >= 4 && memcmp(at, "    ", 4) == 0)
		at += 4;
	while (at < end && *at == ' ')
		at++;
	return at;
}

static inline const char *yaml_block_line_end(const struct yaml_block *block,
					      const char *from)
{
	const char *feed = memchr(from, '\n', (size_t)(block->end - from));

	return feed ? feed : block->end;
}

/* Behind an indicator: is it one? */
static inline bool yaml_block_is_blank(const struct yaml_block *block,
				       const char *at)
{
	return at >= block->end || *at == ' ' || *at == '\n' || *at == '\t';
}

/* A line that may begin or end a document. */
static inline bool yaml_block_is_marker(const struct yaml_block *block,
					const char *at)
{
	return block->end - at >= 3 && (*at == '-' || *at == '.') &&
	       at[1] == *at && at[2] == *at;
}

#endif
