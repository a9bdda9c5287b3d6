/*
 * YAML into values; answers are those of go-yaml v2 behind sigs.k8s.io/yaml
 * (YAML_HELM) and of Kustomize's reader.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_read.h"

static struct source *source_of(struct arena *arena, const char *text)
{
	return source_new(arena, "in.yaml", SOURCE_MANIFEST, text,
			  strlen(text));
}

/* The tree as JSON, or go-yaml's words for what is wrong. */
static const char *outcome(struct arena *arena, const char *text,
			   enum yaml_dialect dialect)
{
	struct yaml_options options = { .dialect = dialect,
					.json_numbers = dialect == YAML_HELM };
	struct source *source = source_of(arena, text);
	struct yaml_problem problem;
	struct value *value =
		yaml_read(arena, source, 0, source->len, &options, &problem);
	const char *error;
	struct str out;

	if (!value)
		return yaml_problem_go(arena, &problem);
	str_init(&out, arena);
	if (!json_write(&out, value, NULL, NULL, &error))
		return error;
	return str_text(&out);
}

struct row {
	const char *yaml;
	const char *want;
};

static void check_rows(const struct row *rows, size_t count,
		       enum yaml_dialect dialect)
{
	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();

		assert_string_equal(outcome(arena, rows[i].yaml, dialect),
				    rows[i].want);
		arena_free(arena);
	}
}

#define CHECK(rows, dialect) check_rows(rows, ARRAY_COUNT(rows), dialect)

static void test_helm_scalars(void **state)
{
	static const struct row rows[] = {
		{ "[yes, No, ON, off, y, n, true, FALSE]",
		  "[true,false,true,false,true,false,true,false]" },
		{ "[~, null, Null, NULL, nULL]",
		  "[null,null,null,null,\"nULL\"]" },
		{ "[0755, 0o17, 0x1F, 0b101, +7, -0x1, 1_000, 0b-1]",
		  "[493,15,31,5,7,-1,1000,-1]" },
		{ "[08, 09.5, .5, 5., 1e3, -.5e1, 1__0]",
		  "[8,9.5,0.5,5,1000,-5,10]" },
		{ "[12:30, 2001-01-01, 1e400, 0x, nan, '1', \"1\"]",
		  "[\"12:30\",\"2001-01-01\",\"1e400\",\"0x\",\"nan\",\"1\","
		  "\"1\"]" },
		{ "9223372036854775808", "9223372036854776000" },
		{ "18446744073709551616", "18446744073709552000" },
		{ ".inf", "json: unsupported value: +Inf" },
		{ "[!!str 12, !!int \"12\", !!float 3, !x 5, !!binary aGk=]",
		  "[\"12\",12,3,\"5\",\"hi\"]" },
		{ "!!int x", "yaml: cannot decode !!str `x` as a !!int" },
		{ "!!binary '@'",
		  "yaml: !!binary value contains invalid base64 data" },
		{ "", "null" },
		{ "# nothing\n", "null" },
		{ "a: 1\n---\nb: 2\n", "{\"a\":1}" },
	};

	(void)state;
	CHECK(rows, YAML_HELM);
}

static void test_helm_keys(void **state)
{
	static const struct row rows[] = {
		{ "{1: a, 2.5: b, true: c, no: d, 0x10: e, 1e3: f, 010: g}",
		  "{\"1\":\"a\",\"1000\":\"f\",\"16\":\"e\",\"2.5\":\"b\","
		  "\"8\":\"g\",\"false\":\"d\",\"true\":\"c\"}" },
		{ "n: 3", "{\"false\":3}" },
		{ "1e6: a", "{\"1e+06\":\"a\"}" },
		{ "16777217.0: a", "{\"1.6777216e+07\":\"a\"}" },
		{ "~: 1", "unsupported map key of type: %!s(<nil>), key: "
			  "<nil>, value: 1" },
		{ "{{ x }}", "yaml: invalid map key: map[interface {}]"
			     "interface {}{\"x\":interface {}(nil)}" },
		{ "a: 1\nb: 2\na: 3\n", "{\"a\":3,\"b\":2}" },
	};

	(void)state;
	CHECK(rows, YAML_HELM);
}

static void test_helm_aliases(void **state)
{
	static const struct row rows[] = {
		{ "x: &x {a: 1}\nz: *x\n",
		  "{\"x\":{\"a\":1},\"z\":{\"a\":1}}" },
		/* Keys before << lose to it, those behind it win. */
		{ "x: &x {a: 1, b: 2}\nz:\n  a: 8\n  <<: *x\n  b: 9\n",
		  "{\"x\":{\"a\":1,\"b\":2},\"z\":{\"a\":1,\"b\":9}}" },
		{ "<<: [{a: 1}, {a: 2, b: 3}]", "{\"a\":1,\"b\":3}" },
		{ "\"<<\": {a: 1}", "{\"\\u003c\\u003c\":{\"a\":1}}" },
		{ "<<: 1", "yaml: map merge requires map or sequence of maps "
			   "as the value" },
		{ "a: *x", "yaml: unknown anchor 'x' referenced" },
		{ "a: &x [*x]", "yaml: anchor 'x' value contains itself" },
		/* A fault of syntax comes before one of content. */
		{ "a: &x [*x]\nb: [\n",
		  "yaml: line 2: did not find expected node content" },
	};

	(void)state;
	CHECK(rows, YAML_HELM);
}

/* Line numbers are go-yaml's, which are one less for faults of grammar. */
static void test_helm_faults(void **state)
{
	static const struct row rows[] = {
		{ "a: 1\n  b: 2\n", "yaml: line 2: mapping values are not "
				    "allowed in this context" },
		{ "a:\n\tb: 1\n", "yaml: line 2: found character that cannot "
				  "start any token" },
		{ "a: \"x\nb: 1",
		  "yaml: line 2: found unexpected end of stream" },
		{ "a: b: c", "yaml: mapping values are not allowed in this "
			     "context" },
		{ "a: 1\nfoo\n", "yaml: line 3: could not find expected ':'" },
		{ "a: 1\nfoo\n# x",
		  "yaml: line 3: could not find expected ':'" },
		{ "a: 1\n'foo'\n# x",
		  "yaml: line 4: could not find expected ':'" },
		{ "a: \x01", "yaml: control characters are not allowed" },
		{ "a: \xFF", "yaml: invalid leading UTF-8 octet" },
	};

	(void)state;
	CHECK(rows, YAML_HELM);
}

/* What libyaml reads otherwise. */
static void test_helm_is_not_libyaml(void **state)
{
	static const struct row rows[] = {
		{ "[x?, y]", "yaml: did not find expected ',' or ']'" },
		{ "a:\n  {b: http://x?y}\n",
		  "yaml: line 1: did not find expected ',' or '}'" },
		{ "{a:, b: 1}", "{\"a:\":null,\"b\":1}" },
		{ "[x:, {y:}, \"z\":1]", "[\"x:\",{\"y:\":null},{\"z\":1}]" },
		{ "a: \"it\\'s\"", "{\"a\":\"it's\"}" },
		{ "\xEF\xBB\xBF"
		  "a: 1\n",
		  "{\"a\":1}" },
		{ "a: 1\n\xEF\xBB\xBF"
		  "b: 2\n",
		  "{\"a\":1,\"\xEF\xBB\xBF"
		  "b\":2}" },
		{ "! 12", "\"12\"" },
	};

	(void)state;
	CHECK(rows, YAML_HELM);
}

static void test_kustomize(void **state)
{
	static const struct row rows[] = {
		{ "[yes, on, y, True, Off]",
		  "[\"yes\",\"on\",\"y\",true,\"Off\"]" },
		{ "[0644, 08, 0o17, 0o-7, 1e400, ! 12]",
		  "[420,8,15,-7,\"1e400\",12]" },
		/* Keys that are written win, and so do earlier maps. */
		{ "x: &x {a: 1, b: 2}\ny: {<<: *x, a: 5}\n",
		  "{\"x\":{\"a\":1,\"b\":2},\"y\":{\"a\":5,\"b\":2}}" },
		{ "b: 3\n<<: [{a: 1, b: 2}, {a: 9, c: 4}]\n",
		  "{\"a\":1,\"b\":3,\"c\":4}" },
		{ "{0x10: a}", "{\"0x10\":\"a\"}" },
		{ "[x:, {y:}]", "[\"x:\",{\"y:\":null}]" },
		{ "a: 1\nb: [x?]\n",
		  "yaml: line 1: did not find expected ',' or ']'" },
		/* Version 3 has looked at what follows the document. */
		{ "\"a\":v\n1: 2\n", "yaml: line 2: mapping values are not "
				     "allowed in this context" },
	};

	(void)state;
	CHECK(rows, YAML_KUSTOMIZE);
}

static void test_core(void **state)
{
	static const struct row rows[] = {
		{ "[yes, 010, 0o10, 0x1f, 1_0, 2001-01-01, .5, +3]",
		  "[\"yes\",10,8,31,\"1_0\",\"2001-01-01\",0.5,3]" },
	};

	(void)state;
	CHECK(rows, YAML_CORE);
}

static struct value *read_kustomize(struct arena *arena, const char *text,
				    struct fact_log *facts)
{
	struct yaml_options options = { .dialect = YAML_KUSTOMIZE,
					.facts = facts };
	struct source *source = source_of(arena, text);
	struct yaml_problem problem;
	struct value *value =
		yaml_read(arena, source, 0, source->len, &options, &problem);

	assert_non_null(value);
	return value;
}

static void expect_place(const struct origin *origin, const char *want)
{
	assert_int_equal(origin->length, strlen(want));
	assert_memory_equal(origin_source(origin)->text + origin->begin, want,
			    strlen(want));
}

static void test_places(void **state)
{
	static const char text[] = "caf\xC3\xA9: \xE4\xB8\xAD # c\n"
				   "tag: !!str &x  12\n"
				   "lit: |\n\n    one\n    two\n\n"
				   "list:\n- 'a'\n- [b, {c: d}]\n"
				   "none:\nref: *x\n";
	struct arena *arena = arena_new();
	struct value *map = read_kustomize(arena, text, NULL);
	const struct value *list = value_get(map, "list");
	const struct value *ref = value_get(map, "ref");

	(void)state;
	expect_place(&value_entry_at(map, 0)->origin, "caf\xC3\xA9");
	expect_place(&value_entry_at(map, 0)->value->origin, "\xE4\xB8\xAD");
	expect_place(&value_get(map, "tag")->origin, "12");
	expect_place(&value_get(map, "lit")->origin, "one\n    two");
	expect_place(&list->origin, "- 'a'\n- [b, {c: d}]");
	expect_place(&value_item(list, 0)->origin, "'a'");
	expect_place(&value_item(list, 1)->origin, "[b, {c: d}]");
	expect_place(&value_get(map, "none")->origin, "");
	assert_int_equal(map->origin.begin, 0);
	expect_place(&ref->origin, "*x");
	assert_int_equal(ref->origin.step, ORIGIN_TOOK);
	expect_place(origin_prev(&ref->origin), "12");
	arena_free(arena);
}

static void test_duplicates(void **state)
{
	struct arena *arena = arena_new();
	struct fact_log facts;
	struct value *map;

	(void)state;
	fact_log_init(&facts, arena);
	map = read_kustomize(arena, "a: 1\nb: 2\na: 3\n", &facts);
	assert_true(map->flags & VALUE_FLAG_DUPLICATE);
	assert_int_equal(facts.facts.count, 1);
	assert_int_equal(facts.facts.items[0].kind, FACT_DUPLICATE_KEY);
	assert_int_equal(facts.facts.items[0].origin.begin, 10);
	/* Both are kept, and the first is found. */
	assert_int_equal(value_count(map), 3);
	assert_int_equal(value_get(map, "a")->integer, 1);
	assert_int_equal(value_entry_at(map, 2)->origin.begin, 10);
	arena_free(arena);
}

static void expect_limit(const char *text, const struct limits *limits)
{
	struct arena *arena = arena_new();
	struct source *source = source_of(arena, text);
	struct yaml_options options = { .dialect = YAML_KUSTOMIZE,
					.limits = limits };
	struct yaml_problem problem;

	assert_null(
		yaml_read(arena, source, 0, source->len, &options, &problem));
	assert_true(problem.limit);
	arena_free(arena);
}

static void test_limits(void **state)
{
	struct limits limits = limits_default();

	(void)state;
	limits.tree_depth = 3;
	expect_limit("[[[[1]]]]", &limits);
	limits.aliases = 10;
	expect_limit("a: &a [1, 2]\nb: &b [*a, *a]\nc: [*b, *b]\n", &limits);
}

static void test_alias_bomb(void **state)
{
	struct arena *arena = arena_new();
	struct str text;

	(void)state;
	str_init(&text, arena);
	str_puts(&text, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 9; i++) {
		str_printf(&text, "a%d: &a%d [", i, i);
		for (int k = 0; k < 9; k++)
			str_printf(&text, "*a%d, ", i - 1);
		str_puts(&text, "]\n");
	}
	assert_string_equal(outcome(arena, str_text(&text), YAML_HELM),
			    "yaml: document contains excessive aliasing");
	arena_free(arena);
}

static void test_reported(void **state)
{
	struct arena *arena = arena_new();
	struct yaml_options options = { .dialect = YAML_HELM };
	struct diag_sink sink;

	(void)state;
	diag_sink_init(&sink, arena);
	assert_null(yaml_read_reported(
		arena, source_of(arena, "a: 1\n  b: 2\n"), &options, &sink));
	assert_int_equal(sink.errors, 1);
	assert_string_equal(sink.diags.items[0]->native,
			    "yaml: line 2: mapping values are not allowed in "
			    "this context");
	assert_int_equal(sink.diags.items[0]->origin.begin, 8);
	assert_non_null(sink.diags.items[0]->help);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_helm_scalars),
		cmocka_unit_test(test_helm_keys),
		cmocka_unit_test(test_helm_aliases),
		cmocka_unit_test(test_helm_faults),
		cmocka_unit_test(test_helm_is_not_libyaml),
		cmocka_unit_test(test_kustomize),
		cmocka_unit_test(test_core),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_alias_bomb),
		cmocka_unit_test(test_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
