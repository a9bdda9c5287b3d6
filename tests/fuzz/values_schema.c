/*
 * A schema, a line "---", values.  Applying one to the other ends, within its
 * limits; what is refused is refused in words, and at a node of the values.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/str.h"
#include "model/schema/schema.h"
#include "model/value.h"
#include "model/yaml_read.h"

enum {
	MOST_STEPS = 20000,
	MOST_DEPTH = 50
};

static void check(struct arena *arena, const struct source *schema,
		  const struct value *values)
{
	struct limits limits = limits_default();
	struct schema_options options = { .limits = &limits };
	struct schema_result result;
	struct str text;
	unsigned i;

	limits.schema_steps = MOST_STEPS;
	limits.tree_depth = MOST_DEPTH;
	str_init(&text, arena);
	if (schema_check(arena, schema, values, &options, &text, &result))
		return;
	if (!text.len)
		abort();
	for (i = 0; i < result.count; i++)
		if (!result.items[i].at || !result.items[i].text ||
		    !result.items[i].pointer)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .json_numbers = true };
	struct arena *arena = arena_new();
	const char *text = arena_strndup(arena, (const char *)data, size);
	const char *mark = strstr(text, "\n---\n");
	size_t len = mark ? (size_t)(mark - text) : strlen(text);
	const char *rest = mark ? mark + 5 : "a: 1\n";
	struct source *schema =
		source_new(arena, "values.schema.json", SOURCE_CHART,
			   arena_strndup(arena, text, len), len);
	struct source *source = source_new(arena, "values.yaml", SOURCE_VALUES,
					   rest, strlen(rest));
	struct yaml_problem problem;
	const struct value *values = yaml_read(arena, source, 0, source->len,
					       &options, &problem);

	if (values)
		check(arena, schema, values);
	arena_free(arena);
	return 0;
}
