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

/* A field of a struct of Go. */
struct object_part {
	const char *name;
	const struct value *value; /* NULL: a nil pointer */
	const char *type;          /* of that */
};

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
	/*
	 * The fields of the struct, or of that which a pointer leads to, as
	 * fmt, == and reflect.DeepEqual see them; a NULL name ends them.
	 */
	const struct object_part *(*parts)(struct arena *arena,
					   const struct value *object);
	/* The part that is a struct embedded in this one; or NULL. */
	const char *embedded;
	/* Two pointers are one if this is; or NULL: `data` is meant. */
	const void *(*identity)(const struct value *object);
	/* model.print is its String(), which only %v, %s, %q and %x ask for. */
	bool stringer;
	/* What deepCopy gives, which cannot see hidden fields; or NULL. */
	const void *blank;
	/* Its GoString(), which %#v asks for; or NULL. */
	void (*go_string)(struct str *out, const struct value *object);
	/*
	 * The class of its copies, where Go's own has methods that only a
	 * thing with an address has: functions are given copies.  Or NULL.
	 */
	const struct object_class *copied;
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

/* For model.fields: a map of the parts that other packages of Go see. */
struct value *object_fields(struct arena *arena, const struct value *value);

/*
 * The fields of a struct, or of that which a pointer leads to, in the arena;
 * NULL: it is neither.
 */
const struct object_part *object_parts(struct arena *arena,
				       const struct value *value);

/* What a function gets of it. */
const struct value *object_copied(struct arena *arena,
				  const struct value *value);

/* Whether it is a pointer of Go. */
bool object_is_pointer(const struct value *value);

/* The method of this name; NULL if there is none. */
const struct func *object_method(const struct value *value, const char *name,
				 size_t len);

#endif
