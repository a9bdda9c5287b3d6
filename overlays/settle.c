#include "overlays/settle.h"

#include "model/value.h"
#include "model/yaml_scalar.h"

/* Readers bound the depth of every tree, so recursion is bounded too. */
void settle(struct value *value)
{
	const struct value_entry *entry;
	struct value *item;

	if (value_is_map(value)) {
		value_foreach (entry, value)
			settle(entry->value);
	} else if (value_is_list(value)) {
		list_foreach (item, value)
			settle(item);
	} else if (value_is_string(value) && value->tag == VALUE_TAG_NONE &&
		   value->style == VALUE_STYLE_PLAIN) {
		const char *text = value->string;

		yaml_resolve(YAML_KUSTOMIZE, text, value->len, value);
		if (value->kind != VALUE_STRING)
			value->text = text;
	}
}
