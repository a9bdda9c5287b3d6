/*
 * Objects that templates see and that are no plain values: .Files,
 * .Capabilities, .Chart, times, versions, certificates.
 *
 * An object is a VALUE_OPAQUE whose class is a struct object_class; `data` is
 * whatever the class wants.  A map of a named Go type that has methods
 * (.Values) is a VALUE_MAP of VALUE_TYPE_NAMED with such a class.
 *
 *	static const struct func methods[] = {
 *		{ .name = "Has", .takes = { ARG_STRING }, .run = fn_has },
 *		{ .name = NULL }
 *	};
 *	static const struct object_class versions = {
 *		.model = { .go_type = "chartutil.VersionSet" },
 *		.kind = "slice",
 *		.methods = methods,
 *		.under = versions_as_list,
 *	};
 *	value = object_wrap(arena, &versions, data);
 *
 * `.X` looks for a method first, then for a field.  A method finds the object
 * in call->receiver.
 */
#ifndef TEMPLATES_OBJECT_H
#define TEMPLATES_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/value.h"

struct arena;
struct func;
struct str;

struct object_class {
	struct value_class model; /* first: value->class leads here */
	const char *kind; /* of Go: "struct", "ptr", "map", "slice", "int64" */
	const struct func *methods; /* ends with a NULL name; or NULL */
	/*
	 * A field; NULL: there is none of this name (an error).  A class of
	 * kind "map" gives its zero value for absent keys.  Or NULL.
	 */
	const struct value *(*field)(struct arena *arena,
				     const struct value *object,
				     const char *name, size_t len);
	/*
	 * The list, map, number or string that Go sees below the methods: for
	 * range, len, index, comparisons and verbs as %d.  NULL: a struct.
	 */
	const struct value *(*under)(struct arena *arena,
				     const struct value *object);
	/* What {{ .X }} prints where it differs from %v; or NULL. */
	void (*show)(struct str *out, const struct value *object);
	/* NULL: true, or that of `under`. */
	bool (*truth)(const struct value *object);
};

struct value *object_wrap(struct arena *arena, const struct object_class *class,
			  const void *data);

/* The class of an object or of a named map; NULL for a plain value. */
const struct object_class *object_class_of(const struct value *value);

/* Whether it is an object of this very class. */
bool object_has_class(const struct value *value,
		      const struct object_class *class);

/* What Go sees below the methods; any other value is itself. */
const struct value *object_under(struct arena *arena,
				 const struct value *value);

/* The method of this name; NULL if there is none. */
const struct func *object_method(const struct value *value, const char *name,
				 size_t len);

#endif
