#include "templates/chart_values.h"

#include "base/arena.h"
#include "base/origin.h"
#include "base/source.h"
#include "model/value.h"
#include "templates/strvals.h"
#include "templates/values.h"

struct value *chart_values_read(struct arena *arena,
				const struct source *source,
				const struct chart_load_options *how,
				struct diag_sink *diags)
{
	const char *prefix =
		arena_printf(arena, "failed to parse %s: ", source->name);

	return values_read(arena, diags, source, how, prefix);
}

bool chart_values_set(struct arena *arena, struct diag_sink *diags,
		      struct value *into, const struct source *argument,
		      const struct chart_setting *setting)
{
	return strvals_parse(arena, diags, into, argument, setting);
}

/* What stands under the key when `layer` lies over `into`. */
static void lay_entry(struct arena *arena, struct value *into,
		      const struct value_entry *entry)
{
	struct value_entry *old = value_entry(into, entry->key, entry->len);
	struct value *next;

	if (old && value_is_map(old->value) && value_is_map(entry->value)) {
		chart_values_merge(arena, old->value, entry->value);
		return;
	}
	next = value_copy_deep(arena, entry->value);
	if (old)
		next->origin =
			origin_after(arena, &next->origin, ORIGIN_REPLACED,
				     &old->value->origin);
	value_setn(arena, into, entry->key, entry->len, &entry->origin, next);
}

void chart_values_merge(struct arena *arena, struct value *into,
			const struct value *layer)
{
	const struct value_entry *entry;

	if (origin_source(&into->origin))
		value_merged(arena, into, &layer->origin);
	else
		into->origin = layer->origin;
	value_foreach (entry, layer) {
		lay_entry(arena, into, entry);
	}
}
