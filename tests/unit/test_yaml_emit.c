/*
 * Values into YAML; answers are those of toYaml, toYamlPretty and
 * `kustomize build`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"

#define A50  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A130 A50 A50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const char *emitted(struct arena *arena, const struct value *value,
			   enum yaml_form form)
{
	const char *error;
	struct str out;

	str_init(&out, arena);
	if (!yaml_emit(&out, value, form, NULL, &error))
		return error;
	return str_text(&out);
}

/* Read as JSON, whose integers stay integers; then print. */
static const char *through(struct arena *arena, const char *json,
			   enum yaml_form form)
{
	struct source *source =
		source_new(arena, "in.json", SOURCE_VALUES, json, strlen(json));
	struct json_problem problem;
	struct value *value =
		json_read(arena, source, 0, source->len, true, &problem);

	assert_non_null(value);
	return emitted(arena, value, form);
}

struct row {
	const char *in;
	const char *want;
};

static void check_rows(const struct row *rows, size_t count,
		       enum yaml_form form)
{
	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();

		assert_string_equal(through(arena, rows[i].in, form),
				    rows[i].want);
		arena_free(arena);
	}
}

#define CHECK(rows, form) check_rows(rows, ARRAY_COUNT(rows), form)

static void check_style(const char *const *texts, size_t count,
			const char *quotes)
{
	struct arena *arena = arena_new();

	for (size_t i = 0; i < count; i++) {
		struct value *value = value_new_cstring(arena, NULL, texts[i]);
		const char *at = strchr(quotes, '%');
		struct str want;

		str_init(&want, arena);
		str_put(&want, quotes, (size_t)(at - quotes));
		str_puts(&want, texts[i]);
		str_puts(&want, at + 2);
		assert_string_equal(emitted(arena, value, YAML_FORM_HELM),
				    str_text(&want));
	}
	arena_free(arena);
}

static void test_styles(void **state)
{
	static const char *const plain[] = {
		"a#b",  "127.0.0.1", "1.2.3", "foo:bar", "<<",   "nan", "=",
		"it's", "a\"b",      "a\\b",  "a,b",     "?a",   ":a",  "-x",
		"--",   "1e",        "1e400", "_1",      "0x",   "0xg", "nULL",
		"tRUE", "a b  c",    ".",     "._5",     "a,b]",
	};
	static const char *const doubles[] = {
		"",
		"true",
		"Yes",
		"on",
		"n",
		"~",
		"null",
		"1",
		"1.5",
		"1e3",
		"0x1F",
		"08",
		"1_000",
		"12:30",
		".5",
		"+1",
		"-0",
		"0o17",
		"1.",
		"0_7",
		"5_.5",
		"0.1_",
		"-0x1",
		"1:2",
		".inf",
		"y",
		"N",
		"2001-1-1",
		"NULL",
		"OFF",
		"9223372036854775808",
		"190:20:30",
	};
	static const char *const singles[] = {
		"- a", "a: b", "*x", "#c", "@x",  "-",   " lead",
		"a: ", " ",    "?",  ":",  "---", "...", "{a}",
		"`b`", "a #b", "a:", "%x", "!t",  "&a",  "true ",
	};

	(void)state;
	check_style(plain, ARRAY_COUNT(plain), "%s\n");
	check_style(doubles, ARRAY_COUNT(doubles), "\"%s\"\n");
	check_style(singles, ARRAY_COUNT(singles), "'%s'\n");
}

static void test_characters(void **state)
{
	static const struct row rows[] = {
		{ "\"a\\tb\\r\\u0000\\u001b\\u0007\"",
		  "\"a\\tb\\r\\0\\e\\a\"\n" },
		{ "\"\\ud83d\\ude00\"", "\"\\U0001F600\"\n" },
		{ "\"\\ufeffbom\"", "\"\\uFEFF\\x62\\x6F\\x6D\"\n" },
		{ "\"x\\ufeff\"", "\"x\\uFEFF\"\n" },
		{ "\"\\u00a0\\u200b\\ufffd\\u00e9\"",
		  "\xC2\xA0\xE2\x80\x8B\xEF\xBF\xBD\xC3\xA9\n" },
		{ "\"a\\u2028b\"", "'a\xE2\x80\xA8  b'\n" },
		{ "\"a \\u0085 \\u0085 b\"", "|-\n  a\n  b\n" },
		{ "\"a\\u0085b\"", "a b\n" },
		{ "\"a\\u007f\"", "yaml: control characters are not allowed" },
		{ "\"a\\u0081\"", "yaml: control characters are not allowed" },
		{ "{\"a\\u0085\": 1}",
		  "yaml: line 1: did not find expected ',' or '}'" },
	};

	(void)state;
	CHECK(rows, YAML_FORM_HELM);
}

static void test_literals(void **state)
{
	static const struct row rows[] = {
		{ "\"a\\nb\"", "|-\n  a\n  b\n" },
		{ "{\"k\":\"a\\n\"}", "k: |\n  a\n" },
		{ "{\"k\":\"a\\n\\n\",\"l\":1}", "k: |+\n  a\n\nl: 1\n" },
		{ "[\"\\n\"]", "- |2+\n\n" },
		{ "[\"  a\\nb\\n\"]", "- |2\n    a\n  b\n" },
		{ "[\"\\na\"]", "- |2-\n\n  a\n" },
		{ "[\"a\\n\\n\\nb\\n\"]", "- |\n  a\n\n\n  b\n" },
		{ "[\"a \\nb\"]", "- \"a \\nb\"\n" },
		{ "[\"a\\nb \"]", "- \"a\\nb \"\n" },
		{ "[\"a\\tb\\nc\"]", "- \"a\\tb\\nc\"\n" },
	};

	(void)state;
	CHECK(rows, YAML_FORM_HELM);
}

static void test_numbers(void **state)
{
	static const struct row rows[] = {
		{ "[1.0, 1.5, 1e6, 1234567.5, 1e-7, 1e20, 1e21, -0.0]",
		  "- 1\n- 1.5\n- 1000000\n- 1.2345675e+06\n- 1e-07\n- 1e+20\n"
		  "- 1e+21\n- 0\n" },
		{ "[1.234567890123456789e18, 9.223372036854775807e18, "
		  "1.8446744073709552e19, -9.3e18]",
		  "- 1234567890123456800\n- 9223372036854776000\n"
		  "- 1.8446744073709552e+19\n- -9.3e+18\n" },
		{ "[18446744073709551615, -9223372036854775808]",
		  "- 18446744073709551615\n- -9223372036854775808\n" },
	};

	(void)state;
	CHECK(rows, YAML_FORM_HELM);
}

static void test_nesting(void **state)
{
	static const struct row rows[] = {
		{ "{\"a\":[1,{\"b\":[2],\"c\":{}}],\"d\":{\"e\":[]}}",
		  "a:\n- 1\n- b:\n  - 2\n  c: {}\nd:\n  e: []\n" },
		{ "[[1,[2,[3]]],[],{},[{}],[[]]]",
		  "- - 1\n  - - 2\n    - - 3\n- []\n- {}\n- - {}\n- - []\n" },
		{ "[{\"b\":\"x\\n\",\"a\":[\"y\\n\"]}]",
		  "- a:\n  - |\n    y\n  b: |\n    x\n" },
		{ "{}", "{}\n" },
		{ "null", "null\n" },
		{ "{\"" A130 "\":[1],\"x\\ny\":{\"z\":1}}",
		  "? " A130 "\n: - 1\n? |-\n  x\n  y\n: z: 1\n" },
	};

	(void)state;
	CHECK(rows, YAML_FORM_HELM);
}

static void test_folding(void **state)
{
	static const struct row rows[] = {
		{ "{\"k\":\"" A50 A50 " b  c d\"}",
		  "k: " A50 A50 "\n  b  c d\n" },
		{ "[\"x: " A50 A50 " b\"]", "- 'x: " A50 A50 "\n  b'\n" },
		{ "[\"\\t" A50 A50 "   b\"]",
		  "- \"\\t" A50 A50 "\n  \\  b\"\n" },
		{ "{\"a\":[\"" A50 A50 " b\"]}", "a:\n- " A50 A50 "\n  b\n" },
		/* A key stays on its line. */
		{ "{\"" A50 A50 " b\":1}", A50 A50 " b: 1\n" },
		{ "{\"k\":\"" A50 A50 "  b\"}", "k: " A50 A50 "  b\n" },
	};

	(void)state;
	CHECK(rows, YAML_FORM_HELM);
}

static void test_order(void **state)
{
	static const struct row rows[] = {
		{ "{\"a10\":1,\"a2\":1,\"a-b\":1,\"aa\":1,\"Z\":1,\"10\":1,"
		  "\"9\":1,\"010\":1,\"_x\":1,\"\":1,\"a01\":1,\"a1\":1}",
		  "\"\": 1\n_x: 1\n\"9\": 1\n\"10\": 1\n\"010\": 1\nZ: 1\n"
		  "a-b: 1\na1: 1\na01: 1\na2: 1\na10: 1\naa: 1\n" },
		{ "{\"1.10\":1,\"1.9\":1,\"x01y1\":1,\"x1y2\":1}",
		  "\"1.9\": 1\n\"1.10\": 1\nx1y2: 1\nx01y1: 1\n" },
	};

	(void)state;
	CHECK(rows, YAML_FORM_HELM);
	assert_true(yaml_compare_keys("a2", 2, "a10", 3) < 0);
	assert_true(yaml_compare_keys("a10", 3, "a2", 2) > 0);
	assert_true(yaml_compare_keys("a", 1, "a", 1) == 0);
}

static void test_pretty(void **state)
{
	static const struct row rows[] = {
		{ "{\"a\":[1,{\"b\":[2]}],\"c\":1e6}",
		  "a:\n  - 1\n  - b:\n      - 2\nc: 1e+06\n" },
		{ "[\"" A50 A50 " b\"]", "- " A50 A50 " b\n" },
		{ "[\"a\\tb\\nc\",\"\\na\",\"on\"]",
		  "- |-\n  a\tb\n  c\n- |2-\n\n  a\n- \"on\"\n" },
		{ "{\"1b\":1,\"12\":1}", "1b: 1\n\"12\": 1\n" },
	};

	(void)state;
	CHECK(rows, YAML_FORM_PRETTY);
}

static void test_raw(void **state)
{
	static const struct row rows[] = {
		{ "{\"b\":[1.5,{\"d\":null}],\"a\":\"0o-7\"}",
		  "b:\n- 1.5\n- d: null\na: \"0o-7\"\n" },
		{ "\"a\\u0085b\"", "\"a\\Nb\"\n" },
	};

	(void)state;
	CHECK(rows, YAML_FORM_RAW);
}

static const char *rebuilt(struct arena *arena, const char *yaml)
{
	struct yaml_options options = { .dialect = YAML_KUSTOMIZE };
	struct source *source = source_new(arena, "in.yaml", SOURCE_MANIFEST,
					   yaml, strlen(yaml));
	struct yaml_problem problem;
	struct value *value =
		yaml_read(arena, source, 0, source->len, &options, &problem);

	assert_non_null(value);
	return emitted(arena, value, YAML_FORM_KUSTOMIZE);
}

static void test_kustomize(void **state)
{
	static const struct row rows[] = {
		{ "[0644, 08, 1_000, 1.0, 1e20, -0.0, 1e400, yes, y]",
		  "- 420\n- 8\n- 1000\n- 1\n- 1e+20\n- 0\n- 1e400\n"
		  "- \"yes\"\n- \"y\"\n" },
		{ "- 2020-1-2\n- 2020-01-01t10:20:30.500+02:00\n"
		  "- 2020-1-1 1:2:3.250\n- 2020-02-30\n",
		  "- \"2020-01-02T00:00:00Z\"\n"
		  "- \"2020-01-01T10:20:30.5+02:00\"\n"
		  "- \"2020-01-01T01:02:03.25Z\"\n- 2020-02-30\n" },
		{ "[2020-01-01, 2020-1-1 1:2:3]",
		  "- \"2020-01-01T00:00:00Z\"\n- \"2020-1-1 1:2:3\"\n" },
		{ "{a: , b: ~}", "a: \"\"\nb: null\n" },
		{ "a:\nb: ~\n", "a: null\nb: null\n" },
		{ "[!!binary aGk=, !!str 1, !x 2, ! 3]",
		  "- hi\n- \"1\"\n- \"2\"\n- 3\n" },
		/* Folded texts are printed once on the way. */
		{ "a: >\n  x\n    y\n", "a: |\n  x\n\n    y\n" },
		{ "a: >+\n  x\n  y\n\n", "a: |+\n  x y\n\n\n" },
		{ "1: x\n0x10: y\n", "\"0x10\": \"y\"\n\"1\": x\n" },
		{ "a: {1: x}",
		  "json: unsupported type: map[interface {}]interface {}" },
		{ "a: .inf", "json: unsupported value: +Inf" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct arena *arena = arena_new();

		assert_string_equal(rebuilt(arena, rows[i].in), rows[i].want);
		arena_free(arena);
	}
}

/* A transformer wrote the text; its type shows when it is printed. */
static void test_late_types(void **state)
{
	struct arena *arena = arena_new();
	struct value *value = value_new_cstring(arena, NULL, "0644");

	(void)state;
	assert_string_equal(emitted(arena, value, YAML_FORM_KUSTOMIZE),
			    "\"0644\"\n");
	value->style = VALUE_STYLE_PLAIN;
	assert_string_equal(emitted(arena, value, YAML_FORM_KUSTOMIZE),
			    "420\n");
	value->tag = VALUE_TAG_STR;
	assert_string_equal(emitted(arena, value, YAML_FORM_KUSTOMIZE),
			    "\"0644\"\n");
	arena_free(arena);
}

/* Each key and each scalar leads to what it shows. */
static void test_marks(void **state)
{
	static const char yaml[] = "image: {tag: v1, args: [a, b]}\n";
	struct arena *arena = arena_new();
	struct source *page = source_new(arena, "page.yaml", SOURCE_TEMPLATE,
					 "{{ toYaml .x }}", 15);
	struct source *values = source_new(arena, "values.yaml", SOURCE_VALUES,
					   yaml, strlen(yaml));
	struct yaml_options options = { .dialect = YAML_HELM };
	struct frame frame = { .source = page };
	struct mark_context marks = { .frame = &frame, .call = 3 };
	struct yaml_problem problem;
	struct value *value =
		yaml_read(arena, values, 0, values->len, &options, &problem);
	static const struct {
		uint32_t at;
		uint32_t from;
	} want[] = { { 0, 0 },   { 9, 17 }, { 19, 24 },
		     { 25, 27 }, { 29, 8 }, { 34, 13 } };
	const char *error;
	struct text text;
	struct str out;

	(void)state;
	str_init(&out, arena);
	assert_true(yaml_emit(&out, value, YAML_FORM_HELM, &marks, &error));
	text = str_finish(&out);
	assert_string_equal(text.at, "image:\n  args:\n  - a\n  - b\n"
				     "  tag: v1\n");
	assert_int_equal(text.map->count, ARRAY_COUNT(want));
	for (size_t i = 0; i < ARRAY_COUNT(want); i++) {
		const struct segment *segment = &text.map->segments[i];

		assert_int_equal(segment->begin, 3);
		assert_ptr_equal(segment->frame, &frame);
		assert_int_equal(segment->at, want[i].at);
		assert_int_equal(segment->from->begin, want[i].from);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_literals),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_nesting),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_pretty),
		cmocka_unit_test(test_raw),
		cmocka_unit_test(test_kustomize),
		cmocka_unit_test(test_late_types),
		cmocka_unit_test(test_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
