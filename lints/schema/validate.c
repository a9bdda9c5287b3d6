#include "lints/schema/validate.h"

#include <string.h>

#include "base/arena.h"
#include "lints/schema/lifecycle.h"
#include "lints/schema/store.h"
#include "lints/schema/walk.h"
#include "model/object.h"
#include "model/placeholder.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 200,
	OWN_LABEL = 3,   /* metadata.labels.x */
	OWN_SELECTOR = 4 /* spec.selector.matchLabels.x */
};

static void visit(struct schema_walk *walk, struct schema_at *at,
		  const struct schema_type *type);

/* Labels, annotations, selectors: a rule of their own is about them. */
static bool is_label(const struct schema_walk *walk, const struct schema_at *at)
{
	static const char *const maps[] = { "annotations", "labels",
					    "matchLabels", "nodeSelector",
					    "selector",    NULL };
	const char *const *name;

	if (walk->custom && at->depth != OWN_LABEL)
		return false;
	/* A selector inside a rule is left to the schema. */
	if (!at->up || !at->up->entry || !at->entry ||
	    (at->depth > OWN_SELECTOR &&
	     strcmp(at->up->entry->key, "matchLabels") == 0) ||
	    !schema_yields(walk, LINT_RULE_metadata_not_string))
		return false;
	for (name = maps; *name; name++)
		if (strcmp(*name, at->up->entry->key) == 0)
			return true;
	return false;
}

void schema_wrong_type(struct schema_walk *walk, const struct schema_at *at,
		       const char *expected)
{
	const struct value *value = at->value;
	const char *shown = schema_shown(walk, at);

	if (!value_is_map(value) && !value_is_list(value) && is_label(walk, at))
		return;
	if (!schema_report(walk, LINT_RULE_schema_wrong_type, at,
			   "%s: %s expected, got %s", schema_path(walk, at),
			   expected, shown))
		return;
	if (value_is_map(value) || value_is_list(value))
		lint_help(walk->run, "write a %s here", expected);
	else if (strcmp(expected, "string") == 0 && schema_hides(walk, at))
		lint_help(walk->run, "quote it");
	else if (strcmp(expected, "string") == 0 && value->text)
		lint_help(walk->run, "quote it: \"%s\"", value->text);
	else if (value_is_string(value) && value->style != VALUE_STYLE_PLAIN)
		lint_help(walk->run, "write a %s, without quotes", expected);
	else
		lint_help(walk->run, "write a %s", expected);
}

static void too_new(struct schema_walk *walk, const struct schema_at *at,
		    const struct value_entry *entry, unsigned first)
{
	struct schema_at key = {
		.up = at,
		.value = entry->value,
		.entry = entry,
		.part = SCHEMA_PART_KEY,
	};

	schema_report(walk, LINT_RULE_field_too_new, &key,
		      "%s exists only from Kubernetes 1.%u; 1.%u drops it "
		      "silently",
		      entry->key, first, walk->oldest);
}

/* The row to go on with; NULL: it was reported, or there is none. */
static const struct schema_field *field_of(struct schema_walk *walk,
					   const struct schema_at *at,
					   const struct value_entry *entry)
{
	const struct schema_field *rows, *row;
	size_t count;

	rows = schema_field_find(at->def, entry->key, &count);
	if (!rows) {
		schema_unknown(walk, at, entry);
		return NULL;
	}
	row = schema_field_in(rows, count, walk->newest);
	if (row && (row->first <= walk->oldest ||
		    schema_field_in(rows, count, walk->oldest)))
		return row;
	if (!row && rows[count - 1].last < walk->newest) {
		schema_unknown(walk, at, entry);
		return NULL;
	}
	too_new(walk, at, entry, row ? row->first : rows[0].first);
	return row;
}

bool schema_is_hinted(const struct schema_walk *walk, const char *name)
{
	size_t i;

	for (i = 0; i < walk->hinted.count; i++)
		if (strcmp(walk->hinted.items[i], name) == 0)
			return true;
	return false;
}

/* "Container 'app'", "DeploymentSpec" */
static const char *called(const struct schema_walk *walk,
			  const struct schema_at *at)
{
	const char *type = schema_name(at->def->name);
	const char *name = at->up ? value_string(value_get(at->value, "name"))
				  : walk->object->name;

	if (!name || !*name)
		return type;
	return arena_printf(walk->run->arena, "%s '%s'", type, name);
}

void schema_lacks(struct schema_walk *walk, const struct schema_at *at,
		  const char *owner, const char *name)
{
	const struct value_entry entry = { .key = name };
	struct schema_at absent = {
		.up = at,
		.value = at->value,
		.entry = &entry,
		.part = SCHEMA_PART_ABSENT,
	};

	/* A webhook may fill it in before the schema is looked at. */
	walk->soft = walk->custom;
	if (schema_report(walk, LINT_RULE_schema_required_missing, &absent,
			  "%s lacks %s", owner, name))
		lint_help(walk->run, "add %s", name);
	walk->soft = false;
}

/*
 * A field is demanded in all versions or not at all: with several versions
 * the newest one decides.
 */
static void check_required(struct schema_walk *walk, const struct schema_at *at)
{
	const struct schema_field *row = schema_fields + at->def->fields;
	const struct schema_field *end = row + at->def->count;

	for (; row < end; row++) {
		const char *name = schema_name(row->name);

		/* Operators fill in what only Kubernetes demands. */
		if (!(row->flags & SCHEMA_REQUIRED) ||
		    (walk->custom && row->flags & SCHEMA_DEMANDED) ||
		    row->first > walk->newest || row->last < walk->newest ||
		    !value_is_null(value_get(at->value, name)) ||
		    schema_is_hinted(walk, name))
			continue;
		if (strcmp(name, "selector") != 0 ||
		    !schema_yields(walk, LINT_RULE_selector_empty))
			schema_lacks(walk, at, called(walk, at), name);
	}
}

void schema_fields_of(struct schema_walk *walk, struct schema_at *at)
{
	const struct value_entry *entry;

	if (!at->def->count)
		return;
	if (!value_is_map(at->value)) {
		schema_wrong_type(walk, at, "map");
		return;
	}
	value_foreach (entry, at->value) {
		const struct schema_field *row = field_of(walk, at, entry);
		struct schema_at child = {
			.up = at,
			.value = entry->value,
			.entry = entry,
			.field = row,
			.depth = at->depth + 1,
		};

		if (!row)
			continue;
		if (row->flags & SCHEMA_DEPRECATED &&
		    !value_is_null(entry->value))
			schema_deprecated(walk, &child);
		visit(walk, &child, &schema_types[row->type]);
	}
	check_required(walk, at);
	schema_refusals(walk, at);
}

static void visit_map(struct schema_walk *walk, const struct schema_at *at,
		      const struct schema_type *type)
{
	const struct value_entry *entry;

	if (!value_is_map(at->value)) {
		schema_wrong_type(walk, at, "map");
		return;
	}
	value_foreach (entry, at->value) {
		struct schema_at child = {
			.up = at,
			.value = entry->value,
			.entry = entry,
			.field = at->field,
			.depth = at->depth + 1,
		};

		visit(walk, &child, &schema_types[type->of]);
	}
}

static void visit_list(struct schema_walk *walk, const struct schema_at *at,
		       const struct schema_type *type)
{
	const struct value *item;

	if (!value_is_list(at->value)) {
		schema_wrong_type(walk, at, "list");
		return;
	}
	list_foreach (item, at->value) {
		struct schema_at child = {
			.up = at,
			.value = item,
			.index = item_at,
			.field = at->field,
			.depth = at->depth + 1,
		};

		visit(walk, &child, &schema_types[type->of]);
	}
	schema_items(walk, at);
}

static void visit(struct schema_walk *walk, struct schema_at *at,
		  const struct schema_type *type)
{
	if (value_is_null(at->value) || at->depth > DEPTH_MAX ||
	    placeholder_is(at->value))
		return;
	switch ((enum schema_shape)type->shape) {
	case SCHEMA_ANY:
		break;
	case SCHEMA_OBJECT:
		at->def = &schema_defs[type->of];
		schema_fields_of(walk, at);
		break;
	case SCHEMA_MAP:
		visit_map(walk, at, type);
		break;
	case SCHEMA_LIST:
		visit_list(walk, at, type);
		break;
	case SCHEMA_STRING:
	case SCHEMA_BOOL:
	case SCHEMA_INT32:
	case SCHEMA_INT64:
	case SCHEMA_DOUBLE:
	case SCHEMA_DATE_TIME:
	case SCHEMA_BYTE:
	case SCHEMA_QUANTITY:
	case SCHEMA_INT_OR_STRING:
		(void)schema_scalar(walk, at, type);
		break;
	}
}

/* The versions of the run that serve the kind, or the nearest one. */
static void choose_versions(struct schema_walk *walk,
			    const struct schema_kind *kind)
{
	walk->oldest = walk->run->kubernetes.oldest;
	walk->newest = walk->run->kubernetes.newest;
	if (walk->oldest < kind->first)
		walk->oldest = kind->first;
	if (walk->newest > kind->last)
		walk->newest = kind->last;
	if (walk->newest < kind->first)
		walk->newest = walk->oldest;
	if (walk->oldest > walk->newest)
		walk->oldest = walk->newest;
}

bool schema_is_known(const struct object *object)
{
	return schema_kind_find(object->group, object->version, object->kind) ||
	       lifecycle_find(object->group, object->version, object->kind) ||
	       (!*object->group && strcmp(object->kind, "List") == 0);
}

/* At an embedded object the way to it goes on. */
void schema_whole(struct schema_walk *walk, struct schema_at *at,
		  const struct object *object)
{
	const struct schema_kind *kind =
		schema_kind_find(object->group, object->version, object->kind);
	const struct schema_node *node;

	if (kind) {
		choose_versions(walk, kind);
		at->def = &schema_defs[kind->def];
		schema_fields_of(walk, at);
		return;
	}
	node = lint_schemas_find(walk->run->schemas, walk->run->bundle, object);
	if (!node)
		return;
	walk->oldest = walk->run->kubernetes.oldest;
	walk->newest = walk->run->kubernetes.newest;
	walk->custom = true;
	walk->known =
		!lint_schemas_definition(walk->run->schemas, walk->run->bundle,
					 object->group, object->kind);
	schema_custom(walk, at, node);
}

void schema_validate(struct lint_run *run, const struct object *object)
{
	struct schema_walk walk = { .run = run, .object = object };
	struct schema_at root = { .value = object->root };

	schema_whole(&walk, &root, object);
	schema_sops(&walk, &root);
}
