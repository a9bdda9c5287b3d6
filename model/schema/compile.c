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
#include "model/schema/keywords.h"
#include "model/schema/reference.h"
#include "model/value.h"

/* A schema to come, in the resource it is part of. */
struct waiting {
	const struct value *schema; /* NULL: `lost` says that there is none */
	const struct schema_resource *resource;
	const char *lost;
	bool referred; /* it may stand where no schema belongs */
};

struct compiler {
	struct schema_run *run;
	struct table known;  /* bytes of a pointer to each schema */
	struct table places; /* the same of all where a schema belongs */
	VEC(struct waiting) queue;
	const struct schema_resource *outer; /* of what is being looked at */
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
	struct waiting next = { .schema = schema };

	if (!value_is_map(schema) || is_noted(&compiler->known, schema))
		return;
	note(compiler, &compiler->known, schema);
	next.resource = schema_owner(compiler->run, schema, outer);
	vec_push(compiler->run->arena, &compiler->queue, next);
}

static void add_below(void *context, const struct value *schema)
{
	struct compiler *compiler = context;

	add(compiler, schema, compiler->outer);
}

/* Note where the draft expects schemas, from here down. */
static void note_places(void *context, const struct value *schema)
{
	struct compiler *compiler = context;
	const struct schema_resource *outer = compiler->outer;

	if (is_noted(&compiler->places, schema))
		return;
	note(compiler, &compiler->places, schema);
	compiler->outer = schema_owner(compiler->run, schema, outer);
	schema_each_below(schema, compiler->outer->draft, note_places,
			  compiler);
	compiler->outer = outer;
}

/* What stands elsewhere was not yet held against the metaschema. */
static bool is_schema(struct compiler *compiler, const struct waiting *target)
{
	const struct schema_resource *resource = target->resource;
	struct schema_run *run = compiler->run;

	/* Mostly it stands below definitions, and is as plain as the rest. */
	if (resource->meta || schema_is_sound(run, target->schema))
		return true;
	compiler->outer = resource;
	note_places(compiler, resource->root);
	if (is_noted(&compiler->places, target->schema))
		return true;
	note_places(compiler, target->schema);
	schema_collect(run, resource, target->schema);
	return !run->broken &&
	       schema_meets_meta(run, target->schema, resource->draft);
}

/* False: it leads nowhere, or to no anchor. */
static bool refer(struct compiler *compiler, const struct waiting *from,
		  const char *word)
{
	const char *reference = value_string(value_get(from->schema, word));
	struct schema_run *run = compiler->run;
	struct waiting next = { .referred = true };

	if (!reference)
		return true;
	next.schema =
		schema_resolve(run, from->resource, reference, &next.resource);
	next.lost = run->lost;
	if ((next.schema || next.lost) &&
	    !is_noted(&compiler->known, next.schema)) {
		if (next.schema)
			note(compiler, &compiler->known, next.schema);
		vec_push(run->arena, &compiler->queue, next);
	}
	return !run->broken;
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
					   "\"%s/patternProperties\": %s",
					   entry->key,
					   schema_location(run, schema), error);
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

/* A part of a resource brings its root, and that all that is dynamic. */
static void add_resource(struct compiler *compiler, const struct waiting *from)
{
	const struct table *dynamics = &from->resource->dynamics;
	uint32_t i;

	add(compiler, from->resource->root, from->resource);
	if (from->schema != from->resource->root)
		return;
	for (i = 0; i < dynamics->count; i++)
		add(compiler, dynamics->entries[i].value, from->resource);
}

static bool compile(struct compiler *compiler, const struct waiting *from)
{
	const enum schema_draft draft = from->resource->draft;

	add_resource(compiler, from);
	if (!refer(compiler, from, "$ref"))
		return false;
	/* Up to draft 7 a $ref silences everything beside it. */
	if (draft <= DRAFT_7 &&
	    value_is_string(value_get(from->schema, "$ref")))
		return true;
	if (!check_patterns(compiler, from->schema))
		return false;
	if (value_get(from->schema, "unevaluatedProperties") ||
	    value_get(from->schema, "unevaluatedItems"))
		compiler->run->notes_seen = true;
	compiler->outer = from->resource;
	schema_each_applied(from->schema, draft, add_below, compiler);
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

		if (next.lost)
			run->broken = next.lost;
		if (next.lost ||
		    (next.referred && !is_schema(&compiler, &next)) ||
		    (value_is_map(next.schema) && !compile(&compiler, &next)))
			return false;
	}
	return true;
}
