#include "base/origin.h"

#include <string.h>

#include "base/arena.h"

enum {
	HOPS_MAX = 8
};

struct origin origin_at(const struct source *source, size_t begin, size_t end)
{
	struct origin origin = { .from = source, .step = ORIGIN_WROTE };
	size_t length = end > begin ? end - begin : 0;

	origin.begin = (uint32_t)begin;
	origin.length = length < ORIGIN_LENGTH_MAX ? (uint32_t)length
						   : ORIGIN_LENGTH_MAX;
	return origin;
}

struct origin origin_after(struct arena *arena, const struct origin *next,
			   enum origin_step step, const struct origin *old)
{
	struct origin first = *next, *last = &first;
	struct origin_link *link;

	if (!origin_source(old) && !origin_prev(old))
		return first;
	/* Only the last one has no step of its own. */
	while (last->linked) {
		link = arena_alloc(arena, sizeof(*link));
		*link = *origin_link(last);
		last->from = link;
		last = &link->prev;
	}
	link = arena_alloc(arena, sizeof(*link));
	link->source = last->from;
	link->prev = *old;
	last->step = (unsigned)step & 0x7f;
	last->from = link;
	last->linked = 1;
	return first;
}

const char *place_role_name(const struct place *place)
{
	static const char *const names[] = {
		[SOURCE_MANIFEST] = "manifest",
		[SOURCE_TEMPLATE] = "template",
		[SOURCE_VALUES] = "values",
		[SOURCE_KUSTOMIZATION] = "kustomization",
		[SOURCE_PATCH] = "patch",
		[SOURCE_GENERATOR] = "generator",
		[SOURCE_CHART] = "chart",
		[SOURCE_PROJECT] = "project",
		[SOURCE_RENDERED] = "rendered",
	};

	switch (place->role) {
	case PLACE_SOURCE:
		return names[place->source->role];
	case PLACE_INCLUDE:
		return "include";
	case PLACE_RENDERED:
		return "rendered";
	case PLACE_RELATED:
		return "related";
	}
	return "related";
}

/* What a walk through produced texts went by, from the newest text down. */
struct hop {
	const struct segment *segment;
	const struct origin *value; /* followed; NULL: the template led */
};

struct trail {
	struct hop hops[HOPS_MAX];
	size_t count;
	bool more;
};

static void add_place(struct places *places, struct place place,
		      enum origin_step step)
{
	size_t i;

	for (i = 0; i < places->count; i++)
		if (places->items[i].source == place.source &&
		    places->items[i].begin == place.begin)
			return;
	if (places->count == PLACES_MAX) {
		places->more = true;
		return;
	}
	place.step = step;
	places->items[places->count++] = place;
}

/* An action from its "{{" to its "}}", or to the end of the line. */
static struct place action_place(const struct source *source, uint32_t begin,
				 enum place_role role)
{
	struct place place = { source, begin, begin, role, ORIGIN_WROTE };
	uint32_t at = begin;

	while (at < source->len && source->text[at] != '\n') {
		at++;
		if (at - begin >= 4 && source->text[at - 1] == '}' &&
		    source->text[at - 2] == '}')
			break;
	}
	place.end = at;
	return place;
}

/* The end of a node, or of its first line: what a reader is shown of it. */
static uint32_t shown_end(const struct origin *origin)
{
	const struct source *source = origin_source(origin);
	uint32_t end = origin->begin + origin->length;
	const char *feed;

	if (end > source->len)
		end = source->len;
	if (end <= origin->begin)
		return end < origin->begin ? end : origin->begin;
	feed = memchr(source->text + origin->begin, '\n', end - origin->begin);
	return feed ? (uint32_t)(feed - source->text) : end;
}

/* Where `segment` of `source` ends. */
static uint32_t segment_end(const struct source *source,
			    const struct segment *segment)
{
	const struct segment_map *map = source->map;

	return segment + 1 < map->segments + map->count ? segment[1].at
							: source->len;
}

/*
 * Whether the value that a segment shows is to be edited, and not the
 * template.  For a key that is so where a whole map was put in by toYaml,
 * which marks its keys: several segments, the first of them inserted.
 */
static bool value_leads(const struct origin *origin,
			const struct segment *segment, bool key)
{
	bool single = segment_end(origin_source(origin), segment) >=
		      shown_end(origin);

	return segment->from && origin_source(segment->from) && single != key;
}

/* The place in the template of what a node shows from `segment` on. */
static struct origin template_place(const struct origin *origin,
				    const struct segment *segment)
{
	const struct source *source = segment->frame->source;
	uint32_t end = shown_end(origin), stop;
	struct place action;
	uint32_t begin = segment->begin;

	if (segment->from) {
		action = action_place(source, begin, PLACE_SOURCE);
		return origin_at(source, begin, action.end);
	}
	if (origin->begin > segment->at)
		begin += origin->begin - segment->at;
	stop = segment_end(origin_source(origin), segment);
	return origin_at(source, begin,
			 begin + ((end < stop ? end : stop) - origin->begin));
}

static size_t depth_of(const struct frame *frame)
{
	size_t depth = 0;

	for (; frame->caller; frame = frame->caller)
		depth++;
	return depth;
}

/*
 * A node of several segments is a line that somebody composed: of the frames
 * that wrote parts of it the outermost one has that line.  NULL: they are one.
 */
static const struct frame *composer(const struct origin *origin,
				    const struct segment *first)
{
	uint32_t end = shown_end(origin);
	const struct frame *frame = first->frame;
	size_t depth = depth_of(frame), other;
	const struct segment *segment = first;

	while (segment_end(origin_source(origin), segment) < end) {
		segment++;
		other = depth_of(segment->frame);
		if (other < depth) {
			frame = segment->frame;
			depth = other;
		}
	}
	return frame == first->frame ? NULL : frame;
}

/* The action of `outer` that led to what `inner` wrote; false: none did. */
static bool call_place(const struct frame *outer, const struct frame *inner,
		       struct origin *place)
{
	struct place action;

	while (inner->caller && inner->caller != outer)
		inner = inner->caller;
	if (!inner->caller)
		return false;
	action = action_place(outer->source, inner->call, PLACE_SOURCE);
	*place = origin_at(outer->source, action.begin, action.end);
	return true;
}

/* Of "{{ .Values.x }}" what is between the quotes; else the whole. */
static struct origin unquoted(const struct origin *origin)
{
	const struct source *source = origin_source(origin);
	const struct segment *quote = source_segment(source, origin->begin);
	const char *text = source->text + origin->begin;
	struct origin inner = *origin;

	if (!quote || origin->length < 3 || (*text != '"' && *text != '\'') ||
	    text[origin->length - 1] != *text)
		return inner;
	inner.begin++;
	inner.length -= 2;
	if (quote->from || segment_end(source, quote) != inner.begin ||
	    !value_leads(&inner, quote + 1, false))
		return *origin;
	return inner;
}

/* The place to edit for one link, through produced texts. */
static struct place lead(const struct origin *origin, bool key,
			 struct trail *trail)
{
	struct origin here = key ? *origin : unquoted(origin);
	const struct segment *segment;
	const struct frame *outer;
	struct place place = { .role = PLACE_SOURCE };

	trail->count = 0;
	trail->more = false;
	while ((segment = source_segment(origin_source(&here), here.begin)) !=
	       NULL) {
		struct hop *hop = &trail->hops[trail->count];

		if (trail->count == HOPS_MAX) {
			trail->more = true;
			place.role = PLACE_RENDERED;
			break;
		}
		hop->segment = segment;
		hop->value = NULL;
		if (value_leads(&here, segment, key))
			hop->value = segment->from;
		outer = hop->value ? NULL : composer(&here, segment);
		if (!outer || !call_place(outer, segment->frame, &here))
			here = hop->value ? *hop->value
					  : template_place(&here, segment);
		trail->count++;
		/* The key is one of the text it was asked in. */
		key = false;
	}
	place.source = origin_source(&here);
	place.begin = here.begin;
	place.end = here.begin + here.length;
	return place;
}

static bool is_within(const struct place *inner, const struct place *outer)
{
	return inner->source == outer->source && inner->begin >= outer->begin &&
	       inner->end <= outer->end;
}

/* Values that a line shows besides what leads, and besides what is in that. */
static void add_shown(struct places *places, const struct origin *origin,
		      const struct place *leads, enum origin_step step)
{
	const struct source *source = origin_source(origin);
	const struct segment *segment = source_segment(source, origin->begin);
	struct trail trail;
	uint32_t end;

	if (!segment)
		return;
	for (end = shown_end(origin);; segment++) {
		if (segment->from && origin_source(segment->from)) {
			struct place place = lead(segment->from, false, &trail);

			places->more = places->more || trail.more;
			if (!is_within(&place, leads))
				add_place(places, place, step);
		}
		if (segment_end(source, segment) >= end)
			break;
	}
}

static void add_stack(struct places *places, const struct frame *frame,
		      enum origin_step step)
{
	for (; frame->caller && !places->more; frame = frame->caller)
		add_place(places,
			  action_place(frame->caller->source, frame->call,
				       PLACE_INCLUDE),
			  step);
}

/* All places of one link; the next links are the caller's. */
static void add_link(struct places *places, const struct origin *origin,
		     bool key, enum origin_step step)
{
	struct place place;
	struct trail trail, unused;
	const struct origin *old, *prev;
	size_t i;

	place = lead(origin, key, &trail);
	add_place(places, place, step);
	/* The rest is how this one came to be there. */
	step = ORIGIN_WROTE;
	places->more = places->more || trail.more;
	for (i = 0; i < trail.count; i++)
		if (trail.hops[i].value)
			add_place(places,
				  action_place(
					  trail.hops[i].segment->frame->source,
					  trail.hops[i].segment->begin,
					  PLACE_SOURCE),
				  step);
	add_shown(places, origin, &place, step);
	for (i = 0; i < trail.count; i++)
		add_stack(places, trail.hops[i].segment->frame, step);
	/* What the value itself took the place of: defaults, other files. */
	for (i = 0; i < trail.count; i++)
		for (old = trail.hops[i].value;
		     old && (prev = origin_prev(old)); old = prev)
			if (origin_source(prev))
				add_place(places, lead(prev, false, &unused),
					  (enum origin_step)old->step);
}

void origin_resolve(const struct origin *origin, bool key,
		    struct places *places)
{
	enum origin_step step = ORIGIN_WROTE;

	memset(places, 0, sizeof(*places));
	for (; origin && !places->more; origin = origin_prev(origin)) {
		if (origin_source(origin))
			add_link(places, origin, key, step);
		step = (enum origin_step)origin->step;
	}
}

bool origin_first(const struct origin *origin, struct place *place)
{
	struct trail trail;

	while (origin && !origin_source(origin))
		origin = origin_prev(origin);
	if (!origin)
		return false;
	*place = lead(origin, false, &trail);
	return true;
}
