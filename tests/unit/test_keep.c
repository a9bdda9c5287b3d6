/*
 * Places that outlive the arena they were made in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/keep.h"
#include "base/origin.h"
#include "base/str.h"

enum {
	MANY = 200000
};

/* A text made of `value`, in a run of `page` that `caller` asked for. */
static struct source *made(struct arena *arena, const struct source *page,
			   const struct frame *caller,
			   const struct origin *value)
{
	struct frame *frame = arena_zalloc(arena, sizeof(*frame));
	struct source *source;
	struct text text;
	struct str out;

	frame->source = page;
	frame->caller = caller;
	str_init(&out, arena);
	str_mark(&out, frame, 0, NULL);
	str_puts(&out, "a: ");
	str_mark(&out, frame, 3, value);
	str_puts(&out, "one");
	text = str_finish(&out);
	source = source_new(arena, arena_strdup(arena, "page.yaml"),
			    SOURCE_RENDERED, text.at, text.len);
	source->map = text.map;
	return source;
}

static bool is_in(struct arena *arena, const void *item)
{
	return arena_extent_has(arena_extent(arena, arena), item);
}

static void check_value(const struct source *source,
			 const struct source *values)
{
	struct origin at = origin_at(source, 3, 6);
	struct place place;

	assert_true(origin_first(&at, &place));
	assert_ptr_equal(place.source, values);
	assert_int_equal(place.begin, 7);
}

static void texts_keep_their_places(void **state)
{
	struct arena *stays = arena_new(), *goes = arena_new();
	struct keeper *keeper = keeper_new(stays, goes);
	const struct source *values = source_new(
		stays, "values.yaml", SOURCE_VALUES, "first: one\n", 11);
	const struct source *page = source_new(
		stays, "page.yaml", SOURCE_TEMPLATE, "a: {{ .first }}", 15);
	struct origin *value = arena_alloc(goes, sizeof(*value));
	const struct source *kept;

	(void)state;
	*value = origin_at(values, 7, 10);
	kept = made(goes, page, NULL, value);
	assert_ptr_equal(keep_source(keeper, values), values);
	kept = keep_source(keeper, kept);
	arena_free(goes);
	assert_true(is_in(stays, kept) && is_in(stays, kept->text));
	assert_string_equal(kept->name, "page.yaml");
	assert_string_equal(kept->text, "a: one");
	check_value(kept, values);
	arena_free(stays);
}

/* Each text shows the one before, and each is written over the one before. */
static void chains_may_be_long(void **state)
{
	struct arena *stays = arena_new(), *goes = arena_new();
	struct keeper *keeper = keeper_new(stays, goes);
	const struct source *values = source_new(
		stays, "values.yaml", SOURCE_VALUES, "first: one\n", 11);
	const struct source *last = values;
	struct frame *frame = NULL;
	struct origin at = origin_at(values, 7, 10);
	const struct arena_extent *extent;
	size_t i, links = 0;

	(void)state;
	for (i = 0; i < MANY; i++) {
		struct origin *shown = arena_alloc(goes, sizeof(*shown));
		struct origin_link *link = arena_alloc(goes, sizeof(*link));
		struct frame *inner = arena_zalloc(goes, sizeof(*inner));

		*shown = at;
		inner->source = last;
		inner->caller = frame;
		frame = inner;
		last = made(goes, last, frame, shown);
		link->source = last;
		link->prev = at;
		at = origin_at(last, 3, 6);
		at.from = link;
		at.linked = 1;
	}
	keep_origin(keeper, &at);
	arena_free(goes);
	extent = arena_extent(stays, stays);
	for (; at.linked; at = *origin_prev(&at), links++)
		assert_true(arena_extent_has(extent, origin_source(&at)));
	assert_int_equal(links, MANY);
	assert_ptr_equal(origin_source(&at), values);
	arena_free(stays);
}

static void what_stays_is_not_copied(void **state)
{
	struct arena *stays = arena_new(), *goes = arena_new();
	struct keeper *keeper = keeper_new(stays, goes);
	const char *own = arena_strdup(stays, "own");
	const char *lent = arena_strdup(goes, "lent"), *kept;

	(void)state;
	assert_null(keep_text(keeper, NULL));
	assert_null(keep_source(keeper, NULL));
	assert_ptr_equal(keep_text(keeper, own), own);
	kept = keep_text(keeper, lent);
	arena_free(goes);
	assert_string_equal(kept, "lent");
	arena_free(stays);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_keep_their_places),
		cmocka_unit_test(chains_may_be_long),
		cmocka_unit_test(what_stays_is_not_copied),
	};

	return cmocka_run_group_tests_name("keep", tests, NULL, NULL);
}
