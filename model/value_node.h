/*
 * The nodes of the tree of values; what can be done with them is in
 * model/value.h, which is what to include.
 *
 * A value is 40 bytes and lives in an arena.  Beside the resolved value a
 * scalar that was read keeps its source text, tag and style, since Kustomize
 * decides types when it prints.  Maps keep the order of insertion and have a
 * hash index when large.
 */
#ifndef MODEL_VALUE_NODE_H
#define MODEL_VALUE_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/origin.h"

struct segment_map;
struct str;

enum value_kind {
	VALUE_NULL,
	VALUE_BOOL,
	VALUE_INT,  /* int64 */
	VALUE_UINT, /* uint64, above INT64_MAX when it was read */
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
	VALUE_TYPE_INT,     /* VALUE_INT: int, not int64 */
	VALUE_TYPE_INT32,   /* VALUE_INT: int32, a rune literal */
	VALUE_TYPE_STRINGS, /* VALUE_LIST: []string; VALUE_MAP: of strings */
	VALUE_TYPE_INTS,    /* VALUE_LIST: []int */
	VALUE_TYPE_LISTS,   /* VALUE_LIST: [][]interface {} */
	VALUE_TYPE_UINT8,   /* VALUE_UINT: uint8, a byte of a string */
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
	VALUE_FLAG_READ = 1,         /* a template read it */
	VALUE_FLAG_EXPLICIT_TAG = 2, /* the tag was written out */
	VALUE_FLAG_DUPLICATE = 4,    /* map: a key stands in it twice */
	VALUE_FLAG_SECRET = 8,       /* masked in reports */
	VALUE_FLAG_NIL = 16,         /* list: a nil slice of Go, null in JSON */
	VALUE_FLAG_SHARED = 32, /* list: items of more lists than this one */
	/*
	 * String: printed as one, but the tag it has to Kustomize is what its
	 * text reads as: a number in quotes, a time in a flow collection.
	 */
	VALUE_FLAG_TAG_OF_TEXT = 64,
};

struct value;
struct value_index;
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
	/* A point in time: go-yaml v3 writes its JSON text without quotes. */
	bool timestamp;
	/*
	 * For encoders that know nothing of JSON (YAML v3, TOML): a map of a
	 * struct's public fields in their order, or an empty list or map for
	 * one that is nil.  Or NULL.
	 */
	struct value *(*fields)(struct arena *arena, const struct value *value);
};

struct value {
	struct origin origin;
	uint8_t kind; /* enum value_kind */
	uint8_t type; /* enum value_type */
	uint8_t style : 4;
	uint8_t tag : 4;
	uint8_t flags;
	/* Bytes of string, or of text; lists: funcs/capacity.h, or 0. */
	uint32_t len;
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
		const struct value_class *class;    /* opaque, named maps */
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

/* Where the entries of a large map are by their hash. */
struct value_index {
	uint32_t mask;
	uint32_t slots[]; /* mask + 1 of them: index + 1, 0 is free */
};

struct value_map {
	struct value_entry *entries;
	uint32_t count;
	uint32_t room; /* a large one has its index behind it: value.c */
};

#endif
