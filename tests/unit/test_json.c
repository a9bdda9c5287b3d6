/*
 * JSON in and out; answers are those of Go's encoding/json.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"

static struct source *source_of(struct arena *arena, const char *text)
{
	return source_new(arena, "in.json", SOURCE_VALUES, text, strlen(text));
}

static const char *written(struct arena *arena, const struct value *value,
			   const struct json_options *options)
{
	const char *error;
	struct str out;

	str_init(&out, arena);
	if (!json_write(&out, value, options, NULL, &error))
		return error;
	return str_text(&out);
}

static const char *through(struct arena *arena, const char *text, bool integers,
			   const struct json_options *options)
{
	struct source *source = source_of(arena, text);
	struct json_problem problem;
	struct value *value =
		json_read(arena, source, 0, source->len, integers, &problem);

	return value ? written(arena, value, options) : problem.text;
}

struct row {
	const char *json;
	const char *want;
};

static void check_rows(const struct row *rows, size_t count, bool integers,
		       const struct json_options *options)
{
	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();

		assert_string_equal(
			through(arena, rows[i].json, integers, options),
			rows[i].want);
		arena_free(arena);
	}
}

static void test_compact(void **state)
{
	static const struct row rows[] = {
		{ " {\"b\" : [1, 2.50, -0], \"a\":{}, \"A\":[]} ",
		  "{\"A\":[],\"a\":{},\"b\":[1,2.5,-0]}" },
		{ "[1e21, 1e20, 1e-6, 1e-7, 123456789012345678]",
		  "[1e+21,100000000000000000000,0.000001,1e-7,"
		  "123456789012345680]" },
		{ "{\"a\":1,\"a\":2}", "{\"a\":2}" },
		{ "\"<a href='x'>&\"", "\"\\u003ca href='x'\\u003e\\u0026\"" },
		{ "\"\\b\\f\\n\\r\\t\\u0001\\u007f\\/\\\\\\\"\"",
		  "\"\\b\\f\\n\\r\\t\\u0001\x7F/\\\\\\\"\"" },
		{ "\"\\u2028\\u2029\\u00e9\\ud83d\\ude00\"",
		  "\"\\u2028\\u2029\xC3\xA9\xF0\x9F\x98\x80\"" },
		{ "\"\\ud83d x \\ude00\"", "\"\xEF\xBF\xBD x \xEF\xBF\xBD\"" },
		{ "\"\xFF\"", "\"\xEF\xBF\xBD\"" },
		{ "[true,false,null,\"\"]", "[true,false,null,\"\"]" },
	};

	(void)state;
	check_rows(rows, ARRAY_COUNT(rows), false, NULL);
}

static void test_integers(void **state)
{
	static const struct row rows[] = {
		{ "[123456789012345678, 18446744073709551615, 1.0, 1e2]",
		  "[123456789012345678,18446744073709551615,1,100]" },
		{ "18446744073709551616", "18446744073709552000" },
	};

	(void)state;
	check_rows(rows, ARRAY_COUNT(rows), true, NULL);
}

static void test_layout(void **state)
{
	static const struct json_options pretty = { .indent = "  " };
	static const struct json_options raw = { .raw = true,
						 .keep_order = true };
	static const struct row laid_out[] = {
		{ "{\"b\":[1,{}],\"a\":{\"c\":[]}}",
		  "{\n  \"a\": {\n    \"c\": []\n  },\n  \"b\": [\n    1,\n"
		  "    {}\n  ]\n}" },
		{ "[]", "[]" },
	};
	static const struct row as_is[] = {
		{ "{\"b\":\"<&>\",\"a\":\"\\u2028\"}",
		  "{\"b\":\"<&>\",\"a\":\"\\u2028\"}" },
	};

	(void)state;
	check_rows(laid_out, ARRAY_COUNT(laid_out), false, &pretty);
	check_rows(as_is, ARRAY_COUNT(as_is), false, &raw);
}

static void test_faults(void **state)
{
	static const struct row rows[] = {
		{ "", "unexpected end of JSON input" },
		{ "{\"a\":", "unexpected end of JSON input" },
		{ "x", "invalid character 'x' looking for beginning of value" },
		{ "[1,]",
		  "invalid character ']' looking for beginning of value" },
		{ "{\"a\":1,}", "invalid character '}' looking for beginning "
				"of object key string" },
		{ "{a:1}", "invalid character 'a' looking for beginning of "
			   "object key string" },
		{ "{\"a\" 1}", "invalid character '1' after object key" },
		{ "{\"a\":1 2}",
		  "invalid character '2' after object key:value pair" },
		{ "[1 2]", "invalid character '2' after array element" },
		{ "1 2", "invalid character '2' after top-level value" },
		{ "01", "invalid character '1' after top-level value" },
		{ "trux", "invalid character 'x' in literal true (expecting "
			  "'e')" },
		{ "nul", "invalid character ' ' in literal null (expecting "
			 "'l')" },
		{ "\"a\nb\"", "invalid character '\\n' in string literal" },
		{ "\"\\x\"", "invalid character 'x' in string escape code" },
		{ "\"\\u12g\"", "invalid character 'g' in \\u hexadecimal "
				"character escape" },
		{ "-", "invalid character ' ' in numeric literal" },
		{ "1.x", "invalid character 'x' after decimal point in numeric "
			 "literal" },
		{ "1e+", "invalid character ' ' in exponent of numeric "
			 "literal" },
		{ "1e400", "json: cannot unmarshal number 1e400 into Go value "
			   "of type float64" },
		{ "[\xC2\xA9]", "invalid character '\xC3\x82' looking for "
				"beginning of value" },
	};

	(void)state;
	check_rows(rows, ARRAY_COUNT(rows), false, NULL);
}

static void test_prefix(void **state)
{
	struct arena *arena = arena_new();
	struct source *source = source_of(arena, "a={\"b\":1},c=2");
	struct json_problem problem;
	size_t stopped = 0;
	struct value *value = json_read_prefix(arena, source, 2, source->len,
					       &stopped, &problem);

	(void)state;
	assert_non_null(value);
	assert_int_equal(stopped, 9);
	assert_int_equal(value->origin.begin, 2);
	assert_int_equal(value_get(value, "b")->origin.begin, 7);
	arena_free(arena);
}

static bool write_time(struct str *out, const struct value *value,
		       const char **error)
{
	(void)error;
	str_printf(out, "{\"at\":[%d,\"%s\"]}", 7, (const char *)value->data);
	return true;
}

/* Values of engines print through their class, laid out like the others. */
static void test_opaque(void **state)
{
	static const struct value_class timely = { "time.Time", write_time,
						   NULL };
	static const struct value_class mute = { "chan int", NULL, NULL };
	static const struct json_options pretty = { .indent = " " };
	struct arena *arena = arena_new();
	struct value *value = value_new(arena, VALUE_OPAQUE, NULL);
	char noon[] = "noon";
	const char *error;
	struct str out;

	(void)state;
	value->data = noon;
	value->class = &timely;
	assert_string_equal(written(arena, value, NULL),
			    "{\"at\":[7,\"noon\"]}");
	assert_string_equal(written(arena, value, &pretty),
			    "{\n \"at\": [\n  7,\n  \"noon\"\n ]\n}");
	str_init(&out, arena);
	assert_true(yaml_emit(&out, value, YAML_FORM_HELM, NULL, &error));
	assert_string_equal(str_text(&out), "at:\n- 7\n- noon\n");
	value->class = &mute;
	assert_string_equal(written(arena, value, NULL),
			    "json: unsupported type: chan int");
	arena_free(arena);
}

static void test_unsupported(void **state)
{
	struct arena *arena = arena_new();
	struct value *map = value_new_map(arena, NULL);
	struct value *bytes = value_new_string(arena, NULL, "h\xFFi", 3);

	(void)state;
	assert_string_equal(
		written(arena, value_new_float(arena, NULL, (double)INFINITY),
			NULL),
		"json: unsupported value: +Inf");
	assert_string_equal(written(arena, bytes, NULL), "\"h\\ufffdi\"");
	bytes->kind = VALUE_BYTES;
	assert_string_equal(written(arena, bytes, NULL), "\"aP9p\"");
	value_set(arena, map, "self", map);
	assert_string_equal(written(arena, map, NULL),
			    "json: unsupported value: encountered a cycle via "
			    "map[string]interface {}");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compact),
		cmocka_unit_test(test_integers),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_opaque),
		cmocka_unit_test(test_unsupported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
