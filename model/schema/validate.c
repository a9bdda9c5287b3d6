/*
 * Applying a schema to a value.  The order of the checks is the order in
 * which Helm's validator reports them.
 */
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/real.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/json.h"
#include "model/schema/compile.h"
#include "model/schema/exact.h"
#include "model/schema/reference.h"
#include "model/schema/schema_private.h"
#include "model/schema/work.h"
#include "model/value.h"

/* Schemas that may be inside of one another for each level of the values. */
enum {
	NESTED_PER_LEVEL = 4
};

void schema_seen_init(struct schema_seen *seen, struct arena *arena)
{
	memset(seen, 0, sizeof(*seen));
	table_init(&seen->properties, arena);
	table_init(&seen->odd, arena);
}

static void seen_join(const struct schema_step *step,
		      const struct schema_seen *more)
{
	struct schema_seen *seen = step->seen;
	uint32_t i;

	if (!step->run->notes_seen)
		return;
	schema_spend(step->run, step->instance,
		     (uint64_t)more->properties.count + more->odd.count);
	for (i = 0; i < more->properties.count; i++)
		table_put(&seen->properties, more->properties.entries[i].key,
			  more->properties.entries[i].len, seen);
	for (i = 0; i < more->odd.count; i++)
		table_put(&seen->odd, more->odd.entries[i].key,
			  more->odd.entries[i].len, seen);
	if (more->items > seen->items)
		seen->items = more->items;
	seen->all_items = seen->all_items || more->all_items;
}

static double real_of(const struct value *value)
{
	if (value->kind == VALUE_INT)
		return (double)value->integer;
	return value->kind == VALUE_UINT ? (double)value->natural : value->real;
}

/* As JSON Schema calls the types; Go's own word for one is shorter. */
static const char *type_of(const struct value *value)
{
	return value_is_bool(value) ? "boolean" : json_type_name(value);
}

static bool has_type(const struct value *value, const char *type)
{
	if (strcmp(type, "integer") == 0)
		return value_is_number(value) && real_is_whole(real_of(value));
	return strcmp(type_of(value), type) == 0;
}

/* The order in which a set of types is printed. */
static const char *const type_names[] = { "null",    "boolean", "number",
					  "integer", "string",  "array",
					  "object" };

static const char *wanted_types(struct arena *arena, const struct value *types)
{
	struct str list;
	const struct value *item;
	size_t i;

	if (value_is_string(types))
		return types->string;
	str_init(&list, arena);
	for (i = 0; i < ARRAY_COUNT(type_names); i++)
		list_foreach (item, types)
			if (value_equals_string(item, type_names[i]))
				str_printf(&list, "%s%s",
					   list.len ? " or " : "",
					   type_names[i]);
	return str_text(&list);
}

static bool check_type(const struct schema_step *step)
{
	const struct value *types = value_get(step->schema, "type"), *item;
	const struct value *value = step->instance->value;

	if (!types)
		return true;
	if (value_is_string(types) && has_type(value, types->string))
		return true;
	list_foreach (item, types)
		if (has_type(value, value_string_or(item, "")))
			return true;
	schema_fail(step, "got %s, want %s", type_of(value),
		    wanted_types(step->run->arena, types));
	return false;
}

static bool check_const(const struct schema_step *step)
{
	const struct value *wanted = value_get(step->schema, "const");
	const char *text;

	if (!wanted || step->draft == DRAFT_4 ||
	    schema_equals(step->run, step->instance->value, wanted) ||
	    !schema_spend(step->run, step->instance, 0))
		return true;
	text = schema_constant(step->run->arena, wanted);
	if (text)
		schema_fail(step, "value must be %s", text);
	else
		schema_fail(step, "'const' failed");
	return false;
}

/* A text in the list stands for a number only beside a number. */
static bool is_listed(const struct schema_step *step, const struct value *list)
{
	const struct value *value = step->instance->value, *item;
	bool numbers = false;

	list_foreach (item, list)
		numbers = numbers || value_is_number(item);
	list_foreach (item, list) {
		if (value_is_number(value) && !numbers)
			return false;
		if (schema_equals(step->run, value, item) ||
		    !schema_spend(step->run, step->instance, 1))
			return true;
	}
	return false;
}

static bool check_enum(const struct schema_step *step)
{
	const struct value *list = value_get(step->schema, "enum"), *item;
	struct str words;
	bool scalars = true;

	if (!value_is_list(list))
		return true;
	if (is_listed(step, list))
		return true;
	str_init(&words, step->run->arena);
	list_foreach (item, list) {
		const char *text = schema_constant(step->run->arena, item);

		scalars = scalars && text;
		if (text)
			str_printf(&words, "%s%s", words.len ? ", " : "", text);
	}
	if (!scalars)
		schema_fail(step, "'enum' failed");
	else
		schema_fail(step, "value must be %s%s",
			    value_count(list) == 1 ? "" : "one of ",
			    str_text(&words));
	return false;
}

static bool check_format(const struct schema_step *step)
{
	const char *format = value_string(value_get(step->schema, "format"));
	const struct value *value = step->instance->value;
	const char *wrong;

	if (!format || !value_is_string(value) ||
	    (step->draft > DRAFT_7 && !step->run->metaschema) ||
	    !schema_spend(step->run, step->instance, value->len))
		return true;
	wrong = schema_format_error(step->run->arena, format, value->string,
				    value->len);
	if (wrong)
		schema_fail(step, "%s is not valid %s: %s",
			    schema_quote(step->run->arena, value->string,
					 value->len),
			    format, wrong);
	return !wrong;
}

/* The characters of a text, if the limit of this name is set. */
static bool check_length(const struct schema_step *step, const char *keyword,
			 int64_t *count, int64_t *limit)
{
	const struct value *value = step->instance->value;

	if (!value_as_int(value_get(step->schema, keyword), limit) ||
	    !schema_spend(step->run, step->instance, value->len / SCHEMA_STEP))
		return false;
	*count = (int64_t)utf8_count(value->string, value->len);
	return true;
}

static void check_pattern(const struct schema_step *step)
{
	struct arena *arena = step->run->arena;
	const struct value *value = step->instance->value;
	const struct value *pattern = value_get(step->schema, "pattern");
	struct text wanted, text;

	if (!value_is_string(pattern))
		return;
	wanted = text_of(pattern->string, pattern->len);
	text = text_of(value->string, value->len);
	if (schema_search(step, &wanted, &text) == SCHEMA_DIFFERS)
		schema_fail(step, "%s does not match pattern %s",
			    schema_quote(arena, value->string, value->len),
			    schema_quote(arena, pattern->string, pattern->len));
}

static void check_string(const struct schema_step *step)
{
	struct arena *arena = step->run->arena;
	int64_t count, limit;

	if (check_length(step, "minLength", &count, &limit) && count < limit)
		schema_fail(step, "minLength: got %s, want %s",
			    schema_number(arena, (double)count),
			    schema_number(arena, (double)limit));
	if (check_length(step, "maxLength", &count, &limit) && count > limit)
		schema_fail(step, "maxLength: got %s, want %s",
			    schema_number(arena, (double)count),
			    schema_number(arena, (double)limit));
	check_pattern(step);
}

/* How a number stands to the limit that a keyword sets. */
struct bound {
	const struct schema_step *step;
	struct exact number; /* read when it is first asked for */
	bool known;
};

static const struct exact *number_of(struct bound *bound)
{
	const struct schema_run *run = bound->step->run;
	const struct value *value = bound->step->instance->value;

	if (!bound->known)
		bound->number = run->metaschema
					? exact_written(run->arena, value)
					: exact_shown(run->arena, value);
	bound->known = true;
	return &bound->number;
}

static bool compare(struct bound *bound, const char *keyword, int *order)
{
	struct arena *arena = bound->step->run->arena;
	const struct value *value = value_get(bound->step->schema, keyword);
	struct exact limit;

	if (!value_is_number(value))
		return false;
	limit = exact_written(arena, value);
	*order = exact_compare(number_of(bound), &limit);
	return true;
}

/* `word` is what the keyword means to the draft. */
static void fail_bound(const struct schema_step *step, const char *keyword,
		       const char *word)
{
	struct arena *arena = step->run->arena;
	const struct value *limit = value_get(step->schema, keyword);

	schema_fail(step, "%s: got %s, want %s", word,
		    schema_number(arena, real_of(step->instance->value)),
		    schema_number(arena, real_of(limit)));
}

static void check_multiple(struct bound *bound)
{
	struct arena *arena = bound->step->run->arena;
	const struct value *value =
		value_get(bound->step->schema, "multipleOf");
	struct exact of;

	if (!value_is_number(value))
		return;
	of = exact_written(arena, value);
	if (of.count &&
	    schema_spend(bound->step->run, bound->step->instance,
			 exact_division_work(number_of(bound), &of)) &&
	    !exact_is_multiple(arena, number_of(bound), &of))
		fail_bound(bound->step, "multipleOf", "multipleOf");
}

static void check_number(const struct schema_step *step)
{
	struct bound bound = { .step = step };
	bool old = step->draft == DRAFT_4;
	bool above = old &&
		     value_is_true(value_get(step->schema, "exclusiveMinimum"));
	bool below = old &&
		     value_is_true(value_get(step->schema, "exclusiveMaximum"));
	int order;

	if (compare(&bound, "minimum", &order) && order < above)
		fail_bound(step, "minimum",
			   above ? "exclusiveMinimum" : "minimum");
	if (compare(&bound, "maximum", &order) && order > -below)
		fail_bound(step, "maximum",
			   below ? "exclusiveMaximum" : "maximum");
	if (!old && compare(&bound, "exclusiveMinimum", &order) && order <= 0)
		fail_bound(step, "exclusiveMinimum", "exclusiveMinimum");
	if (!old && compare(&bound, "exclusiveMaximum", &order) && order >= 0)
		fail_bound(step, "exclusiveMaximum", "exclusiveMaximum");
	check_multiple(&bound);
}

/* The outermost resource of the scope that has the dynamic anchor. */
static const struct value *dynamic_target(const struct schema_step *step,
					  const char *name,
					  const struct schema_resource **in)
{
	const struct schema_scope *scope;
	const struct value *target = NULL;

	for (scope = step->scope; scope; scope = scope->outer) {
		const struct value *found =
			table_gets(&scope->resource->dynamics, name);

		if (found) {
			target = found;
			*in = scope->resource;
		}
	}
	return target;
}

static const struct value *recursive_target(const struct schema_step *step,
					    const struct schema_resource **in)
{
	const struct schema_scope *scope;

	if (!(*in)->recursive)
		return (*in)->root;
	for (scope = step->scope; scope; scope = scope->outer)
		if (scope->resource->recursive)
			*in = scope->resource;
	return (*in)->root;
}

/* A reference takes a group over: it is said where the reference stands. */
static void apply_target(const struct schema_step *step,
			 const struct schema_scope *scope,
			 const struct value *target)
{
	struct schema_errors own = { 0 };
	struct schema_error *taken;

	if (schema_apply_grouped(scope, target, step->instance, step->seen,
				 &own))
		return;
	taken = own.items[0];
	if (!taken->text) {
		own.items = taken->causes;
		own.count = taken->count;
		taken = schema_error_new(step->run, step->instance,
					 "validation failed", &own);
	}
	vec_push(step->run->arena, step->errors, taken);
}

static void apply_reference(const struct schema_step *step, const char *keyword)
{
	const char *reference = value_string(value_get(step->schema, keyword));
	const struct schema_resource *resource;
	const struct value *target, *moved = NULL;
	struct schema_scope inner;

	if (!reference)
		return;
	target = schema_resolve(step->run, step->scope->resource, reference,
				&resource);
	if (!target)
		return;
	if (strcmp(keyword, "$dynamicRef") == 0 && *reference &&
	    strchr(reference, '#')) {
		const char *name = strchr(reference, '#') + 1;

		if (table_gets(&resource->dynamics, name))
			moved = dynamic_target(step, name, &resource);
	} else if (strcmp(keyword, "$recursiveRef") == 0) {
		moved = recursive_target(step, &resource);
	}
	inner.run = step->run;
	inner.resource = resource;
	inner.outer = step->scope;
	step->run->by = keyword;
	apply_target(step, &inner, moved ? moved : target);
}

/*
 * allOf, anyOf, oneOf: how many of the list hold; errors of the others, and
 * which the first two are.
 */
static size_t apply_list(const struct schema_step *step,
			 const struct value *list, struct schema_errors *errors,
			 struct str *matched)
{
	const struct value *item;
	size_t good = 0;

	list_foreach (item, list) {
		struct schema_seen seen;

		if (step->run->broken)
			break;
		schema_seen_init(&seen, step->run->arena);
		if (!schema_apply_grouped(step->scope, item, step->instance,
					  &seen, errors))
			continue;
		seen_join(step, &seen);
		if (good++ < 2)
			str_printf(matched, "%s%zu", matched->len ? ", " : "",
				   item_at);
	}
	return good;
}

static void check_combinators(const struct schema_step *step)
{
	static const char *const words[] = { "allOf", "anyOf", "oneOf" };
	struct arena *arena = step->run->arena;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(words); i++) {
		const struct value *list = value_get(step->schema, words[i]);
		struct schema_errors errors = { 0 };
		struct str matched;
		size_t good;

		if (!value_is_list(list))
			continue;
		str_init(&matched, arena);
		good = apply_list(step, list, &errors, &matched);
		if (i == 0 && good < value_count(list))
			schema_fail_because(step, "'allOf' failed", &errors);
		else if (i == 1 && !good)
			schema_fail_because(step, "'anyOf' failed", &errors);
		else if (i == 2 && !good)
			schema_fail_because(
				step, "'oneOf' failed, none matched", &errors);
		else if (i == 2 && good > 1)
			schema_fail(step,
				    "'oneOf' failed, subschemas %s matched",
				    str_text(&matched));
	}
}

static void check_not(const struct schema_step *step)
{
	const struct value *schema = value_get(step->schema, "not");
	struct schema_errors errors = { 0 };
	struct schema_seen seen;

	if (!schema)
		return;
	schema_seen_init(&seen, step->run->arena);
	schema_apply(step->scope, schema, step->instance, &seen, &errors);
	if (!errors.count)
		schema_fail(step, "'not' failed");
}

static void check_if(const struct schema_step *step)
{
	const struct value *test = value_get(step->schema, "if"), *next;
	struct schema_errors errors = { 0 };
	struct schema_seen seen;

	if (!test || step->draft < DRAFT_7)
		return;
	schema_seen_init(&seen, step->run->arena);
	schema_apply(step->scope, test, step->instance, &seen, &errors);
	if (!errors.count)
		seen_join(step, &seen);
	next = value_get(step->schema, errors.count ? "else" : "then");
	if (next)
		schema_apply_grouped(step->scope, next, step->instance,
				     step->seen, step->errors);
}

static void check_values(const struct schema_step *step)
{
	const struct value *value = step->instance->value;

	if (value_is_map(value))
		schema_object(step);
	else if (value_is_list(value))
		schema_array(step);
	else if (value_is_string(value))
		check_string(step);
	else if (value_is_number(value))
		check_number(step);
}

static void apply_keywords(const struct schema_step *step)
{
	bool alone = step->draft <= DRAFT_7 &&
		     value_is_string(value_get(step->schema, "$ref"));

	if (alone) {
		apply_reference(step, "$ref");
		return;
	}
	if (!check_type(step) || !check_const(step) || !check_enum(step) ||
	    !check_format(step))
		return;
	apply_reference(step, "$ref");
	check_values(step);
	if (step->draft >= DRAFT_2019)
		apply_reference(step, "$recursiveRef");
	if (step->draft == DRAFT_2020)
		apply_reference(step, "$dynamicRef");
	check_not(step);
	check_combinators(step);
	check_if(step);
	if (step->draft < DRAFT_2019)
		return;
	if (value_is_map(step->instance->value))
		schema_object_unevaluated(step);
	else if (value_is_list(step->instance->value))
		schema_array_unevaluated(step);
}

/* The same schema is being applied to the same value: it would never end. */
static bool leads_in_circle(const struct schema_run *run,
			    const struct schema_visit *visit, size_t *before)
{
	const struct schema_visit *items = run->trail.items;
	size_t i = run->trail.count;

	while (i && items[i - 1].value == visit->value)
		if (items[--i].schema == visit->schema) {
			*before = i;
			return true;
		}
	return false;
}

/* What a step of the way adds to it: a keyword, or where it leads down. */
static const char *part_of_way(struct schema_run *run,
			       const struct schema_visit *from,
			       const struct schema_visit *to)
{
	const char *start = schema_location(run, from->schema);
	const char *place = schema_location(run, to->schema);

	if (to->by)
		return arena_join(run->arena, "/", to->by);
	return strlen(place) > strlen(start) ? place + strlen(start) : "";
}

/* The keywords that led to one of the visits. */
static const char *way_to(struct schema_run *run, size_t visit)
{
	const struct schema_visit *items = run->trail.items;
	struct str way;
	size_t i;

	for (i = visit; i && !items[i].first; i--)
		;
	str_init(&way, run->arena);
	for (; i < visit; i++)
		str_puts(&way, part_of_way(run, &items[i], &items[i + 1]));
	return str_text(&way);
}

static void fail_circle(const struct schema_step *step,
			const struct schema_visit *visit, size_t before)
{
	struct schema_run *run = step->run;
	const size_t last = run->trail.count - 1;

	if (!schema_spend(run, step->instance,
			  SCHEMA_STEP * (uint64_t)run->trail.count))
		return;
	schema_fail(step,
		    "both %s%s and %s resolve to \"%s\" causing reference "
		    "cycle",
		    way_to(run, last),
		    part_of_way(run, &run->trail.items[last], visit),
		    way_to(run, before), schema_location(run, visit->schema));
}

/* False: `run->broken` says why the schema is not applied any further. */
static bool enter(struct schema_run *run, const struct schema_visit *visit,
		  const struct schema_instance *instance)
{
	const unsigned long long deepest = run->limits->tree_depth;

	if (run->trail.count > NESTED_PER_LEVEL * deepest)
		run->broken = arena_printf(
			run->arena,
			"- at '%s': schemas are nested more than %llu deep "
			"(--limit tree-depth)",
			schema_pointer(run->arena, instance),
			NESTED_PER_LEVEL * deepest);
	else if (schema_spend(run, instance, SCHEMA_STEP))
		vec_push(run->arena, &run->trail, *visit);
	return !run->broken;
}

static struct schema_visit next_visit(struct schema_run *run,
				      const struct value *schema,
				      const struct schema_instance *instance)
{
	const struct schema_visit *items = run->trail.items;
	const size_t count = run->trail.count;
	const struct schema_visit visit = {
		schema, instance->value, run->by,
		!instance->outer &&
			(!count || items[count - 1].value != instance->value)
	};

	run->by = NULL;
	return visit;
}

/* A schema within a schema may be of another draft. */
static const struct value *
metaschema_for(struct schema_run *run, const struct value *schema,
	       const struct schema_instance *instance)
{
	const struct schema_resource *part;

	if (schema != run->metaschema || !instance->outer)
		return schema;
	part = schema_owner(run, instance->value, NULL);
	if (!part || part->meta)
		return schema;
	return run->metaschema = schema_metaschema(run, part->draft)->root;
}

static void apply_map(const struct schema_step *step)
{
	struct schema_run *run = step->run;
	const struct schema_visit visit =
		next_visit(run, step->schema, step->instance);
	size_t before;

	if (leads_in_circle(run, &visit, &before)) {
		fail_circle(step, &visit, before);
		return;
	}
	if (!enter(run, &visit, step->instance))
		return;
	apply_keywords(step);
	run->trail.count--;
}

void schema_apply(const struct schema_scope *scope, const struct value *schema,
		  const struct schema_instance *instance,
		  struct schema_seen *seen, struct schema_errors *errors)
{
	struct schema_run *run = scope->run;
	const struct value *metaschema = run->metaschema;
	const struct value *own_schema =
		metaschema ? metaschema_for(run, schema, instance) : schema;
	const struct schema_resource *own =
		schema_owner(run, own_schema, scope->resource);
	struct schema_scope inner = { run, own, scope };
	struct schema_step step = {
		.run = run,
		.scope = own == scope->resource ? scope : &inner,
		.draft = own->draft,
		.schema = own_schema,
		.instance = instance,
		.seen = seen,
		.errors = errors,
	};

	if (value_is_map(own_schema) && !run->broken)
		apply_map(&step);
	else if (!schema_spend(run, instance, SCHEMA_STEP / 8))
		;
	else if (value_is_false(own_schema))
		schema_fail(&step, "false schema");
	run->by = NULL;
	run->metaschema = metaschema;
}

bool schema_apply_grouped(const struct schema_scope *scope,
			  const struct value *schema,
			  const struct schema_instance *instance,
			  struct schema_seen *seen,
			  struct schema_errors *errors)
{
	struct schema_run *run = scope->run;
	struct schema_errors own = { 0 };

	schema_apply(scope, schema, instance, seen, &own);
	if (own.count == 1)
		vec_push(run->arena, errors, own.items[0]);
	else if (own.count)
		vec_push(run->arena, errors,
			 schema_error_new(run, instance, NULL, &own));
	return !own.count;
}
