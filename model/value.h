/*
 * The tree of values: what YAML, JSON, templates and overlays speak.
 *
 * Scalars are immutable.  Maps and lists are references: two values may share
 * one `struct value_map`, and a change through one is seen through the other,
 * as in Go (templates depend on it).  Copy deeply before changing what others
 * may hold.
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
#include "base/str.h"
#include "model/value_node.h"

struct arena;

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
/* The same of all bytes before the NUL. */
struct value *value_new_cstring(struct arena *arena, const struct origin *at,
				const char *text);
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

/* NULL counts as null. */
static inline bool value_is_null(const struct value *value)
{
	return !value || value->kind == VALUE_NULL;
}
bool value_is_bool(const struct value *value);
static inline bool value_is_string(const struct value *value)
{
	return value && value->kind == VALUE_STRING;
}
bool value_is_number(const struct value *value);
static inline bool value_is_list(const struct value *value)
{
	return value && value->kind == VALUE_LIST;
}
static inline bool value_is_map(const struct value *value)
{
	return value && value->kind == VALUE_MAP;
}
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
/* Of a number. */
double value_as_real(const struct value *number);

/* Items of a list or entries of a map; 0 for anything else. */
size_t value_count(const struct value *value);
/* NULL if it is no list, or behind its end. */
static inline struct value *value_item(const struct value *value, size_t index)
{
	return value_is_list(value) && index < value->list->count
		       ? value->list->items[index]
		       : NULL;
}
/* NULL if it is no map, or has no such key. */
struct value *value_get(const struct value *value, const char *key);
struct value *value_getn(const struct value *value, const char *key,
			 size_t len);
struct value_entry *value_entry(const struct value *value, const char *key,
				size_t len);
static inline struct value_entry *value_entry_at(const struct value *value,
						 size_t index)
{
	return value_is_map(value) && index < value->map->count
		       ? &value->map->entries[index]
		       : NULL;
}

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
/* Append an entry without looking whether the key is there already. */
struct value_entry *value_add_entry(struct arena *arena, struct value *map,
				    const char *key, size_t len,
				    const struct origin *key_at,
				    struct value *value);
/*
 * For readers: the entries of an empty map are collected in room that is lent,
 * and copied to fit when the map is complete, so that growing leaves no holes.
 */
void value_map_borrow(struct value *map, struct value_entry *entries,
		      uint32_t room);
void value_map_settle(struct arena *arena, struct value *map,
		      const struct value_entry *borrowed);
bool value_remove(struct value *map, const char *key, size_t len);
void value_remove_at(struct value *list, size_t index);
void value_insert_at(struct arena *arena, struct value *list, size_t index,
		     struct value *item);

/* Entries of a map sorted by bytes of the key, as Go ranges over it. */
struct value_entry **value_sorted(struct arena *arena, const struct value *map);
/* The same order, for qsort over pointers to entries. */
int value_compare_entries(const void *a, const void *b);

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

/* "null", "boolean", "whole number", "number", "string", "list", "map". */
const char *value_kind_name(enum value_kind kind);

#endif
