/*
 * Arguments of --set and its like, in both dialects: the first byte says
 * which.  What was set has to lie inside the argument.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "model/value.h"
#include "templates/chart.h"
#include "templates/chart_values.h"

static bool read_file(void *context, const char *path, struct text *text,
		      const char **problem)
{
	(void)context;
	*problem = "no such file";
	*text = text_of(path, strlen(path));
	return *path != '!';
}

static void check_places(const struct value *value, size_t len)
{
	const struct value_entry *entry;
	const struct value *item;

	if (value->origin.begin + value->origin.length > len)
		abort();
	value_foreach (entry, value) {
		check_places(entry->value, len);
	}
	list_foreach (item, value) {
		check_places(item, len);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct chart_setting setting = { .read = read_file };
	struct source *argument;
	struct diag_sink diags;
	struct value *values;

	if (size) {
		setting.form = (enum strvals_form)(data[0] % 5);
		setting.dialect = data[0] & 0x80 ? CHART_HELM4 : CHART_HELM3;
		data++;
		size--;
	}
	diag_sink_init(&diags, arena);
	values = value_new_map(arena, NULL);
	argument = source_new(arena, "--set", SOURCE_VALUES,
			      arena_strndup(arena, (const char *)data, size),
			      size);
	if (chart_values_set(arena, &diags, values, argument, &setting))
		check_places(values, size);
	else if (!diags.errors)
		abort();
	arena_free(arena);
	return 0;
}
