/*
 * Where in a schema there are others, draft by draft.
 */
#include "model/schema/keywords.h"

#include "base/attr.h"
#include "model/value.h"

/* What a keyword holds. */
enum form {
	FORM_ONE,
	FORM_LIST,
	FORM_NAMED
};

struct keyword {
	const char *word;
	enum form form;
	enum schema_draft since;
};

static const struct keyword applied[] = {
	{ "allOf", FORM_LIST, DRAFT_4 },
	{ "anyOf", FORM_LIST, DRAFT_4 },
	{ "oneOf", FORM_LIST, DRAFT_4 },
	{ "not", FORM_ONE, DRAFT_4 },
	{ "items", FORM_LIST, DRAFT_4 },
	{ "items", FORM_ONE, DRAFT_4 },
	{ "properties", FORM_NAMED, DRAFT_4 },
	{ "patternProperties", FORM_NAMED, DRAFT_4 },
	{ "additionalProperties", FORM_ONE, DRAFT_4 },
	{ "dependencies", FORM_NAMED, DRAFT_4 },
	{ "contains", FORM_ONE, DRAFT_6 },
	{ "propertyNames", FORM_ONE, DRAFT_6 },
	{ "if", FORM_ONE, DRAFT_7 },
	{ "dependentSchemas", FORM_NAMED, DRAFT_2019 },
	{ "unevaluatedItems", FORM_ONE, DRAFT_2019 },
	{ "unevaluatedProperties", FORM_ONE, DRAFT_2019 },
	{ "prefixItems", FORM_LIST, DRAFT_2020 },
};

/* Where there are schemas too, to be used or not. */
static const struct keyword kept[] = {
	{ "definitions", FORM_NAMED, DRAFT_4 },
	{ "additionalItems", FORM_ONE, DRAFT_4 },
	{ "then", FORM_ONE, DRAFT_7 },
	{ "else", FORM_ONE, DRAFT_7 },
	{ "$defs", FORM_NAMED, DRAFT_2019 },
	{ "contentSchema", FORM_ONE, DRAFT_2019 },
};

static void take_all(const struct value *schema, const struct keyword *keyword,
		     schema_taker *take, void *context)
{
	const struct value *held = value_get(schema, keyword->word);
	const struct value_entry *entry;
	const struct value *item;

	switch (keyword->form) {
	case FORM_ONE:
		if (held)
			take(context, held);
		break;
	case FORM_LIST:
		list_foreach (item, held)
			take(context, item);
		break;
	case FORM_NAMED:
		value_foreach (entry, held)
			take(context, entry->value);
		break;
	}
}

void schema_each_applied(const struct value *schema, enum schema_draft draft,
			 schema_taker *take, void *context)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(applied); i++)
		if (draft >= applied[i].since)
			take_all(schema, &applied[i], take, context);
}

void schema_each_below(const struct value *schema, enum schema_draft draft,
		       schema_taker *take, void *context)
{
	size_t i;

	schema_each_applied(schema, draft, take, context);
	for (i = 0; i < ARRAY_COUNT(kept); i++)
		if (draft >= kept[i].since)
			take_all(schema, &kept[i], take, context);
}
