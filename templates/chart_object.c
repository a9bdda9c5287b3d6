#include "templates/chart_object.h"

#include <string.h>

#include "base/arena.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "templates/chart_parts.h"
#include "templates/metadata.h"
#include "templates/object.h"

/* A nil map or list of Go: empty to templates, null in JSON. */

static const struct value *nil_under(struct arena *arena,
				     const struct value *object)
{
	(void)arena;
	return object->data;
}

static bool nil_json(struct str *out, const struct value *value,
		     const char **error)
{
	(void)value;
	(void)error;
	str_puts(out, "null");
	return true;
}

static struct value *nil_fields(struct arena *arena, const struct value *object)
{
	return value_copy(arena, object->data);
}

static const struct value *nil_field(struct arena *arena,
				     const struct value *object,
				     const char *name, size_t len)
{
	(void)name;
	(void)len;
	return value_is_map(object->data) ? value_new_cstring(arena, NULL, "")
					  : NULL;
}

static bool nil_truth(const struct value *object)
{
	(void)object;
	return false;
}

#define NIL_CLASS(type, name)                                                  \
	{                                                                      \
		.model = { .go_type = type,                                    \
			   .json = nil_json,                                   \
			   .fields = nil_fields },                             \
		.kind = name, .under = nil_under, .field = nil_field,          \
		.truth = nil_truth                                             \
	}

static const struct object_class nil_classes[] = {
	[METADATA_TYPE_STRINGS] = NIL_CLASS("[]string", "slice"),
	[METADATA_TYPE_STRING_MAP] = NIL_CLASS("map[string]string", "map"),
	[METADATA_TYPE_MAINTAINERS] = NIL_CLASS("[]*chart.Maintainer", "slice"),
	[METADATA_TYPE_DEPENDENCIES] =
		NIL_CLASS("[]*chart.Dependency", "slice"),
	[METADATA_TYPE_ANY_LIST] = NIL_CLASS("[]interface {}", "slice"),
};

static struct value *nil_of(struct arena *arena, enum metadata_type type)
{
	struct value *empty = type == METADATA_TYPE_STRING_MAP
				      ? value_new_map(arena, NULL)
				      : value_new_list(arena, NULL);

	empty->type = type == METADATA_TYPE_STRINGS ||
				      type == METADATA_TYPE_STRING_MAP
			      ? VALUE_TYPE_STRINGS
			      : VALUE_TYPE_PLAIN;
	empty->flags |= VALUE_FLAG_NIL;
	return object_wrap(arena, &nil_classes[type], empty);
}

/*
 * What Go has where nothing was written.  helm 4 turns nil lists into empty
 * ones on the way into its map, but leaves a nil map.
 */
static struct value *zero(struct arena *arena, enum metadata_type type,
			  enum chart_dialect dialect)
{
	if (type == METADATA_TYPE_STRING)
		return value_new_cstring(arena, NULL, "");
	if (type == METADATA_TYPE_BOOL)
		return value_new_bool(arena, NULL, false);
	if (dialect == CHART_HELM4 && type != METADATA_TYPE_STRING_MAP)
		return value_new_list(arena, NULL);
	return nil_of(arena, type);
}

/* A list of a struct of Go, with fields by their Go names. */
struct go_struct {
	const struct metadata_row *rows;
	const struct value *fields; /* by their JSON names */
	bool root;                  /* the chart itself: has IsRoot */
	bool is_root;
};

static const struct value *struct_field(struct arena *arena,
					const struct value *object,
					const char *name, size_t len);
static bool struct_json(struct str *out, const struct value *object,
			const char **error);
static const struct object_part *struct_parts(struct arena *arena,
					      const struct value *object);
static const struct object_part *chart_parts(struct arena *arena,
					     const struct value *object);

static const struct object_class chart_class = {
	.model = { .go_type = "struct { chart.Metadata; IsRoot bool }",
		   .json = struct_json,
		   .fields = object_fields },
	.kind = "struct",
	.field = struct_field,
	.parts = chart_parts,
	.embedded = "Metadata",
};

static const struct object_class metadata_class = {
	.model = { .go_type = "chart.Metadata",
		   .json = struct_json,
		   .fields = object_fields },
	.kind = "struct",
	.field = struct_field,
	.parts = struct_parts,
};

static const struct object_class maintainer_class = {
	.model = { .go_type = "*chart.Maintainer",
		   .json = struct_json,
		   .fields = object_fields },
	.kind = "ptr",
	.field = struct_field,
	.parts = struct_parts,
};

static const struct object_class dependency_class = {
	.model = { .go_type = "*chart.Dependency",
		   .json = struct_json,
		   .fields = object_fields },
	.kind = "ptr",
	.field = struct_field,
	.parts = struct_parts,
};

static struct value *wrap(struct arena *arena, const struct object_class *class,
			  const struct metadata_row *rows,
			  const struct value *fields)
{
	struct go_struct *wrapped = arena_zalloc(arena, sizeof(*wrapped));
	struct value *object;

	wrapped->rows = rows;
	wrapped->fields = fields;
	object = object_wrap(arena, class, wrapped);
	object->origin = fields->origin;
	return object;
}

static const struct value *struct_field(struct arena *arena,
					const struct value *object,
					const char *name, size_t len)
{
	const struct go_struct *self = object->data;
	const struct metadata_row *row;

	if (self->root && len == 6 && memcmp(name, "IsRoot", len) == 0)
		return value_new_bool(arena, NULL, self->is_root);
	if (self->root && len == 8 && memcmp(name, "Metadata", len) == 0)
		return object;
	for (row = self->rows; row->json; row++) {
		const struct value *found;

		if (strlen(row->go) != len || memcmp(row->go, name, len) != 0)
			continue;
		found = value_get(self->fields, row->json);
		return found ? found : zero(arena, row->type, CHART_HELM3);
	}
	return NULL;
}

/* omitempty leaves out what is empty; name and repository are always there. */
static bool is_left_out(const struct go_struct *self,
			const struct metadata_row *row,
			const struct value *field)
{
	if (self->rows == dependency_rows &&
	    (strcmp(row->json, "name") == 0 ||
	     strcmp(row->json, "repository") == 0))
		return false;
	if (!field || value_is_null(field) || value_is_false(field))
		return true;
	if (value_is_string(field))
		return !field->len;
	return (value_is_list(field) || value_is_map(field)) &&
	       !value_count(field);
}

static bool struct_json(struct str *out, const struct value *object,
			const char **error)
{
	const struct go_struct *self = object->data;
	const struct metadata_row *row;
	bool first = true;

	str_putc(out, '{');
	for (row = self->rows; row->json; row++) {
		const struct value *field = value_get(self->fields, row->json);

		if (is_left_out(self, row, field))
			continue;
		str_printf(out, "%s\"%s\":", first ? "" : ",", row->json);
		if (!field)
			str_puts(out, "\"\"");
		else if (!json_write(out, field, NULL, NULL, error))
			return false;
		first = false;
	}
	if (self->root)
		str_printf(out, ",\"IsRoot\":%s",
			   self->is_root ? "true" : "false");
	str_putc(out, '}');
	return true;
}

static const struct object_part *struct_parts(struct arena *arena,
					      const struct value *object)
{
	const struct go_struct *self = object->data;
	struct object_part *parts;
	size_t count = 0, i;

	while (self->rows[count].json)
		count++;
	parts = arena_zalloc(arena, (count + 1) * sizeof(*parts));
	for (i = 0; i < count; i++) {
		const struct metadata_row *row = &self->rows[i];
		const struct value *field = value_get(self->fields, row->json);

		parts[i].name = row->go;
		parts[i].value =
			field ? field : zero(arena, row->type, CHART_HELM3);
	}
	return parts;
}

/* The metadata are embedded: Go counts them as a field of that name. */
static const struct object_part *chart_parts(struct arena *arena,
					     const struct value *object)
{
	const struct go_struct *self = object->data;
	struct object_part *parts = arena_zalloc(arena, 3 * sizeof(*parts));

	parts[0].name = "Metadata";
	parts[0].value = wrap(arena, &metadata_class, self->rows, self->fields);
	parts[1].name = "IsRoot";
	parts[1].value = value_new_bool(arena, NULL, self->is_root);
	return parts;
}

/* The entry as it is by now: renamed, enabled, imports spelt out. */
static struct value *dependency_fields(struct arena *arena,
				       const struct dependency *entry)
{
	struct value *fields = value_copy(arena, entry->node);
	const struct origin *at = &entry->node->origin;
	const struct value_entry *field;

	fields->map = value_new_map(arena, NULL)->map;
	value_foreach (field, entry->node) {
		value_setn(arena, fields, field->key, field->len,
			   &field->origin, field->value);
	}
	if (strcmp(entry->name,
		   value_string_or(value_get(entry->node, "name"), "")) != 0)
		value_set(arena, fields, "name",
			  value_new_cstring(arena, at, entry->name));
	value_set(arena, fields, "enabled",
		  value_new_bool(arena, at, entry->enabled));
	if (entry->import_values)
		value_set(arena, fields, "import-values", entry->import_values);
	return fields;
}

/* The fields of a struct as helm 4's map has them. */
static struct value *as_map(struct arena *arena,
			    const struct metadata_row *rows,
			    const struct value *fields)
{
	struct value *map = value_new_map(arena, &fields->origin);
	const struct metadata_row *row;

	for (row = rows; row->json; row++) {
		struct value *field = value_get(fields, row->json);

		if (!field)
			field = zero(arena, row->type, CHART_HELM4);
		if (row->type == METADATA_TYPE_STRINGS && value_is_list(field))
			field = value_copy(arena, field);
		if (row->type == METADATA_TYPE_STRINGS)
			field->type = VALUE_TYPE_PLAIN;
		value_setn(arena, map, row->go, strlen(row->go), &field->origin,
			   field);
	}
	return map;
}

static struct value *struct_of(struct arena *arena,
			       const struct metadata_row *rows,
			       const struct value *fields,
			       enum chart_dialect dialect)
{
	if (dialect == CHART_HELM4)
		return as_map(arena, rows, fields);
	return wrap(arena,
		    rows == maintainer_rows ? &maintainer_class
					    : &dependency_class,
		    rows, fields);
}

static struct value *lists_of_structs(struct arena *arena,
				      const struct metadata *metadata,
				      bool dependencies,
				      enum chart_dialect dialect)
{
	const struct value *items = metadata->fields[METADATA_Maintainers];
	struct value *list = value_new_list(arena, NULL);
	const struct value *item;
	size_t i;

	for (i = 0; dependencies && i < metadata->dependencies.count; i++)
		value_append(arena, list,
			     struct_of(arena, dependency_rows,
				       dependency_fields(
					       arena,
					       metadata->dependencies.items[i]),
				       dialect));
	list_foreach (item, dependencies ? NULL : items) {
		value_append(arena, list,
			     struct_of(arena, maintainer_rows, item, dialect));
	}
	return list;
}

static struct value *chart_fields(struct arena *arena,
				  const struct chart *chart,
				  enum chart_dialect dialect)
{
	const struct metadata *metadata = chart->metadata;
	struct value *fields = value_new_map(arena, &chart->origin);
	size_t i;

	for (i = 0; i < METADATA_COUNT; i++) {
		const struct metadata_row *row = &metadata_rows[i];
		bool entries = row->type == METADATA_TYPE_DEPENDENCIES;
		struct value *field = metadata->fields[i];

		if (entries || row->type == METADATA_TYPE_MAINTAINERS) {
			field = lists_of_structs(arena, metadata, entries,
						 dialect);
			field = value_count(field) ? field : NULL;
		}
		if (field)
			value_setn(arena, fields, row->json, strlen(row->json),
				   &field->origin, field);
	}
	return fields;
}

void chart_metadata_yaml(struct str *out, const struct chart *chart,
			 bool dependencies)
{
	struct value *fields = chart_fields(out->arena, chart, CHART_HELM3);
	const struct value *object;
	const char *error;

	if (!dependencies)
		value_remove(fields, "dependencies", strlen("dependencies"));
	object = wrap(out->arena, &metadata_class, metadata_rows, fields);
	if (!yaml_emit(out, object, YAML_FORM_HELM, NULL, &error))
		BUG("metadata are texts");
}

void chart_dependencies_json(struct str *out, const struct chart *chart)
{
	const struct value *entries = lists_of_structs(
		out->arena, chart->metadata, true, CHART_HELM3);
	const char *error;

	if (!json_write(out, entries, NULL, NULL, &error))
		BUG("dependencies are texts");
}

struct value *chart_object(struct arena *arena, const struct chart *chart,
			   enum chart_dialect dialect)
{
	struct value *fields = chart_fields(arena, chart, dialect), *object;
	struct go_struct *self;

	if (dialect == CHART_HELM4) {
		object = as_map(arena, metadata_rows, fields);
		value_set(arena, object, "IsRoot",
			  value_new_bool(arena, NULL, !chart->parent));
		return object;
	}
	object = wrap(arena, &chart_class, metadata_rows, fields);
	self = object->data;
	self->root = true;
	self->is_root = !chart->parent;
	return object;
}
