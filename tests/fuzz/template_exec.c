/*
 * Templates, parsed and run over a small tree of values.  The text that comes
 * out has a map, sorted and without gaps, whose every segment lies in a source.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "templates/template.h"

enum {
	MOST_STEPS = 20000,
	MOST_OUTPUT = 1 << 20,
	MOST_DEPTH = 50
};

static const char values[] = "a: {b: 1, c: {d: x}}\n"
			     "l: [1, two, null, {k: v}]\n"
			     "s: \"{{ .Values.n }} <no value>\"\n"
			     "n: 5\nf: 1.5\nt: true\nz: null\ne: {}\n";

static void must(bool holds)
{
	if (!holds)
		abort();
}

static struct value *make_dot(struct arena *arena)
{
	struct yaml_options options = { .dialect = YAML_HELM,
					.json_numbers = true };
	struct source *source = source_new(arena, "values.yaml", SOURCE_VALUES,
					   values, sizeof(values) - 1);
	struct yaml_problem problem = { .text = NULL };
	struct value *dot = value_new_map(arena, NULL), *read;

	read = yaml_read(arena, source, 0, source->len, &options, &problem);
	must(read != NULL);
	value_set(arena, dot, "Values", read);
	return dot;
}

static void check_map(const struct str *out)
{
	uint32_t i;

	for (i = 0; i < out->count; i++) {
		const struct segment *segment = &out->segments[i];

		must(segment->at <= out->len);
		must(!i || segment->at > segment[-1].at);
		must(segment->frame && segment->frame->source);
		must(segment->begin <= segment->frame->source->len);
	}
	must(!out->len || (out->count && out->segments[0].at == 0));
}

static void check_diags(const struct diag_sink *diags, bool failed)
{
	must(failed == (diags->errors == 1));
	if (!failed)
		return;
	must(diags->diags.items[0]->native != NULL);
	must(diags->diags.items[0]->message[0] != '\0');
}

static void check_dialect(const char *text, size_t len,
			  enum template_dialect dialect)
{
	struct arena *arena = arena_new();
	struct limits limits = limits_default();
	struct template_options options = { .dialect = dialect,
					    .limits = &limits };
	struct template_set *set = template_set_new(arena, dialect);
	struct source *source =
		source_new(arena, "a.yaml", SOURCE_TEMPLATE, text, len);
	struct fact_log facts;
	struct diag_sink diags;
	struct str out;
	bool good;

	limits.template_steps = MOST_STEPS;
	limits.output_size = MOST_OUTPUT;
	limits.template_depth = MOST_DEPTH;
	fact_log_init(&facts, arena);
	options.facts = &facts;
	diag_sink_init(&diags, arena);
	str_init(&out, arena);
	good = template_set_add(set, "a.yaml", source, &diags) &&
	       template_run(template_run_new(set, arena, &diags, &options),
			    "a.yaml", make_dot(arena), &out);
	check_diags(&diags, !good);
	if (good)
		check_map(&out);
	else
		must(!out.len && !out.count);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		abort();
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	check_dialect(text, size, TEMPLATE_HELM3);
	check_dialect(text, size, TEMPLATE_HELM4);
	free(text);
	return 0;
}
