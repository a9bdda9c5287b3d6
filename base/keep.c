#include "base/keep.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/origin.h"
#include "base/source.h"
#include "base/table.h"
#include "base/vec.h"

/*
 * Chains of places may be as long as a program likes, so nothing here calls
 * itself: a copy still points to what is old until it has had its turn.
 */
struct keeper {
	struct arena *into;
	struct arena *from;
	const struct arena_extent *extent; /* of `from`, when it was complete */
	struct table copies; /* address to address, the same if it stays */
	VEC(struct frame *) frames;
	VEC(struct origin_link *) links;
	VEC(struct source *) sources;         /* their maps are the old ones */
	const struct frame *last, *last_copy; /* most segments share it */
};

struct keeper *keeper_new(struct arena *into, struct arena *from)
{
	struct keeper *keeper = arena_zalloc(from, sizeof(*keeper));

	keeper->into = into;
	keeper->from = from;
	table_init(&keeper->copies, from);
	return keeper;
}

/* The first who asks says that all which is to be kept has been made. */
static bool goes(struct keeper *keeper, const void *item)
{
	if (!keeper->extent)
		keeper->extent = arena_extent(keeper->from, keeper->from);
	return arena_extent_has(keeper->extent, item);
}

static void *known(const struct keeper *keeper, const void *old)
{
	return table_get(&keeper->copies, (const char *)&old, sizeof(old));
}

static void note(struct keeper *keeper, const void *old, const void *copy)
{
	const void **key = arena_alloc(keeper->from, sizeof(*key));

	*key = old;
	table_put(&keeper->copies, (const char *)key, sizeof(*key),
		  (void *)copy);
}

const char *keep_text(struct keeper *keeper, const char *text)
{
	return text && goes(keeper, text) ? arena_strdup(keeper->into, text)
					  : text;
}

static const struct source *later_source(struct keeper *keeper,
					 const struct source *source)
{
	struct source *copy = source ? known(keeper, source) : NULL;
	const char *text;

	if (!source || copy)
		return copy;
	if (!goes(keeper, source)) {
		note(keeper, source, source);
		return source;
	}
	text = source->text;
	if (goes(keeper, text))
		text = arena_strndup(keeper->into, text, source->len);
	copy = source_new(keeper->into, keep_text(keeper, source->name),
			  (enum source_role)source->role, text, source->len);
	copy->mapped = source->mapped;
	copy->map = source->map;
	note(keeper, source, copy);
	if (copy->map)
		vec_push(keeper->from, &keeper->sources, copy);
	return copy;
}

static const struct frame *later_frame(struct keeper *keeper,
				       const struct frame *frame)
{
	struct frame *copy;

	if (!frame || frame == keeper->last)
		return frame ? keeper->last_copy : NULL;
	copy = known(keeper, frame);
	if (!copy) {
		copy = arena_alloc(keeper->into, sizeof(*copy));
		*copy = *frame;
		note(keeper, frame, copy);
		vec_push(keeper->from, &keeper->frames, copy);
	}
	keeper->last = frame;
	keeper->last_copy = copy;
	return copy;
}

static const struct origin_link *later_link(struct keeper *keeper,
					    const struct origin_link *link)
{
	struct origin_link *copy = known(keeper, link);

	if (copy || !goes(keeper, link))
		return copy ? copy : link;
	copy = arena_alloc(keeper->into, sizeof(*copy));
	*copy = *link;
	note(keeper, link, copy);
	vec_push(keeper->from, &keeper->links, copy);
	return copy;
}

static void later_origin(struct keeper *keeper, struct origin *origin)
{
	if (origin->linked)
		origin->from = later_link(keeper, origin->from);
	else
		origin->from = later_source(keeper, origin->from);
}

static void turn_map(struct keeper *keeper, struct source *source)
{
	const struct segment_map *old = source->map;
	struct segment_map *map = arena_alloc(keeper->into, sizeof(*map));
	struct segment *segments =
		arena_alloc(keeper->into, old->count * sizeof(*segments));
	const struct origin *last = NULL;
	struct origin *from = NULL;
	uint32_t i;

	for (i = 0; i < old->count; i++) {
		segments[i] = old->segments[i];
		segments[i].frame = later_frame(keeper, segments[i].frame);
		if (!segments[i].from)
			continue;
		if (segments[i].from != last) {
			last = segments[i].from;
			from = arena_alloc(keeper->into, sizeof(*from));
			*from = *last;
			later_origin(keeper, from);
		}
		segments[i].from = from;
	}
	map->segments = segments;
	map->count = old->count;
	source->map = map;
}

/* Until all that was copied points to copies. */
static void turn_all(struct keeper *keeper)
{
	for (;;) {
		if (keeper->frames.count) {
			struct frame *frame =
				keeper->frames.items[--keeper->frames.count];

			frame->source = later_source(keeper, frame->source);
			frame->caller = later_frame(keeper, frame->caller);
		} else if (keeper->links.count) {
			struct origin_link *link =
				keeper->links.items[--keeper->links.count];

			link->source = later_source(keeper, link->source);
			later_origin(keeper, &link->prev);
		} else if (keeper->sources.count) {
			turn_map(
				keeper,
				keeper->sources.items[--keeper->sources.count]);
		} else {
			break;
		}
	}
}

const struct source *keep_source(struct keeper *keeper,
				 const struct source *source)
{
	source = later_source(keeper, source);
	turn_all(keeper);
	return source;
}

void keep_origin(struct keeper *keeper, struct origin *origin)
{
	later_origin(keeper, origin);
	turn_all(keeper);
}

static void keep_diag(struct keeper *keeper, struct diag *diag)
{
	size_t i;

	diag->message = keep_text(keeper, diag->message);
	diag->help = keep_text(keeper, diag->help);
	diag->native = keep_text(keeper, diag->native);
	later_origin(keeper, &diag->origin);
	for (i = 0; i < diag->notes.count; i++) {
		struct diag_note *remark = &diag->notes.items[i];

		remark->text = keep_text(keeper, remark->text);
		later_origin(keeper, &remark->origin);
	}
}

void keep_diags(struct keeper *keeper, struct diag_sink *sink, size_t first)
{
	size_t i;

	for (i = first; i < sink->diags.count; i++)
		keep_diag(keeper, sink->diags.items[i]);
	turn_all(keeper);
}

void keep_facts(struct keeper *keeper, struct fact_log *log, size_t first)
{
	size_t i;

	for (i = first; log && i < log->facts.count; i++) {
		struct fact *fact = &log->facts.items[i];

		fact->text = keep_text(keeper, fact->text);
		fact->help = keep_text(keeper, fact->help);
		later_origin(keeper, &fact->origin);
	}
	turn_all(keeper);
}
