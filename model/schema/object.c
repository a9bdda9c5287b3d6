/*
 * Keywords of objects.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/schema/schema_private.h"
#include "model/schema/work.h"
#include "model/value.h"

static void check_counts(const struct schema_step *step)
{
	struct arena *arena = step->run->arena;
	int64_t count = (int64_t)value_count(step->instance->value), limit;

	if (value_as_int(value_get(step->schema, "minProperties"), &limit) &&
	    count < limit)
		schema_fail(step, "minProperties: got %s, want %s",
			    schema_number(arena, (double)count),
			    schema_number(arena, (double)limit));
	if (value_as_int(value_get(step->schema, "maxProperties"), &limit) &&
	    count > limit)
		schema_fail(step, "maxProperties: got %s, want %s",
			    schema_number(arena, (double)count),
			    schema_number(arena, (double)limit));
}

/* Names of the list that the object lacks: 'a', 'b'; the number of them. */
static size_t missing(const struct schema_step *step, const struct value *names,
		      struct str *list)
{
	const struct value *name;
	size_t count = 0;

	if (!schema_spend(step->run, step->instance, value_count(names)))
		return 0;
	list_foreach (name, names) {
		if (!value_is_string(name) ||
		    value_getn(step->instance->value, name->string, name->len))
			continue;
		if (!schema_spend(step->run, step->instance, SCHEMA_STEP / 2))
			break;
		str_printf(list, "%s%s", count++ ? ", " : "",
			   schema_quote(step->run->arena, name->string,
					name->len));
	}
	return count;
}

static void check_required(const struct schema_step *step)
{
	struct str list;
	size_t count;

	str_init(&list, step->run->arena);
	count = missing(step, value_get(step->schema, "required"), &list);
	if (count)
		schema_fail(step, "missing propert%s %s",
			    count == 1 ? "y" : "ies", str_text(&list));
}

static struct schema_instance below(const struct schema_step *step,
				    const struct value_entry *entry)
{
	struct schema_instance instance = { entry->value, step->instance,
					    entry->key, 0 };

	return instance;
}

static void apply_below(const struct schema_step *step,
			const struct value_entry *entry,
			const struct value *schema)
{
	struct schema_instance instance = below(step, entry);
	struct schema_seen seen;

	schema_seen_init(&seen, step->run->arena);
	schema_apply_grouped(step->scope, schema, &instance, &seen,
			     step->errors);
	if (step->run->notes_seen)
		table_put(&step->seen->properties, entry->key, entry->len,
			  step->seen);
}

static bool matches(const struct schema_step *step,
		    const struct value_entry *pattern,
		    const struct value_entry *entry)
{
	const struct text wanted = text_of(pattern->key, pattern->len);
	const struct text name = text_of(entry->key, entry->len);

	return schema_search(step, &wanted, &name) == SCHEMA_MATCHES;
}

/* properties and patternProperties; true: one of them spoke. */
static bool check_property(const struct schema_step *step,
			   const struct value_entry *entry)
{
	const struct value *own = value_getn(
		value_get(step->schema, "properties"), entry->key, entry->len);
	const struct value_entry *pattern;
	bool known = own != NULL;

	if (own)
		apply_below(step, entry, own);
	value_foreach (pattern, value_get(step->schema, "patternProperties")) {
		if (!matches(step, pattern, entry))
			continue;
		known = true;
		apply_below(step, entry, pattern->value);
	}
	return known;
}

enum {
	SORTED = 8 /* parts for each entry of an object that is put in order */
};

/* The entries of the object, in the order in which they are spoken of. */
static struct value_entry **entries_of(const struct schema_step *step,
				       size_t *count)
{
	const struct value *object = step->instance->value;

	*count = value_count(object);
	if (!schema_spend(step->run, step->instance, SORTED * *count))
		*count = 0;
	return *count ? value_sorted(step->run->arena, object) : NULL;
}

static void check_properties(const struct schema_step *step)
{
	const struct value *more =
		value_get(step->schema, "additionalProperties");
	struct value_entry **entries;
	size_t i, count, refused = 0;
	struct str names;

	if (!more && !value_get(step->schema, "properties") &&
	    !value_get(step->schema, "patternProperties"))
		return;
	entries = entries_of(step, &count);
	str_init(&names, step->run->arena);
	for (i = 0; i < count && !step->run->broken; i++) {
		if (check_property(step, entries[i]) || !more)
			continue;
		if (!value_is_false(more)) {
			apply_below(step, entries[i], more);
			continue;
		}
		str_printf(&names, "%s%s", refused++ ? ", " : "",
			   schema_quote(step->run->arena, entries[i]->key,
					entries[i]->len));
	}
	if (refused)
		schema_fail(step, "additional properties %s not allowed",
			    str_text(&names));
}

static void check_names(const struct schema_step *step)
{
	const struct value *schema = value_get(step->schema, "propertyNames");
	struct value_entry **entries;
	size_t i, count;

	if (!schema || step->draft == DRAFT_4)
		return;
	entries = entries_of(step, &count);
	for (i = 0; i < count && !step->run->broken; i++) {
		/* The name is a value of its own, with a pointer of its own. */
		struct schema_instance name = {
			value_new_string(step->run->arena, &entries[i]->origin,
					 entries[i]->key, entries[i]->len),
			NULL, NULL, 0
		};
		struct schema_errors errors = { 0 };
		struct schema_seen seen;

		schema_seen_init(&seen, step->run->arena);
		schema_apply(step->scope, schema, &name, &seen, &errors);
		if (errors.count)
			vec_push(step->run->arena, step->errors,
				 schema_error_new(
					 step->run, &name,
					 arena_printf(
						 step->run->arena,
						 "invalid propertyName "
						 "%s",
						 schema_quote(step->run->arena,
							      entries[i]->key,
							      entries[i]->len)),
					 &errors));
	}
}

static void check_dependent(const struct schema_step *step,
			    const struct value_entry *rule)
{
	struct str list;
	size_t count;

	if (!value_getn(step->instance->value, rule->key, rule->len))
		return;
	if (!value_is_list(rule->value)) {
		schema_apply_grouped(step->scope, rule->value, step->instance,
				     step->seen, step->errors);
		return;
	}
	str_init(&list, step->run->arena);
	count = missing(step, rule->value, &list);
	if (count)
		schema_fail(
			step, "properties %s required, if %s exists",
			str_text(&list),
			schema_quote(step->run->arena, rule->key, rule->len));
}

static void check_dependencies(const struct schema_step *step, const char *word)
{
	const struct value *rules = value_get(step->schema, word);
	const struct value_entry *rule;

	schema_spend(step->run, step->instance, value_count(rules));
	value_foreach (rule, rules) {
		if (step->run->broken)
			break;
		check_dependent(step, rule);
	}
}

void schema_object(const struct schema_step *step)
{
	check_counts(step);
	check_required(step);
	/* No draft forgets what an older one had. */
	check_dependencies(step, "dependencies");
	check_properties(step);
	check_names(step);
	if (step->draft < DRAFT_2019)
		return;
	check_dependencies(step, "dependentSchemas");
	check_dependencies(step, "dependentRequired");
}

void schema_object_unevaluated(const struct schema_step *step)
{
	const struct value *schema =
		value_get(step->schema, "unevaluatedProperties");
	struct value_entry **entries;
	size_t i, count;

	if (!schema)
		return;
	entries = entries_of(step, &count);
	for (i = 0; i < count && !step->run->broken; i++)
		if (!table_find(&step->seen->properties, entries[i]->key,
				entries[i]->len))
			apply_below(step, entries[i], schema);
}
