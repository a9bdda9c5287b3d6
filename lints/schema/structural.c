#include "lints/schema/structural.h"

#include <string.h>

#include "base/arena.h"
#include "base/regex.h"
#include "base/str.h"
#include "lints/run.h"
#include "lints/schema/bounds.h"
#include "lints/schema/cel.h"
#include "lints/schema/node.h"
#include "lints/schema/search.h"
#include "lints/schema/store.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	DEPTH_MAX = 100,
	REPORTED_MAX = 30
};

struct looking {
	struct lint_run *run;
	const char *version;
	size_t reported;
};

/* A schema, and the field that it is of. */
struct level {
	const struct value *schema;
	const struct level *outer; /* NULL: it is of the object */
	const char *tail;          /* the field in the outer one, [] or {} */
	unsigned depth;
	bool bounds; /* below allOf and its like */
};

/* Put "spec.sizes[]" behind a blank; nothing for the object. */
static void put_path(struct str *out, const struct level *level)
{
	if (!level->outer)
		return;
	put_path(out, level->outer);
	if (!level->outer->outer)
		str_puts(out, " ");
	else if (*level->tail != '[')
		str_puts(out, ".");
	str_puts(out, level->tail);
}

void schema_complain(struct lint_run *run, const struct value *at,
		     const char *field, const char *reason)
{
	lint_report(run, at, "%s of CRD '%s': %s", field, run->object->name,
		    reason);
}

static void complain(struct looking *looking, const struct level *level,
		     const struct value *at, const char *reason)
{
	struct str field;

	if (looking->reported++ >= REPORTED_MAX)
		return;
	str_init(&field, looking->run->arena);
	str_puts(&field, looking->version);
	put_path(&field, level);
	schema_complain(looking->run, at ? at : level->schema, str_text(&field),
			reason);
}

static bool has(const struct level *level, const char *key)
{
	return value_get(level->schema, key) != NULL;
}

static bool is_true(const struct level *level, const char *key)
{
	return value_is_true(value_get(level->schema, key));
}

static bool is_type(const struct value *schema, const char *type)
{
	return value_equals_string(value_get(schema, "type"), type);
}

/* Keys that no schema of a definition may have. */
static void check_keys(struct looking *looking, const struct level *level)
{
	static const char *const forbidden[] = {
		"$ref", "additionalItems",   "definitions", "dependencies",
		"id",   "patternProperties",
	};
	struct arena *arena = looking->run->arena;
	const struct value_entry *entry;
	size_t i;

	value_foreach (entry, level->schema)
		for (i = 0; i < ARRAY_COUNT(forbidden); i++)
			if (*forbidden[i] == *entry->key &&
			    strcmp(forbidden[i], entry->key) == 0)
				complain(looking, level, entry->value,
					 arena_printf(arena,
						      "%s is not allowed",
						      entry->key));
	if (is_true(level, "uniqueItems"))
		complain(looking, level,
			 value_get(level->schema, "uniqueItems"),
			 "uniqueItems is not allowed; a list of type set does "
			 "the same");
	if (value_is_false(value_get(level->schema, "additionalProperties")))
		complain(looking, level,
			 value_get(level->schema, "additionalProperties"),
			 "additionalProperties is not allowed to be false");
	if (has(level, "properties") && has(level, "additionalProperties"))
		complain(looking, level,
			 value_get(level->schema, "additionalProperties"),
			 "properties and additionalProperties exclude one "
			 "another");
	if (value_is_false(value_get(level->schema,
				     "x-kubernetes-preserve-unknown-fields")))
		complain(looking, level, NULL,
			 "x-kubernetes-preserve-unknown-fields is true or "
			 "absent");
}

/* What only a field's own schema may say; a number or a text may be typed. */
static void check_bounds(struct looking *looking, const struct level *level,
			 bool typed)
{
	static const char *const forbidden[] = { "additionalProperties",
						 "default",
						 "description",
						 "nullable",
						 "title",
						 "type",
						 NULL };
	struct arena *arena = looking->run->arena;
	const char *const *key;

	for (key = forbidden; *key; key++)
		if (has(level, *key) && !(typed && strcmp(*key, "type") == 0))
			complain(looking, level, value_get(level->schema, *key),
				 arena_printf(arena,
					      "%s is not allowed in allOf, "
					      "anyOf, oneOf and not",
					      *key));
}

static void check_type(struct looking *looking, const struct level *level)
{
	static const char *const types[] = { "array",  "boolean", "integer",
					     "number", "object",  "string",
					     NULL };
	const struct value *type = value_get(level->schema, "type");
	const char *const *known;

	if (is_true(level, "x-kubernetes-int-or-string"))
		return;
	if (value_is_null(type)) {
		if (!level->depth ||
		    !is_true(level, "x-kubernetes-preserve-unknown-fields"))
			complain(looking, level, NULL, "it has no type");
		return;
	}
	for (known = types; *known; known++)
		if (value_equals_string(type, *known))
			break;
	if (!*known)
		complain(looking, level, type,
			 "type is none of array, boolean, integer, number, "
			 "object and string");
	if (!level->depth && !value_equals_string(type, "object"))
		complain(looking, level, type,
			 "the type of a whole object is "
			 "object");
	if (value_equals_string(type, "array") &&
	    !value_is_map(value_get(level->schema, "items")))
		complain(looking, level, value_get(level->schema, "items"),
			 "a list needs items, one schema for all of them");
	if (is_true(level, "x-kubernetes-embedded-resource") &&
	    !value_equals_string(type, "object"))
		complain(looking, level, type,
			 "an embedded resource is of type object");
}

/* Keys of a list of type map are there in every item. */
static void check_map_keys(struct looking *looking, const struct level *level,
			   const struct value *items)
{
	const struct value *keys =
		value_get(level->schema, "x-kubernetes-list-map-keys");
	const struct value *key, *word;

	if (!value_is_list(keys) || !value_count(keys))
		complain(looking, level, NULL,
			 "a list of type map needs "
			 "x-kubernetes-list-map-keys");
	if (!is_type(items, "object"))
		complain(looking, level, items,
			 "items of a list of type map are of type object");
	list_foreach (key, keys) {
		const char *name = value_string_or(key, "");
		const struct value *field =
			value_get(value_get(items, "properties"), name);
		bool demanded = false;

		list_foreach (word, value_get(items, "required"))
			demanded |= value_equals_string(word, name);
		if (!field)
			complain(looking, level, key,
				 "the key of the list is no field of its "
				 "items");
		else if (!demanded && !value_get(field, "default"))
			complain(looking, level, key,
				 "the key of the list has to be required, or "
				 "to have a default");
	}
}

static void check_list(struct looking *looking, const struct level *level)
{
	const struct value *kind =
		value_get(level->schema, "x-kubernetes-list-type");
	const struct value *items = value_get(level->schema, "items");

	if (value_equals_string(kind, "map")) {
		check_map_keys(looking, level, items);
		return;
	}
	if (has(level, "x-kubernetes-list-map-keys"))
		complain(looking, level,
			 value_get(level->schema, "x-kubernetes-list-map-keys"),
			 "x-kubernetes-list-map-keys is for lists of type map");
	if (kind && !value_equals_string(kind, "set") &&
	    !value_equals_string(kind, "atomic"))
		complain(looking, level, kind,
			 "x-kubernetes-list-type is none of atomic, map and "
			 "set");
	if (value_equals_string(kind, "set") &&
	    ((is_type(items, "object") &&
	      !value_equals_string(value_get(items, "x-kubernetes-map-type"),
				   "atomic")) ||
	     (is_type(items, "array") &&
	      !value_equals_string(value_get(items, "x-kubernetes-list-type"),
				   "atomic"))))
		complain(looking, level, kind,
			 "items of a list of type set are scalars, or atomic");
}

static void check_pattern(struct looking *looking, const struct level *level)
{
	const struct value *pattern = value_get(level->schema, "pattern");
	const char *error;

	if (value_is_string(pattern) &&
	    !regex_compile(looking->run->arena, pattern->string, pattern->len,
			   &error))
		complain(looking, level, pattern, error);
}

static void check_default(struct looking *looking, const struct level *level)
{
	const struct value *initial = value_get(level->schema, "default");
	const struct schema_node *node;
	const char *limit;
	size_t rules = 0;

	if (!initial || value_is_null(initial))
		return;
	node = schema_of_crd(looking->run->arena, level->schema, false, &rules);
	if (node && !schema_holds(looking->run, node, initial))
		complain(looking, level, initial,
			 "the default does not fit its own schema");
	limit = schema_search_limit(looking->run);
	if (limit)
		complain(looking, level, initial, limit);
}

static void check_cel(struct looking *looking, const struct level *level,
		      const struct value *expression)
{
	static const char *const variables[] = { "self", "oldSelf", NULL };
	const struct cel_names names = { variables, NULL };
	struct cel_problem problem;
	const char *why = cel_complaint(looking->run->arena, expression, &names,
					&problem);

	if (!why || looking->reported >= REPORTED_MAX)
		return;
	complain(looking, level, expression, why);
	lint_in_part(looking->run, expression, problem.begin, problem.len);
}

static void check_rules(struct looking *looking, const struct level *level)
{
	static const char *const reasons[] = { "FieldValueDuplicate",
					       "FieldValueForbidden",
					       "FieldValueInvalid",
					       "FieldValueRequired", NULL };
	const struct value *rule, *reason;
	const char *const *known;

	list_foreach (rule,
		      value_get(level->schema, "x-kubernetes-validations")) {
		if (!*value_string_or(value_get(rule, "rule"), ""))
			complain(looking, level, rule,
				 "a validation needs a rule");
		check_cel(looking, level, value_get(rule, "rule"));
		check_cel(looking, level, value_get(rule, "messageExpression"));
		if (strchr(value_string_or(value_get(rule, "message"), ""),
			   '\n'))
			complain(looking, level, value_get(rule, "message"),
				 "the message of a validation is one line");
		reason = value_get(rule, "reason");
		for (known = reasons; reason && *known; known++)
			if (value_equals_string(reason, *known))
				break;
		if (reason && !*known)
			complain(looking, level, reason,
				 "the reason of a validation is none of those "
				 "that the API server knows");
	}
}

static void look(struct looking *looking, const struct level *level);

static void look_at(struct looking *looking, const struct level *outer,
		    const struct value *schema, const char *tail)
{
	struct level inner = {
		.schema = schema,
		.outer = outer,
		.tail = tail,
		.depth = outer->depth + 1,
		.bounds = outer->bounds,
	};

	if (value_is_map(schema))
		look(looking, &inner);
}

/* Schemas in allOf and its like are of the same field. */
static void look_beside(struct looking *looking, const struct level *level)
{
	static const char *const lists[] = { "allOf", "anyOf", "oneOf", NULL };
	bool typed =
		level->bounds || is_true(level, "x-kubernetes-int-or-string");
	const struct value *item;
	const char *const *list;
	struct level inner = *level;

	inner.bounds = true;
	inner.depth++;
	for (list = lists; *list; list++)
		list_foreach (item, value_get(level->schema, *list)) {
			inner.schema = item;
			if (!value_is_map(item))
				continue;
			check_bounds(looking, &inner, typed);
			look(looking, &inner);
		}
	inner.schema = value_get(level->schema, "not");
	if (value_is_map(inner.schema)) {
		check_bounds(looking, &inner, false);
		look(looking, &inner);
	}
}

static void look(struct looking *looking, const struct level *level)
{
	const struct value *fields = value_get(level->schema, "properties");
	const struct value_entry *field;

	if (level->depth > DEPTH_MAX)
		return;
	check_keys(looking, level);
	check_pattern(looking, level);
	check_rules(looking, level);
	if (!level->bounds) {
		check_type(looking, level);
		check_default(looking, level);
		check_list(looking, level);
	}
	if (value_is_map(fields))
		value_foreach (field, fields)
			look_at(looking, level, field->value, field->key);
	look_at(looking, level, value_get(level->schema, "items"), "[]");
	look_at(looking, level,
		value_get(level->schema, "additionalProperties"), "{}");
	look_beside(looking, level);
}

/* Of the metadata only names may be restricted. */
static void check_metadata(struct looking *looking, const struct level *root)
{
	const struct value *fields = value_at(
		value_get(value_get(root->schema, "properties"), "metadata"),
		"properties");
	const struct value_entry *field;

	value_foreach (field, fields)
		if (strcmp(field->key, "name") != 0 &&
		    strcmp(field->key, "generateName") != 0)
			complain(looking, root, field->value,
				 "of metadata only name and generateName may "
				 "be restricted");
}

void schema_structural(struct lint_run *run,
		       const struct schema_version *version)
{
	struct looking looking = { .run = run, .version = version->name };
	struct level root = { .schema = version->schema };

	look(&looking, &root);
	check_metadata(&looking, &root);
}
