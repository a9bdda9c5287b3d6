/*
 * Where a node comes from: a place, how it came to be there, and what was
 * there before.  Every token, node and value has one, by value.
 *
 * An origin never stores text.  The walk back through rendered texts to
 * templates and values happens in origin_resolve(), for what is printed.
 */
#ifndef BASE_ORIGIN_H
#define BASE_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/source.h"

struct arena;

enum origin_step {
	ORIGIN_WROTE,    /* nothing before it */
	ORIGIN_REPLACED, /* prev: what this write overwrote */
	ORIGIN_MERGED,   /* prev: the map or list this write extended */
	ORIGIN_TOOK,     /* prev: what an alias or a generator copied */
};

/* The longest text that `length` holds; a longer one is cut. */
enum {
	ORIGIN_LENGTH_MAX = (1 << 24) - 1
};

/* Trees are made of these, so that a link to the past is beside few of them. */
struct origin {
	const void *from; /* for origin_source() and origin_prev() */
	uint32_t begin;
	uint32_t length : 24;
	uint32_t step : 7;   /* enum origin_step */
	uint32_t linked : 1; /* `from` is a link, and else the source */
};

struct origin_link {
	const struct source *source;
	struct origin prev;
};

static inline const struct origin_link *origin_link(const struct origin *origin)
{
	return origin->linked ? origin->from : NULL;
}

/* NULL: nobody wrote it. */
static inline const struct source *origin_source(const struct origin *origin)
{
	const struct origin_link *link = origin_link(origin);

	return link ? link->source : origin->from;
}

/* What was there before, or NULL. */
static inline const struct origin *origin_prev(const struct origin *origin)
{
	const struct origin_link *link = origin_link(origin);

	return link ? &link->prev : NULL;
}

/* Where the source is noted, which lasts as long as the origin: for tables. */
static inline const char *origin_source_key(const struct origin *origin)
{
	const struct origin_link *link = origin_link(origin);

	return link ? (const char *)&link->source : (const char *)&origin->from;
}

/* The place without what was there before. */
static inline struct origin origin_alone(const struct origin *origin)
{
	struct origin alone = *origin;

	alone.from = origin_source(origin);
	alone.linked = 0;
	return alone;
}

/* The same bytes of a text that is equal. */
static inline struct origin origin_in(const struct origin *origin,
				      const struct source *source)
{
	struct origin alone = *origin;

	alone.from = source;
	alone.linked = 0;
	return alone;
}

/* An origin that says: bytes [begin, end) of `source`, nothing before. */
struct origin origin_at(const struct source *source, size_t begin, size_t end);

/*
 * `next` with the chain of `old` behind its own last link.  The links of
 * `next` are copied, so that a patch used for many objects is not changed.
 */
struct origin origin_after(struct arena *arena, const struct origin *next,
			   enum origin_step step, const struct origin *old);

/* What a place is to the reader. */
enum place_role {
	PLACE_SOURCE,  /* by the role of its source */
	PLACE_INCLUDE, /* the action that included the template */
	PLACE_RENDERED,
	PLACE_RELATED,
};

struct place {
	const struct source *source;
	uint32_t begin;
	uint32_t end;
	enum place_role role;
	enum origin_step step; /* of the link that led here */
};

/* The word that reports use: template, values, patch, base, ... */
const char *place_role_name(const struct place *place);

enum {
	PLACES_MAX = 24
};

struct places {
	struct place items[PLACES_MAX];
	size_t count;
	bool more; /* places were left out */
};

/*
 * The places of a chain, the line to edit first, then where the value came
 * from, the include stack, and what was there before, newest first.
 * `key` asks for the place of a key or of something absent: then the
 * template's line leads even where a value is shown.
 */
void origin_resolve(const struct origin *origin, bool key,
		    struct places *places);

/* Only the first of these places; false if nobody wrote it. */
bool origin_first(const struct origin *origin, struct place *place);

#endif
