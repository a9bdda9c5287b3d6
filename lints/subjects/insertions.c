#include "lints/subjects/insertions.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"

/* The action of the outermost template; false: it is text of that itself. */
static bool action_of(const struct segment *segment, uint32_t *action,
		      const struct source **by)
{
	const struct frame *frame = segment->frame;

	*action = segment->begin;
	if (!frame || (!frame->caller && !segment->from))
		return false;
	while (frame->caller) {
		*action = frame->call;
		frame = frame->caller;
	}
	*by = frame->source;
	return true;
}

void lint_each_insertion(struct lint_run *run, const struct source *text,
			 void (*check)(struct lint_run *run,
				       const struct lint_insertion *insertion))
{
	const struct segment_map *map = text->map;
	struct lint_insertion now = { .text = text };
	uint32_t i, action = 0;
	const struct source *by = NULL;

	for (i = 0; map && i < map->count; i++) {
		const struct segment *segment = &map->segments[i];
		bool inserted = action_of(segment, &action, &by);

		if (now.by &&
		    (!inserted || by != now.by || action != now.action)) {
			now.end = segment->at;
			check(run, &now);
			now.by = NULL;
		}
		if (inserted && !now.by) {
			now.begin = segment->at;
			now.by = by;
			now.action = action;
		}
	}
	now.end = text->len;
	if (now.by)
		check(run, &now);
}
