#include "lints/schema/fields.h"

#include <string.h>

static int compare_kind(const struct schema_kind *row, const char *group,
			const char *version, const char *kind)
{
	int order = strcmp(schema_name(row->kind), kind);

	if (!order)
		order = strcmp(schema_name(row->group), group);
	return order ? order : strcmp(schema_name(row->version), version);
}

const struct schema_kind *
schema_kind_find(const char *group, const char *version, const char *kind)
{
	size_t low = 0, high = schema_kind_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare_kind(&schema_kinds[middle], group, version,
					 kind);

		if (!order)
			return &schema_kinds[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct schema_field *schema_field_find(const struct schema_def *def,
					     const char *name, size_t *count)
{
	const struct schema_field *rows = schema_fields + def->fields;
	size_t low = 0, high = def->count, end;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(schema_name(rows[middle].name), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < def->count; end++)
		if (strcmp(schema_name(rows[end].name), name) != 0)
			break;
	*count = end - low;
	return *count ? rows + low : NULL;
}

const struct schema_field *schema_field_in(const struct schema_field *rows,
					   size_t count, unsigned minor)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (rows[i].first <= minor && minor <= rows[i].last)
			return &rows[i];
	return NULL;
}

const struct schema_def *schema_def_of(const struct schema_type *type)
{
	while (type->shape == SCHEMA_LIST || type->shape == SCHEMA_MAP)
		type = &schema_types[type->of];
	return type->shape == SCHEMA_OBJECT ? &schema_defs[type->of] : NULL;
}
