/*
 * What the API server refuses though it fits the schema: fields that exclude
 * or demand one another, and texts of a form of their own.
 *
 * A check belongs to a definition (refuse.def) and is called by the schema
 * walk wherever that occurs.  Values may be of a wrong type: that has been
 * reported, and getters then find nothing.  The words are the server's.
 */
#ifndef LINTS_SCHEMA_REFUSE_H
#define LINTS_SCHEMA_REFUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "lints/schema/walk.h"
#include "lints/subjects/name_syntax.h"

struct value;

typedef void schema_check(struct schema_walk *walk, const struct schema_at *at);

#define REFUSE(definition, check) schema_check check;
#include "lints/schema/refuse.def"
#undef REFUSE

/* A field below a node, there or not; an item of a list. */
struct schema_at schema_child(struct schema_walk *walk,
			      const struct schema_at *at, const char *field);
struct schema_at schema_item(const struct schema_at *at, size_t index);

/* The field is there and not null, which counts as absent. */
bool schema_has(const struct schema_at *at, const char *field);
/* The text of a field; "" if it is none. */
const char *schema_text(const struct schema_at *at, const char *field);
/* A whole number, or `otherwise`. */
int64_t schema_int(const struct schema_at *at, const char *field,
		   int64_t otherwise);

/* Report "path: reason", at the field or where it should be. */
void schema_refuse(struct schema_walk *walk, const struct schema_at *at,
		   const char *format, ...) PRINTF_LIKE(3, 4);
void schema_refuse_field(struct schema_walk *walk, const struct schema_at *at,
			 const char *field, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* The field is absent or an empty text. */
void schema_refuse_empty(struct schema_walk *walk, const struct schema_at *at,
			 const char *field);

/* The field is a text that is no such name; absent and "" are fine. */
void schema_refuse_name(struct schema_walk *walk, const struct schema_at *at,
			const char *field, enum lint_name_syntax syntax);

/* A whole number outside of [least, most]. */
void schema_refuse_range(struct schema_walk *walk, const struct schema_at *at,
			 const char *field, int64_t least, int64_t most);

/* Fields of which one at most may stand there; NULL at the end. */
enum schema_union {
	SCHEMA_AT_MOST_ONE,
	SCHEMA_EXACTLY_ONE
};

/* How many are there; what is wrong with that was reported. */
size_t schema_refuse_union(struct schema_walk *walk, const struct schema_at *at,
			   const char *const *fields, enum schema_union how,
			   const char *noun);

/* A field of which nothing may be seen, because of `reason`. */
void schema_refuse_there(struct schema_walk *walk, const struct schema_at *at,
			 const char *const *fields, const char *reason);

/* A path that leads out of where it begins. */
void schema_refuse_path(struct schema_walk *walk, const struct schema_at *at,
			const char *field);

/* The target may be at least this version: then the server refuses. */
bool schema_since(const struct schema_walk *walk, unsigned minor);

/* Text whose last value is filled in later: nothing is known of it. */
bool schema_is_open(const char *text);

#endif
