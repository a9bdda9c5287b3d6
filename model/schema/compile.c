/*
 * What a schema refers to, followed before any value is looked at.
 *
 * Helm compiles all that a schema can come to apply, so that a reference that
 * leads nowhere fails whatever the values are.  What lies in definitions is
 * compiled where something refers to it.
 */
#include "model/schema/compile.h"

#include <string.h>

#include "base/arena.h"
#include "base/regex.h"
#include "model/value.h"

/* A schema to come, in the resource it is part of. */
struct waiting {
	const struct value *schema;
	const struct schema_resource *resource;
};

struct compiler {
	struct schema_run *run;
	struct table known;  /* bytes of a pointer to each schema */
	struct table places; /* the same of all where a schema belongs */
	VEC(struct waiting) queue;
};

/* What a keyword holds, from one draft on. */
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

static const struct keyword keywords[] = {
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
};

static void note(struct compiler *compiler, struct table *table,
		 const struct value *schema)
{
	const struct value **key =
		arena_alloc(compiler->run->arena, sizeof(*key));

	*key = schema;
	table_put(table, (const char *)key, sizeof(*key), (void *)schema);
}

static bool is_noted(const struct table *table, const struct value *schema)
{
	return table_get(table, (const char *)&schema, sizeof(schema)) != NULL;
}

static void add(struct compiler *compiler, const struct value *schema,
		const struct schema_resource *outer)
{
	struct waiting next;

	if (!value_is_map(schema) || is_noted(&compiler->known, schema))
		return;
	note(compiler, &compiler->known, schema);
	next.schema = schema;
	next.resource = schema_owner(compiler->run, schema, outer);
	vec_push(compiler->run->arena, &compiler->queue, next);
}

typedef void taker(struct compiler *compiler, const struct value *schema,
		   const struct schema_resource *outer);

static void take_all(struct compiler *compiler, const struct waiting *from,
		     const struct keyword *keyword, taker *take)
{
	const struct value *held = value_get(from->schema, keyword->word);
	const struct value_entry *entry;
	const struct value *item;

	switch (keyword->form) {
	case FORM_ONE:
		if (held)
			take(compiler, held, from->resource);
		break;
	case FORM_LIST:
		list_foreach (item, held)
			take(compiler, item, from->resource);
		break;
	case FORM_NAMED:
		value_foreach (entry, held)
			take(compiler, entry->value, from->resource);
		break;
	}
}

/* Note where the draft expects schemas, from here down. */
static void note_places(struct compiler *compiler, const struct value *schema,
			const struct schema_resource *outer)
{
	const struct waiting from = { schema, schema_owner(compiler->run,
							   schema, outer) };
	const enum schema_draft draft = from.resource->draft;
	size_t i;

	if (is_noted(&compiler->places, schema))
		return;
	note(compiler, &compiler->places, schema);
	for (i = 0; i < ARRAY_COUNT(keywords); i++)
		if (draft >= keywords[i].since)
			take_all(compiler, &from, &keywords[i], note_places);
	for (i = 0; i < ARRAY_COUNT(kept); i++)
		if (draft >= kept[i].since)
			take_all(compiler, &from, &kept[i], note_places);
}

/* What stands elsewhere was not yet held against the metaschema. */
static bool is_schema(struct compiler *compiler, const struct value *target,
		      const struct schema_resource *resource)
{
	struct schema_run *run = compiler->run;

	if (resource->meta)
		return true;
	note_places(compiler, resource->root, resource);
	if (is_noted(&compiler->places, target))
		return true;
	note_places(compiler, target, resource);
	return schema_is_sound(run->arena, target) ||
	       schema_meets_meta(run, target, resource->draft);
}

/* False: it leads nowhere, or to what is no schema. */
static bool refer(struct compiler *compiler, const struct waiting *from,
		  const char *word)
{
	const char *reference = value_string(value_get(from->schema, word));
	const struct schema_resource *resource;
	const struct value *target;

	if (!reference)
		return true;
	target = schema_resolve(compiler->run, from->resource, reference,
				&resource);
	if (!target)
		return !compiler->run->broken;
	if (!is_schema(compiler, target, resource))
		return false;
	add(compiler, target, resource);
	return true;
}

/* Names of patternProperties are checked here: not all metaschemas ask. */
static bool check_patterns(struct compiler *compiler,
			   const struct value *schema)
{
	struct schema_run *run = compiler->run;
	const struct value_entry *entry;
	const char *error;

	value_foreach (entry, value_get(schema, "patternProperties")) {
		if (regex_compile(run->arena, entry->key, entry->len, &error))
			continue;
		run->broken = arena_printf(run->arena,
					   "invalid regex \"%s\" at "
					   "\"%s#%s/patternProperties\": %s",
					   entry->key, run->uri,
					   schema_place(run, schema), error);
		return false;
	}
	return true;
}

/* then and else count beside an if, and one of them beside if: true. */
static void add_branches(struct compiler *compiler, const struct waiting *from)
{
	const struct value *test = value_get(from->schema, "if");

	if (!test || from->resource->draft < DRAFT_7)
		return;
	if (!value_is_false(test))
		add(compiler, value_get(from->schema, "then"), from->resource);
	if (!value_is_true(test))
		add(compiler, value_get(from->schema, "else"), from->resource);
}

static bool compile(struct compiler *compiler, const struct waiting *from)
{
	const enum schema_draft draft = from->resource->draft;
	size_t i;

	if (!refer(compiler, from, "$ref"))
		return false;
	/* Up to draft 7 a $ref silences everything beside it. */
	if (draft <= DRAFT_7 &&
	    value_is_string(value_get(from->schema, "$ref")))
		return true;
	if (!check_patterns(compiler, from->schema))
		return false;
	for (i = 0; i < ARRAY_COUNT(keywords); i++)
		if (draft >= keywords[i].since)
			take_all(compiler, from, &keywords[i], add);
	if (draft < DRAFT_2020 &&
	    value_is_list(value_get(from->schema, "items")))
		add(compiler, value_get(from->schema, "additionalItems"),
		    from->resource);
	add_branches(compiler, from);
	return (draft < DRAFT_2019 || refer(compiler, from, "$recursiveRef")) &&
	       (draft < DRAFT_2020 || refer(compiler, from, "$dynamicRef"));
}

bool schema_compile(struct schema_run *run,
		    const struct schema_resource *resource)
{
	struct compiler compiler = { .run = run };
	size_t i;

	table_init(&compiler.known, run->arena);
	table_init(&compiler.places, run->arena);
	add(&compiler, resource->root, resource);
	for (i = 0; i < compiler.queue.count; i++) {
		const struct waiting next = compiler.queue.items[i];

		if (!compile(&compiler, &next))
			return false;
	}
	return true;
}
