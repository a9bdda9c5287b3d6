#include "templates/object.h"

#include <string.h>

#include "base/attr.h"
#include "templates/func.h"

struct value *object_wrap(struct arena *arena, const struct object_class *class,
			  const void *data)
{
	struct value *value = value_new(arena, VALUE_OPAQUE, NULL);

	value->class = &class->model;
	value->data = (void *)data;
	return value;
}

const struct object_class *object_class_of(const struct value *value)
{
	if (!value)
		return NULL;
	if (value->kind == VALUE_OPAQUE ||
	    (value->kind == VALUE_MAP && value->type == VALUE_TYPE_NAMED))
		return (const struct object_class *)value->class;
	return NULL;
}

bool object_has_class(const struct value *value,
		      const struct object_class *class)
{
	return object_class_of(value) == class;
}

const struct value *object_under(struct arena *arena, const struct value *value)
{
	const struct object_class *class = object_class_of(value);

	if (class && value->kind == VALUE_OPAQUE && class->under)
		return class->under(arena, value);
	return value;
}

const struct object_part *object_parts(struct arena *arena,
				       const struct value *value)
{
	const struct object_class *class = object_class_of(value);

	return class && class->parts ? class->parts(arena, value) : NULL;
}

struct value *object_fields(struct arena *arena, const struct value *value)
{
	struct value *map = value_new_map(arena, &value->origin);
	const struct object_part *part = object_parts(arena, value);

	for (; part->name; part++) {
		const struct value *field = part->value;

		if (part->name[0] < 'A' || part->name[0] > 'Z')
			continue;
		value_set(arena, map, part->name,
			  field ? value_copy(arena, field)
				: value_new(arena, VALUE_NULL, &value->origin));
	}
	return map;
}

const struct value *object_copied(struct arena *arena,
				  const struct value *value)
{
	const struct object_class *class = object_class_of(value);
	struct value *copy;

	if (LIKELY(!class || !class->copied))
		return value;
	copy = value_copy(arena, value);
	copy->class = &class->copied->model;
	return copy;
}

bool object_is_pointer(const struct value *value)
{
	const struct object_class *class = object_class_of(value);

	return class && class->kind && strcmp(class->kind, "ptr") == 0;
}

const struct func *object_method(const struct value *value, const char *name,
				 size_t len)
{
	const struct object_class *class = object_class_of(value);
	const struct func *method;

	if (!class || !class->methods)
		return NULL;
	for (method = class->methods; method->name; method++)
		if (strlen(method->name) == len &&
		    memcmp(method->name, name, len) == 0)
			return method;
	return NULL;
}
