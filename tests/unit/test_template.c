/*
 * Where rendered bytes come from, what is noted for rules, and our own words
 * for failures: what a comparison with Helm's output cannot see.
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
#include "base/source.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "templates/template.h"

static const char values[] = "name: web\n"
			     "image: {tag: v1}\n"
			     "text: \"x {{ .Values.name }} y\"\n"
			     "none: null\n"
			     "list: [1, 2]\n";

struct bench {
	struct arena *arena;
	struct diag_sink diags;
	struct fact_log facts;
	struct value *dot;
	struct str out;
	bool good;
};

static void run(struct bench *b, const char *page)
{
	struct yaml_options yaml = { .dialect = YAML_HELM,
				     .json_numbers = true };
	struct template_options options = { .dialect = TEMPLATE_HELM3,
					    .facts = &b->facts };
	struct template_set *set;
	struct yaml_problem problem;
	struct source *source;

	b->arena = arena_new();
	diag_sink_init(&b->diags, b->arena);
	fact_log_init(&b->facts, b->arena);
	str_init(&b->out, b->arena);
	source = source_new(b->arena, "values.yaml", SOURCE_VALUES, values,
			    sizeof(values) - 1);
	b->dot = value_new_map(b->arena, NULL);
	value_set(b->arena, b->dot, "Values",
		  yaml_read(b->arena, source, 0, source->len, &yaml, &problem));
	set = template_set_new(b->arena, TEMPLATE_HELM3);
	source = source_new(b->arena, "page.yaml", SOURCE_TEMPLATE, page,
			    strlen(page));
	b->good = template_set_add(set, "page.yaml", source, &b->diags) &&
		  template_run(
			  template_run_new(set, b->arena, &b->diags, &options),
			  "page.yaml", b->dot, &b->out);
}

/* The place to edit for the byte where `what` stands in the output. */
static const char *place_of(struct bench *b, const char *what)
{
	struct text text = str_finish(&b->out);
	struct source *source = source_new(b->arena, "rendered",
					   SOURCE_RENDERED, text.at, text.len);
	const char *at = strstr(text.at, what);
	struct line_column position;
	struct origin origin;
	struct place place;

	assert_non_null(at);
	source->map = text.map;
	origin = origin_at(source, (size_t)(at - text.at),
			   (size_t)(at - text.at) + strlen(what));
	assert_true(origin_first(&origin, &place));
	position = source_position(place.source, place.begin);
	return arena_printf(b->arena, "%s:%u:%u", place.source->name,
			    position.line, position.column);
}

static void check_place(const char *page, const char *what, const char *where)
{
	struct bench b;

	run(&b, page);
	assert_true(b.good);
	assert_string_equal(place_of(&b, what), where);
	arena_free(b.arena);
}

static void test_places(void **state)
{
	(void)state;
	check_place("a: b\n", "b", "page.yaml:1:4");
	check_place("a: {{ .Values.name }}\n", "web", "values.yaml:1:7");
	check_place("a:\n{{ toYaml .Values.image | indent 2 }}\n", "v1",
		    "values.yaml:2:14");
	check_place("{{ define \"x\" }}k: lit\n{{ end }}a:\n"
		    "{{ include \"x\" . | nindent 2 }}",
		    "lit", "page.yaml:1:20");
	check_place("a: {{ tpl .Values.text . }}\n", "web", "values.yaml:1:7");
	check_place("a: {{ printf \"%s-1\" .Values.name | quote }}\n", "web",
		    "values.yaml:1:7");
	check_place("a: {{ print .Values.none }}<no value>z\n", "z",
		    "page.yaml:1:38");
}

static void check_error(const char *page, const char *message,
			const char *native)
{
	struct bench b;

	run(&b, page);
	assert_false(b.good);
	assert_int_equal(b.out.len, 0);
	assert_int_equal(b.diags.diags.count, 1);
	assert_string_equal(b.diags.diags.items[0]->message, message);
	assert_string_equal(b.diags.diags.items[0]->native, native);
	arena_free(b.arena);
}

static void test_errors(void **state)
{
	(void)state;
	check_error("{{ .Values.imag.tag }}",
		    ".Values.imag is not set, so .tag cannot be read; there is "
		    "\"image\"",
		    "template: page.yaml:1:10: executing \"page.yaml\" at "
		    "<.Values.imag.tag>: nil pointer evaluating interface "
		    "{}.tag");
	check_error("{{ define \"web.label\" }}{{ end }}\n"
		    "{{ include \"web.labels\" . }}",
		    "template \"web.labels\" is not defined; \"web.label\" is",
		    "template: page.yaml:2:3: executing \"page.yaml\" at "
		    "<include \"web.labels\" .>: error calling include: "
		    "template: no template \"web.labels\" associated with "
		    "template \"gotpl\"");
	check_error("{{ uper .Values.name }}",
		    "function \"uper\" not defined; \"upper\" is",
		    "parse error at (page.yaml:1): function \"uper\" not "
		    "defined");
	check_error("{{ required \"a name, please\" .Values.none }}",
		    "a name, please",
		    "execution error at (page.yaml:1:3): a name, please");
	check_error("{{ .Values.name.x }}",
		    ".Values.name is a string, which has no field x",
		    "template: page.yaml:1:10: executing \"page.yaml\" at "
		    "<.Values.name.x>: can't evaluate field x in type "
		    "interface {}");
}

static size_t count_facts(const struct bench *b, enum fact_kind kind)
{
	size_t count = 0, i;

	for (i = 0; i < b->facts.facts.count; i++)
		count += b->facts.facts.items[i].kind == kind;
	return count;
}

static void check_facts(const char *page, enum fact_kind kind, size_t count)
{
	struct bench b;

	run(&b, page);
	assert_true(b.good);
	assert_int_equal(count_facts(&b, kind), count);
	arena_free(b.arena);
}

static void test_facts(void **state)
{
	(void)state;
	check_facts("{{ .Values.nope }}{{ .Values.nope }}",
		    FACT_VALUES_KEY_UNDEFINED, 1);
	check_facts("{{ .Values.nope | default 1 }}{{ default 1 .Values.x }}"
		    "{{ if .Values.y }}{{ end }}{{ range .Values.z }}{{ end }}",
		    FACT_VALUES_KEY_UNDEFINED, 0);
	check_facts("{{ .Values.none }}", FACT_TEMPLATE_NO_VALUE, 1);
	check_facts("{{ .Values.name }}", FACT_TEMPLATE_NO_VALUE, 0);
	check_facts("{{ now | date \"2006\" }}", FACT_TEMPLATE_NONDETERMINISTIC,
		    1);
}

static bool was_read(const struct bench *b, const char *key)
{
	const struct value *all = value_get(b->dot, "Values");

	return (value_get(all, key)->flags & VALUE_FLAG_READ) != 0;
}

static void test_reads(void **state)
{
	struct bench b;

	(void)state;
	run(&b, "{{ .Values.name }}{{ .Values.image.tag }}"
		"{{ index .Values \"list\" }}");
	assert_true(b.good);
	assert_true(was_read(&b, "name"));
	assert_true(was_read(&b, "list"));
	/* Only passed through. */
	assert_false(was_read(&b, "image"));
	assert_false(was_read(&b, "text"));
	arena_free(b.arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
