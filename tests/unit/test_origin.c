/*
 * Places behind origins: segment maps, include stacks, chains.
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

/* A page that shows a value: "image: {{ .repo }}:{{ .tag }}\n". */
struct fixture {
	struct arena *arena;
	struct source *page;
	struct source *values;
	struct frame frame;
	struct origin repo;
	struct origin tag;
};

static struct source *text(struct arena *arena, const char *name,
			   enum source_role role, const char *bytes)
{
	return source_new(arena, name, role, bytes, strlen(bytes));
}

static void setup(struct fixture *fix)
{
	memset(fix, 0, sizeof(*fix));
	fix->arena = arena_new();
	fix->page = text(fix->arena, "page.yaml", SOURCE_TEMPLATE,
			 "n: {{ .tag }}\nimage: {{ .repo }}:{{ .tag }}\n");
	fix->values = text(fix->arena, "values.yaml", SOURCE_VALUES,
			   "repo: web\ntag: v1\nold: v0\n");
	fix->frame.source = fix->page;
	fix->repo = origin_at(fix->values, 6, 9);
	fix->tag = origin_at(fix->values, 15, 17);
}

/* The page as rendered: "n: v1\nimage: web:v1\n". */
static struct source *rendered(struct fixture *fix)
{
	struct source *source;
	struct text text;
	struct str out;

	str_init(&out, fix->arena);
	str_mark(&out, &fix->frame, 0, NULL);
	str_puts(&out, "n: ");
	str_mark(&out, &fix->frame, 3, &fix->tag);
	str_puts(&out, "v1");
	str_mark(&out, &fix->frame, 13, NULL);
	str_puts(&out, "\nimage: ");
	str_mark(&out, &fix->frame, 21, &fix->repo);
	str_puts(&out, "web");
	str_mark(&out, &fix->frame, 32, NULL);
	str_puts(&out, ":");
	str_mark(&out, &fix->frame, 33, &fix->tag);
	str_puts(&out, "v1");
	str_mark(&out, &fix->frame, 43, NULL);
	str_puts(&out, "\n");
	text = str_finish(&out);
	source = source_new(fix->arena, "rendered", SOURCE_RENDERED, text.at,
			    text.len);
	source->map = text.map;
	return source;
}

static void expect_place(const struct places *places, size_t index,
			 const struct source *source, uint32_t begin,
			 const char *role)
{
	assert_true(index < places->count);
	assert_ptr_equal(places->items[index].source, source);
	assert_int_equal(places->items[index].begin, begin);
	assert_string_equal(place_role_name(&places->items[index]), role);
}

static void test_plain(void **state)
{
	struct origin none = { 0 };
	struct places places;
	struct fixture fix;
	struct place place;

	(void)state;
	setup(&fix);
	origin_resolve(&fix.tag, false, &places);
	assert_int_equal(places.count, 1);
	expect_place(&places, 0, fix.values, 15, "values");
	assert_int_equal(places.items[0].end, 17);
	origin_resolve(&none, false, &places);
	assert_int_equal(places.count, 0);
	assert_false(origin_first(&none, &place));
	arena_free(fix.arena);
}

static void test_one_value(void **state)
{
	struct source *source;
	struct places places;
	struct origin node;
	struct fixture fix;
	struct place place;

	(void)state;
	setup(&fix);
	source = rendered(&fix);
	node = origin_at(source, 3, 5);
	origin_resolve(&node, false, &places);
	assert_int_equal(places.count, 2);
	expect_place(&places, 0, fix.values, 15, "values");
	expect_place(&places, 1, fix.page, 3, "template");
	assert_int_equal(places.items[1].end, 13);
	origin_resolve(&node, true, &places);
	expect_place(&places, 0, fix.page, 3, "template");
	expect_place(&places, 1, fix.values, 15, "values");
	assert_true(origin_first(&node, &place));
	assert_ptr_equal(place.source, fix.values);
	arena_free(fix.arena);
}

static void test_several_values(void **state)
{
	struct source *source;
	struct places places;
	struct origin node;
	struct fixture fix;

	(void)state;
	setup(&fix);
	source = rendered(&fix);
	node = origin_at(source, 13, 19);
	origin_resolve(&node, false, &places);
	assert_int_equal(places.count, 3);
	expect_place(&places, 0, fix.page, 21, "template");
	expect_place(&places, 1, fix.values, 6, "values");
	expect_place(&places, 2, fix.values, 15, "values");
	node = origin_at(source, 8, 11); /* inside of "image" */
	origin_resolve(&node, false, &places);
	assert_int_equal(places.count, 1);
	expect_place(&places, 0, fix.page, 16, "template");
	assert_int_equal(places.items[0].end, 19);
	arena_free(fix.arena);
}

static void test_include_stack(void **state)
{
	struct frame outer = { 0 }, middle = { 0 };
	struct source *source, *caller;
	struct places places;
	struct origin node;
	struct fixture fix;

	(void)state;
	setup(&fix);
	caller = text(fix.arena, "main.yaml", SOURCE_TEMPLATE,
		      "{{ include \"a\" . }}\n{{ include \"b\" . }}\n");
	outer.source = caller;
	middle.source = caller;
	middle.caller = &outer;
	middle.call = 0;
	fix.frame.caller = &middle;
	fix.frame.call = 20;
	source = rendered(&fix);
	node = origin_at(source, 3, 5);
	origin_resolve(&node, false, &places);
	assert_int_equal(places.count, 4);
	expect_place(&places, 2, caller, 20, "include");
	expect_place(&places, 3, caller, 0, "include");
	assert_int_equal(places.items[3].end, 19);
	arena_free(fix.arena);
}

static void test_chain(void **state)
{
	struct origin patch, written, again, old;
	struct source *source, *file;
	struct places places;
	struct fixture fix;

	(void)state;
	setup(&fix);
	file = text(fix.arena, "patch.yaml", SOURCE_PATCH, "n: v2\n");
	old = origin_at(fix.values, 23, 25);
	fix.tag = origin_after(fix.arena, &fix.tag, ORIGIN_REPLACED, &old);
	source = rendered(&fix);
	old = origin_at(source, 3, 5);
	patch = origin_at(file, 3, 5);
	written = origin_after(fix.arena, &patch, ORIGIN_REPLACED, &old);
	assert_null(origin_prev(&patch));
	again = origin_after(fix.arena, &written, ORIGIN_MERGED, &patch);
	assert_ptr_equal(origin_prev(origin_prev(&written)), NULL);
	assert_ptr_equal(origin_source(origin_prev(origin_prev(&again))), file);
	assert_int_equal(origin_prev(&again)->step, ORIGIN_MERGED);
	origin_resolve(&written, false, &places);
	assert_int_equal(places.count, 4);
	expect_place(&places, 0, file, 3, "patch");
	expect_place(&places, 1, fix.values, 15, "values");
	expect_place(&places, 2, fix.page, 3, "template");
	expect_place(&places, 3, fix.values, 23, "values");
	assert_int_equal(places.items[1].step, ORIGIN_REPLACED);
	assert_int_equal(places.items[3].step, ORIGIN_REPLACED);
	assert_false(places.more);
	arena_free(fix.arena);
}

/* Each text shows the one before, as tpl of tpl of tpl does. */
static void test_hop_limit(void **state)
{
	struct segment segments[12];
	struct segment_map maps[12];
	struct origin origins[13];
	struct places places;
	struct fixture fix;
	size_t i;

	(void)state;
	setup(&fix);
	origins[0] = fix.tag;
	for (i = 0; i < 12; i++) {
		struct source *source =
			text(fix.arena, "rendered", SOURCE_RENDERED, "v1");

		segments[i] = (struct segment){ 0, 3, &fix.frame, &origins[i] };
		maps[i] = (struct segment_map){ &segments[i], 1 };
		source->map = &maps[i];
		origins[i + 1] = origin_at(source, 0, 2);
	}
	origin_resolve(&origins[8], false, &places);
	assert_false(places.more);
	expect_place(&places, 0, fix.values, 15, "values");
	origin_resolve(&origins[12], false, &places);
	assert_true(places.more);
	expect_place(&places, 0, origin_source(&origins[4]), 0, "rendered");
	/* A value that shows itself ends as well. */
	segments[0].from = &origins[1];
	origin_resolve(&origins[1], false, &places);
	assert_true(places.more);
	arena_free(fix.arena);
}

static void test_length(void **state)
{
	struct origin origin = origin_at(NULL, 5, 5 + (1u << 25));

	(void)state;
	assert_int_equal(origin.length, ORIGIN_LENGTH_MAX);
	assert_int_equal(origin_at(NULL, 5, 3).length, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_one_value),
		cmocka_unit_test(test_several_values),
		cmocka_unit_test(test_include_stack),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_hop_limit),
		cmocka_unit_test(test_length),
	};

	return cmocka_run_group_tests_name("origin", tests, NULL, NULL);
}
