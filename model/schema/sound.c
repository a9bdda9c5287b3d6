/*
 * Whether a schema is one, seen at once.
 *
 * Helm checks each schema against the metaschema of its draft first, which
 * takes longer than applying it.  Here is what all metaschemas allow, in the
 * forms that people write; the real one is asked about the rest, and has the
 * words for what is wrong.
 */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "model/schema/compile.h"
#include "model/schema/schema_private.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 100,
	NAMES_MAX = 64
};

enum form {
	FORM_DOUBT, /* the metaschemas differ, or it is rare */
	FORM_ANY,
	FORM_BOOL,
	FORM_NUMBER,
	FORM_COUNT,
	FORM_TEXT,
	FORM_LIST,
	FORM_TYPE,
	FORM_NAMES,
	FORM_ENUM,
	FORM_PATTERN,
	FORM_REFERENCE,
	FORM_DRAFT,
	FORM_SCHEMA,
	FORM_SCHEMA_OR_BOOL,
	FORM_SCHEMAS,
	FORM_NAMED,
	FORM_PATTERNS,
};

/* All words of all metaschemas, sorted; any other one may hold anything. */
static const struct keyword {
	const char *word;
	enum form form;
} keywords[] = {
	{ "$anchor", FORM_DOUBT },
	{ "$comment", FORM_TEXT },
	{ "$defs", FORM_NAMED },
	{ "$dynamicAnchor", FORM_DOUBT },
	{ "$dynamicRef", FORM_DOUBT },
	{ "$id", FORM_DOUBT },
	{ "$recursiveAnchor", FORM_DOUBT },
	{ "$recursiveRef", FORM_DOUBT },
	{ "$ref", FORM_REFERENCE },
	{ "$schema", FORM_DRAFT },
	{ "$vocabulary", FORM_DOUBT },
	{ "additionalItems", FORM_SCHEMA_OR_BOOL },
	{ "additionalProperties", FORM_SCHEMA_OR_BOOL },
	{ "allOf", FORM_SCHEMAS },
	{ "anyOf", FORM_SCHEMAS },
	{ "const", FORM_ANY },
	{ "contains", FORM_SCHEMA },
	{ "contentEncoding", FORM_TEXT },
	{ "contentMediaType", FORM_TEXT },
	{ "contentSchema", FORM_SCHEMA },
	{ "default", FORM_ANY },
	{ "definitions", FORM_NAMED },
	{ "dependencies", FORM_DOUBT },
	{ "dependentRequired", FORM_DOUBT },
	{ "dependentSchemas", FORM_DOUBT },
	{ "deprecated", FORM_BOOL },
	{ "description", FORM_TEXT },
	{ "else", FORM_SCHEMA },
	{ "enum", FORM_ENUM },
	{ "examples", FORM_LIST },
	{ "exclusiveMaximum", FORM_DOUBT },
	{ "exclusiveMinimum", FORM_DOUBT },
	{ "format", FORM_TEXT },
	{ "id", FORM_DOUBT },
	{ "if", FORM_SCHEMA },
	{ "items", FORM_SCHEMA },
	{ "maxContains", FORM_COUNT },
	{ "maxItems", FORM_COUNT },
	{ "maxLength", FORM_COUNT },
	{ "maxProperties", FORM_COUNT },
	{ "maximum", FORM_NUMBER },
	{ "minContains", FORM_COUNT },
	{ "minItems", FORM_COUNT },
	{ "minLength", FORM_COUNT },
	{ "minProperties", FORM_COUNT },
	{ "minimum", FORM_NUMBER },
	{ "multipleOf", FORM_DOUBT },
	{ "not", FORM_SCHEMA },
	{ "oneOf", FORM_SCHEMAS },
	{ "pattern", FORM_PATTERN },
	{ "patternProperties", FORM_PATTERNS },
	{ "prefixItems", FORM_SCHEMAS },
	{ "properties", FORM_NAMED },
	{ "propertyNames", FORM_SCHEMA },
	{ "readOnly", FORM_BOOL },
	{ "required", FORM_NAMES },
	{ "then", FORM_SCHEMA },
	{ "title", FORM_TEXT },
	{ "type", FORM_TYPE },
	{ "unevaluatedItems", FORM_DOUBT },
	{ "unevaluatedProperties", FORM_DOUBT },
	{ "uniqueItems", FORM_BOOL },
	{ "writeOnly", FORM_BOOL },
};

static bool is_sound(struct schema_run *run, const struct value *schema,
		     unsigned depth);

static bool is_type(const struct value *value)
{
	static const char *const types[] = { "array",  "boolean", "integer",
					     "null",   "number",  "object",
					     "string", NULL };
	size_t i;

	for (i = 0; types[i]; i++)
		if (value_equals_string(value, types[i]))
			return true;
	return false;
}

/* At least one, and none twice. */
static bool are_different(struct schema_run *run, const struct value *list)
{
	size_t count = value_count(list), i, j;

	if (!value_is_list(list) || !count || count > NAMES_MAX)
		return false;
	for (i = 0; i < count; i++)
		for (j = 0; j < i; j++)
			if (schema_equals(run, value_item(list, i),
					  value_item(list, j)))
				return false;
	return true;
}

static bool are_types(struct schema_run *run, const struct value *list)
{
	const struct value *item;

	list_foreach (item, list)
		if (!is_type(item))
			return false;
	return are_different(run, list);
}

static bool are_names(struct schema_run *run, const struct value *list)
{
	const struct value *item;

	list_foreach (item, list)
		if (!value_is_string(item))
			return false;
	return are_different(run, list);
}

static bool is_pattern(struct schema_run *run, const char *text, size_t len)
{
	return !schema_format_error(run->arena, "regex", text, len);
}

/* Characters that any address may have; the fragment is one name or path. */
static bool is_address(const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-./$";

	text += strspn(text, plain);
	text += *text == '#';
	return text[strspn(text, plain)] == '\0';
}

static bool is_reference(const struct value *value)
{
	return value_is_string(value) && strlen(value->string) == value->len &&
	       is_address(value->string);
}

/* One that has to be fetched stops everything, wherever it stands. */
static bool is_draft(const struct value *value)
{
	enum schema_draft draft;

	return value_is_string(value) && strlen(value->string) == value->len &&
	       schema_known_draft(value->string, &draft);
}

static bool are_schemas(struct schema_run *run, const struct value *list,
			unsigned depth)
{
	const struct value *item;

	list_foreach (item, list)
		if (!is_sound(run, item, depth))
			return false;
	return value_is_list(list) && value_count(list);
}

static bool are_named(struct schema_run *run, const struct value *map,
		      bool patterns, unsigned depth)
{
	const struct value_entry *entry;

	value_foreach (entry, map)
		if (!is_sound(run, entry->value, depth) ||
		    (patterns && !is_pattern(run, entry->key, entry->len)))
			return false;
	return value_is_map(map);
}

static bool is_count(const struct value *value)
{
	return value->kind == VALUE_INT && value->integer >= 0;
}

static bool has_form(struct schema_run *run, const struct value *value,
		     enum form form, unsigned depth)
{
	switch (form) {
	case FORM_ANY:
		return true;
	case FORM_BOOL:
		return value_is_bool(value);
	case FORM_NUMBER:
		return value_is_number(value);
	case FORM_COUNT:
		return is_count(value);
	case FORM_TEXT:
		return value_is_string(value);
	case FORM_LIST:
		return value_is_list(value);
	case FORM_TYPE:
		return is_type(value) || are_types(run, value);
	case FORM_NAMES:
		return are_names(run, value);
	case FORM_ENUM:
		return are_different(run, value);
	case FORM_PATTERN:
		return value_is_string(value) &&
		       is_pattern(run, value->string, value->len);
	case FORM_REFERENCE:
		return is_reference(value);
	case FORM_DRAFT:
		return is_draft(value);
	case FORM_SCHEMA:
		return is_sound(run, value, depth);
	case FORM_SCHEMA_OR_BOOL:
		return value_is_bool(value) || is_sound(run, value, depth);
	case FORM_SCHEMAS:
		return are_schemas(run, value, depth);
	case FORM_NAMED:
	case FORM_PATTERNS:
		return are_named(run, value, form == FORM_PATTERNS, depth);
	case FORM_DOUBT:
		break;
	}
	return false;
}

static int compare_words(const void *key, const void *keyword)
{
	return strcmp(key, ((const struct keyword *)keyword)->word);
}

static bool is_sound(struct schema_run *run, const struct value *schema,
		     unsigned depth)
{
	const struct value_entry *entry;

	if (!value_is_map(schema) || depth > DEPTH_MAX)
		return false;
	value_foreach (entry, schema) {
		const struct keyword *known =
			bsearch(entry->key, keywords, ARRAY_COUNT(keywords),
				sizeof(*keywords), compare_words);

		if (known &&
		    !has_form(run, entry->value, known->form, depth + 1))
			return false;
	}
	return true;
}

bool schema_is_sound(struct schema_run *run, const struct value *schema)
{
	return is_sound(run, schema, 0);
}
