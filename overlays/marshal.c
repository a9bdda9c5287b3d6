#include "overlays/marshal.h"

#include <stddef.h>

#include "model/value.h"
#include "model/yaml_text.h"
#include "overlays/run.h"

static bool hop(struct overlay_run *run, struct value *value, bool *changed,
		const char **error)
{
	struct value_entry *entry;
	struct value *item;

	if (value_is_string(value)) {
		const char *text = value->string;
		size_t len = value->len;

		if (!yaml_text_hop(run->arena, &text, &len, error))
			return false;
		*changed = *changed || text != value->string;
		value->string = text;
		value->len = (uint32_t)len;
		value->segments = NULL;
	}
	list_foreach (item, value)
		if (!hop(run, item, changed, error))
			return false;
	value_foreach (entry, value) {
		const char *key = entry->key;
		size_t len = entry->len;

		if (!yaml_key_hop(run->arena, &key, &len, error) ||
		    !hop(run, entry->value, changed, error))
			return false;
	}
	return true;
}

bool marshal_hop(struct overlay_run *run, const char *plugin,
		 const struct value **config)
{
	struct value *copy = value_copy_deep(run->arena, *config);
	const char *error;
	bool changed = false;

	if (!hop(run, copy, &changed, &error))
		return overlay_fail(
			run, &(*config)->origin,
			overlay_text(run, "builtin %s marshal: %s", plugin,
				     error),
			"a text in here holds what YAML does not take: %s",
			error);
	if (changed)
		*config = copy;
	return true;
}
