/*
 * The tree of values: what YAML, JSON, templates and overlays speak.
 *
 * A value is 48 bytes and lives in an arena.  Scalars are immutable.  Maps and
 * lists are references: two values may share one `struct value_map`, and a
 * change through one is seen through the other, as in Go (templates depend on
 * it).  Copy deeply before changing what others may hold.
 *
 * Maps keep the order of insertion and have a hash index when large.  Beside
 * the resolved value a scalar that was read keeps its source text, tag and
 * style, since Kustomize decides types when it prints.
 *
 * Predicates and getters accept NULL.  Nobody assigns to a node of a loaded
 * tree directly: value_replace() and value_merged() keep the chain of origins.
 */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/origin.h"
#include "base/str.h"

struct arena;

enum value_kind {
	VALUE_NULL,
	VALUE_BOOL,
	VALUE_INT,    /* int64 */
	VALUE_UINT,   /* uint64, above INT64_MAX when it was read */
	VALUE_FLOAT,
	VALUE_STRING, /* UTF-8 by habit, any bytes by right */
	VALUE_BYTES,  /* []byte of Go: prints as numbers, base64 in JSON */
	VALUE_LIST,
	VALUE_MAP,
	VALUE_OPAQUE, /* a thing of an engine: a time, a certificate ... */
};

/*
 * Go types of one kind that Helm lets users see.  0 is what YAML and JSON
 * give: int64, []interface {}, map[string]interface {}.
 */
enum value_type {
	VALUE_TYPE_PLAIN,
	VALUE_TYPE_INT,	    /* VALUE_INT: int, not int64 */
	VALUE_TYPE_INT32,   /* VALUE_INT: int32, a rune literal */
	VALUE_TYPE_STRINGS, /* VALUE_LIST: []string; VALUE_MAP: of strings */
	VALUE_TYPE_INTS,    /* VALUE_LIST: []int */
	VALUE_TYPE_LISTS,   /* VALUE_LIST: [][]interface {} */
	VALUE_TYPE_NAMED,   /* VALUE_MAP: chartutil.Values and its like */
	VALUE_TYPE_INVALID, /* VALUE_NULL: no value at all, not a nil one */
};

enum value_style {
	VALUE_STYLE_NONE, /* not read from a text */
	VALUE_STYLE_PLAIN,
	VALUE_STYLE_SINGLE,
	VALUE_STYLE_DOUBLE,
	VALUE_STYLE_LITERAL,
	VALUE_STYLE_FOLDED,
	VALUE_STYLE_BLOCK, /* maps and lists */
	VALUE_STYLE_FLOW,
};

/* The tag of a node: written out, or found by the dialect's resolution. */
enum value_tag {
	VALUE_TAG_NONE, /* to be resolved from the text when printed */
	VALUE_TAG_NULL,
	VALUE_TAG_BOOL,
	VALUE_TAG_INT,
	VALUE_TAG_FLOAT,
	VALUE_TAG_STR,
	VALUE_TAG_BINARY,
	VALUE_TAG_TIMESTAMP,
	VALUE_TAG_MERGE, /* << */
	VALUE_TAG_SEQ,
	VALUE_TAG_MAP,
	VALUE_TAG_CUSTOM, /* !anything */
};

enum value_flag {
	VALUE_FLAG_READ = 1,	     /* a template read it */
	VALUE_FLAG_EXPLICIT_TAG = 2, /* the tag was written out */
	VALUE_FLAG_DUPLICATE = 4,    /* map: a key stands in it twice */
	VALUE_FLAG_SECRET = 8,	     /* masked in reports */
	VALUE_FLAG_NIL = 16, /* list: a nil slice of Go, null in JSON */
};

struct value;
struct value_list;
struct value_map;

/* What an engine tells the model about its opaque values. */
struct value_class {
	const char *go_type; /* time.Time */
	/*
	 * Append as encoding/json does.  NULL: there is no JSON form; false:
	 * there is none for this one, and `*error` is Go's text.
	 */
	bool (*json)(struct str *out, const struct value *value,
		     const char **error);
	/* Append as %v of fmt prints it; NULL: as go_type. */
	void (*print)(struct str *out, const struct value *value);
};

struct value {
	struct origin origin;
	uint8_t kind; /* enum value_kind */
	uint8_t type; /* enum value_type */
	uint8_t style : 4;
	uint8_t tag : 4;
	uint8_t flags;
	uint32_t len; /* bytes of string, or of text */
	union {
		bool boolean;
		int64_t integer;
		uint64_t natural;
		double real;
		const char *string; /* a NUL follows */
		struct value_list *list;
		struct value_map *map;
		void *data;
	};
	union {
		const char *text; /* scalars but strings: as written, or NULL */
		const struct segment_map *segments; /* strings: or NULL */
		const struct value_class *class; /* opaque, named maps */
	};
};

struct value_list {
	struct value **items;
	uint32_t count;
	uint32_t room;
};

/* A key is text; `kind` is what the dialect resolved it to (1: x is an int). */
struct value_entry {
	const char *key; /* a NUL follows */
	uint32_t hash;
	uint32_t len : 24;
	uint32_t kind : 8; /* enum value_kind, VALUE_STRING as a rule */
	struct origin origin;
	struct value *value;
};

struct value_map {
	struct value_entry *entries;
	uint32_t count;
	uint32_t room;
	uint32_t *slots; /* NULL while small; index + 1, 0 is free */
	uint32_t mask;
};

/* Making.  `at` may be NULL: then nobody wrote it. */

struct value *value_new(struct arena *arena, enum value_kind kind,
			const struct origin *at);
struct value *value_new_bool(struct arena *arena, const struct origin *at,
			     bool boolean);
struct value *value_new_int(struct arena *arena, const struct origin *at,
			    int64_t integer);
struct value *value_new_float(struct arena *arena, const struct origin *at,
			      double real);
/* The bytes are copied. */
struct value *value_new_string(struct arena *arena, const struct origin *at,
			       const char *text, size_t len);
/* The bytes are kept; the text has to end with a NUL, as str_finish gives. */
struct value *value_new_text(struct arena *arena, const struct origin *at,
			     const struct text *text);
struct value *value_new_list(struct arena *arena, const struct origin *at);
struct value *value_new_map(struct arena *arena, const struct origin *at);

/* The same node elsewhere: maps and lists stay shared. */
struct value *value_copy(struct arena *arena, const struct value *value);
/* Nothing mutable is shared with the original; origins are kept. */
struct value *value_copy_deep(struct arena *arena, const struct value *value);

/* Asking. */

bool value_is_null(const struct value *value); /* NULL counts as null */
bool value_is_bool(const struct value *value);
bool value_is_string(const struct value *value);
bool value_is_number(const struct value *value);
bool value_is_list(const struct value *value);
bool value_is_map(const struct value *value);
bool value_is_true(const struct value *value);
bool value_is_false(const struct value *value);
bool value_equals_string(const struct value *value, const char *text);
bool value_equals_int(const struct value *value, int64_t integer);
/* Deep; numbers by value, maps without regard to order. */
bool value_equals(const struct value *a, const struct value *b);

/* The string, or NULL if it is not one. */
const char *value_string(const struct value *value);
/* The string, or `otherwise`. */
const char *value_string_or(const struct value *value, const char *otherwise);
/* String with its segment map; empty if it is not a string. */
struct text value_text(const struct value *value);
/* An integer, or a float that is one; false: neither. */
bool value_as_int(const struct value *value, int64_t *integer);

/* Items of a list or entries of a map; 0 for anything else. */
size_t value_count(const struct value *value);
/* NULL if it is no list, or behind its end. */
struct value *value_item(const struct value *value, size_t index);
/* NULL if it is no map, or has no such key. */
struct value *value_get(const struct value *value, const char *key);
struct value *value_getn(const struct value *value, const char *key,
			 size_t len);
struct value_entry *value_entry(const struct value *value, const char *key,
				size_t len);
struct value_entry *value_entry_at(const struct value *value, size_t index);

/*
 *	const struct value *item;
 *	list_foreach(item, ports) ...
 *	const struct value_entry *entry;
 *	value_foreach(entry, labels) ...
 *
 * Nothing happens for what is no list or no map.
 */
#define list_foreach(item, of)                                                 \
	for (size_t item##_at = 0; ((item) = value_item((of), item##_at));     \
	     item##_at++)
#define value_foreach(entry, of)                                               \
	for (size_t entry##_at = 0;                                            \
	     ((entry) = value_entry_at((of), entry##_at)); entry##_at++)

/* Changing a map or list that this caller owns. */

void value_append(struct arena *arena, struct value *list, struct value *item);
/* Add, or replace what stands under the key (its place in the order stays). */
void value_set(struct arena *arena, struct value *map, const char *key,
	       struct value *value);
/*
 * The same with the place of the key (or NULL); the key's bytes are kept, not
 * copied, and a NUL has to follow them.
 */
struct value_entry *value_setn(struct arena *arena, struct value *map,
			       const char *key, size_t len,
			       const struct origin *key_at,
			       struct value *value);
bool value_remove(struct value *map, const char *key, size_t len);
void value_remove_at(struct value *list, size_t index);
void value_insert_at(struct arena *arena, struct value *list, size_t index,
		     struct value *item);

/* Entries of a map sorted by bytes of the key, as Go ranges over it. */
struct value_entry **value_sorted(struct arena *arena,
				  const struct value *map);

/* Provenance. */

/*
 * What is to stand where `old` stood: a copy of `next` (maps shared) whose
 * chain ends in a link to `old`.  `old` may be NULL.
 */
struct value *value_replace(struct arena *arena, const struct value *old,
			    const struct value *next);

/* Note in the chain of a map or list that `by` extended or shortened it. */
void value_merged(struct arena *arena, struct value *collection,
		  const struct origin *by);

/* A copy at `at` of what `from` holds: an alias, a replacement. */
struct value *value_took(struct arena *arena, const struct value *from,
			 const struct origin *at);

/* "null", "boolean", "whole number", "number", "string", "list", "map". */
const char *value_kind_name(enum value_kind kind);

#endif
