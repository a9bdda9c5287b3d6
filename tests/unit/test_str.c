/*
 * Texts with maps.  A random walk over cut and indent keeps the property all
 * of provenance rests on: a literal byte equals the template's byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/origin.h"
#include "base/str.h"

static const char page[] = "alpha: 1\nbeta:\n  gamma: two\n\ndelta: {{ x }}\n"
			   "list:\n- one\n- two\n";

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Every line behind its first with spaces in front, as indent does. */
static struct text indented(struct arena *arena, const struct text *of,
			    size_t spaces)
{
	uint32_t hint = 0;
	size_t at = 0;
	struct str out;

	str_init(&out, arena);
	str_mark_front(&out, of);
	while (at <= of->len) {
		const char *feed = memchr(of->at + at, '\n', of->len - at);
		size_t end = feed ? (size_t)(feed - of->at) + 1 : of->len;

		str_fill(&out, ' ', spaces);
		str_put_slice(&out, of, at, end, &hint);
		at = feed ? end : of->len + 1;
	}
	return str_finish(&out);
}

/* Literal bytes are the template's, but for spaces that indent added. */
static void check_map(const struct text *text, const struct origin *value)
{
	const struct segment_map *map = text->map;
	uint32_t i;

	if (!text->len)
		return;
	assert_non_null(map);
	assert_int_equal(map->segments[0].at, 0);
	for (i = 0; i < map->count; i++) {
		const struct segment *segment = &map->segments[i];
		size_t end = i + 1 < map->count ? segment[1].at : text->len;
		size_t at;

		assert_true(segment->at < end);
		if (segment->from) {
			assert_ptr_equal(segment->from, value);
			continue;
		}
		for (at = segment->at; at < end; at++) {
			size_t from = segment->begin + (at - segment->at);

			if (text->at[at] == ' ')
				continue; /* may be what indent put there */
			assert_true(from < sizeof(page) - 1);
			assert_int_equal(text->at[at], page[from]);
		}
	}
}

static struct text first_text(struct arena *arena, const struct frame *frame,
			      const struct origin *value)
{
	const char *action = strstr(page, "{{");
	size_t begin = (size_t)(action - page), end = begin + 7;
	struct str out;

	str_init(&out, arena);
	str_mark(&out, frame, 0, NULL);
	str_put(&out, page, begin);
	str_mark(&out, frame, (uint32_t)begin, value);
	str_puts(&out, "shown\nvalue");
	str_mark(&out, frame, (uint32_t)end, NULL);
	str_put(&out, page + end, sizeof(page) - 1 - end);
	return str_finish(&out);
}

static void test_random_chains(void **state)
{
	uint32_t seed = 1;
	int round, step;

	(void)state;
	for (round = 0; round < 500; round++) {
		struct arena *arena = arena_new();
		struct source *source =
			source_new(arena, "page.yaml", SOURCE_TEMPLATE, page,
				   sizeof(page) - 1);
		struct origin value = origin_at(source, 0, 5);
		struct frame frame = { source, NULL, 0 };
		struct text text = first_text(arena, &frame, &value);

		check_map(&text, &value);
		for (step = 0; step < 6 && text.len; step++) {
			size_t begin = next_random(&seed) % (text.len / 3 + 1);
			size_t end = text.len -
				     next_random(&seed) % (text.len / 3 + 1);

			if (next_random(&seed) % 2)
				text = indented(arena, &text, step + 1);
			else
				text = text_slice(arena, &text, begin, end);
			check_map(&text, &value);
		}
		arena_free(arena);
	}
}

static void test_marks(void **state)
{
	struct arena *arena = arena_new();
	struct frame frame = { 0 };
	struct origin value = { 0 };
	struct str out;

	(void)state;
	str_init(&out, arena);
	str_mark(&out, &frame, 0, NULL);
	str_puts(&out, "ab");
	str_mark(&out, &frame, 2, NULL); /* goes on */
	str_puts(&out, "cd");
	assert_int_equal(out.count, 1);
	str_mark(&out, &frame, 9, &value); /* stays empty */
	str_mark(&out, &frame, 20, NULL);
	str_puts(&out, "e");
	assert_int_equal(out.count, 2);
	assert_int_equal(out.segments[1].at, 4);
	assert_int_equal(out.segments[1].begin, 20);
	str_printf(&out, "%d-%s", 7, "x");
	assert_string_equal(str_text(&out), "abcde7-x");
	str_clear(&out);
	assert_string_equal(str_text(&out), "");
	arena_free(arena);
}

static void test_tame(void **state)
{
	struct arena *arena = arena_new();
	const char *plain = "charts/\xc3\xa4.yaml";
	struct str out;

	(void)state;
	assert_ptr_equal(str_tame_name(arena, plain), plain);
	assert_string_equal(str_tame_name(arena, "a\nb\tc\x1b[m\x7f"),
			    "a?b?c?[m?");
	assert_string_equal(str_tame_name(arena, "a\xc2\x9bm\xc2\xa0"),
			    "a?m\xc2\xa0");
	str_init(&out, arena);
	str_put_tame(&out, "a\n\tb\x1b\xc2\x80", 7);
	assert_string_equal(str_text(&out), "a\n\tb??");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_chains),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_tame),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
