/*
 * The scanner of plain documents against libyaml: the same events with the
 * same texts at the same places, or the same failure.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "model/yaml_events.h"

enum {
	LEVELS = 4096
};

/* A document that is read in both ways. */
struct pair {
	struct yaml_events *fast, *slow;
	struct yaml_event one, two;
	struct yaml_problem problem, other;
	bool given, other_given;
	bool flow[LEVELS]; /* the collections around */
	size_t depth;
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static bool same_text(const char *one, const char *two)
{
	return !one == !two && (!one || strcmp(one, two) == 0);
}

/* Where block collections end nobody asks. */
static bool same_event(const struct yaml_event *one,
		       const struct yaml_event *two, bool flow)
{
	if (one->kind != two->kind || one->style != two->style ||
	    one->plain != two->plain || !same_text(one->anchor, two->anchor) ||
	    !same_text(one->tag, two->tag))
		return false;
	switch (one->kind) {
	case YAML_EVENT_SCALAR:
		return one->begin == two->begin && one->end == two->end &&
		       one->len == two->len &&
		       memcmp(one->text, two->text, one->len) == 0;
	case YAML_EVENT_LIST:
	case YAML_EVENT_MAP:
		return one->begin == two->begin;
	case YAML_EVENT_CLOSE:
		return !flow || one->end == two->end;
	case YAML_EVENT_END:
		return one->begin == two->begin;
	default:
		return true;
	}
}

static bool is_last(const struct yaml_event *event)
{
	return event->kind == YAML_EVENT_DOCUMENT_END ||
	       event->kind == YAML_EVENT_END;
}

/* Both say what is wrong, with the same words. */
static void fail_both(struct pair *pair)
{
	while (pair->given && !is_last(&pair->one))
		pair->given = yaml_events_next(pair->fast, &pair->one,
					       &pair->problem);
	while (pair->other_given && !is_last(&pair->two))
		pair->other_given = yaml_events_next(pair->slow, &pair->two,
						     &pair->other);
	must(!pair->given && !pair->other_given);
	must(pair->problem.offset == pair->other.offset &&
	     pair->problem.go_line == pair->other.go_line &&
	     same_text(pair->problem.text, pair->other.text));
}

/* libyaml is some tokens ahead, and so fails earlier. */
static void compare_events(struct pair *pair)
{
	bool flow;

	do {
		pair->given = yaml_events_next(pair->fast, &pair->one,
					       &pair->problem);
		pair->other_given = yaml_events_next(pair->slow, &pair->two,
						     &pair->other);
		flow = pair->depth && pair->flow[pair->depth - 1];
		if (!pair->given || !pair->other_given ||
		    !same_event(&pair->one, &pair->two, flow)) {
			fail_both(pair);
			return;
		}
		if (pair->one.kind == YAML_EVENT_CLOSE)
			pair->depth--;
		if (pair->one.kind == YAML_EVENT_LIST ||
		    pair->one.kind == YAML_EVENT_MAP)
			pair->flow[pair->depth++] =
				pair->one.style == VALUE_STYLE_FLOW;
	} while (!is_last(&pair->one) && pair->depth < LEVELS);
	if (pair->one.kind == YAML_EVENT_DOCUMENT_END)
		must(yaml_events_end(pair->fast, &pair->problem) ==
		     yaml_events_end(pair->slow, &pair->other));
}

static void compare(const char *text, size_t len, enum yaml_dialect dialect)
{
	struct arena *arena = arena_new();
	struct source *source =
		source_new(arena, "in.yaml", SOURCE_MANIFEST, text, len);
	struct pair pair = { .depth = 0 };

	pair.fast = yaml_events_open(arena, source, 0, len, dialect);
	pair.slow = yaml_events_open(arena, source, 0, len, dialect);
	yaml_events_slow(pair.slow);
	compare_events(&pair);
	yaml_events_close(pair.fast);
	yaml_events_close(pair.slow);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	if (size > 1 << 16)
		return 0;
	text = malloc(size + 1);
	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	compare(text, size, YAML_HELM);
	compare(text, size, YAML_KUSTOMIZE);
	compare(text, size, YAML_CORE);
	free(text);
	return 0;
}
