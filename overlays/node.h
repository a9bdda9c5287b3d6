/*
 * Scalars as Kustomize handles them: a text, a tag, a style.
 *
 * What a scalar is in the end is decided by the emitter; a transformer writes
 * a text and says whether it is a string (NODE_STRING) or whatever the text
 * turns out to be (NODE_UNTYPED).  How the former scalar was quoted is kept.
 */
#ifndef OVERLAYS_NODE_H
#define OVERLAYS_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/value.h"

enum node_typing {
	NODE_UNTYPED,
	NODE_STRING
};

/* The text of a scalar as it stands in its source; "" for others. */
const char *node_text(struct arena *arena, const struct value *value);

bool node_is_scalar(const struct value *value);

/* Whether it is in quotes or a block. */
bool node_is_quoted(const struct value *value);

/* The tag that the scalar has to kustomize. */
enum value_tag node_tag(const struct value *value);
/* Whether the text of this string reads as a time. */
bool node_is_time(const struct value *value);
/* Whether it is a string once it is decoded: what was made bare is resolved. */
bool node_reads_as_string(const struct value *value);
/* Printed as a string, whatever tag its text has. */
void node_hide_tag(struct value *string);

/* The same with its quotes, as kustomize prints a node by itself. */
const char *node_printed(struct arena *arena, const struct value *value);

/* MappingNode, SequenceNode or ScalarNode. */
const char *node_kind_name(const struct value *value);

/* What kustomize says where it wants a MappingNode or another kind. */
const char *node_wrong_kind(struct arena *arena, const struct value *value,
			    const char *wants);

/* The text of a member of a map, "" if absent or no scalar. */
const char *node_member(struct arena *arena, const struct value *map,
			const char *key);

/*
 * What a key is once kustomize has written it anew: plain, so that one that
 * reads as a number or a boolean is no string any more; "<<" is a map.
 */
enum value_kind node_key_kind(const char *key, size_t len);

/* A new scalar. */
struct value *node_scalar(struct arena *arena, const struct origin *by,
			  const char *text, size_t len,
			  enum node_typing typing);

/*
 * Put `next` where a scalar stands, in place: labels that one step wrote into
 * several maps are one node in kustomize, and change together later on.
 */
void node_put(struct arena *arena, struct value *old, const struct value *next);

/* Write a text into a slot that may hold a scalar, keeping its style. */
void node_write(struct arena *arena, struct value **slot,
		const struct origin *by, const char *text,
		enum node_typing typing);

/*
 * Whatever is set into a map is quoted if it is a string that YAML 1.1 would
 * read as something else; a later patch keeps the quotes.
 */
void node_quote(struct arena *arena, struct value *value);

/*
 * Whether this is a null, or a scalar that was one when its text was replaced:
 * kustomize looks at the tag.
 */
bool node_was_null(const struct value *value);

/*
 * What has come into a flow collection, or out of one, is printed as what
 * surrounds it: see the reader of scalars in flow collections.
 */
void node_settle_flow(struct value *value, bool flow);

/* Set a member under a key that kustomize writes. */
void node_set_new(struct arena *arena, struct value *map, const char *key,
		  struct value *value);
/* The same with a string, several lines as a literal block. */
void node_set_text(struct arena *arena, struct value *map, const char *key,
		   struct value *value);

/* Set a member of a map to a string. */
void node_set_string(struct arena *arena, struct value *map, const char *key,
		     const struct origin *by, const char *text);

/* The member as a map, made if it is absent or null; NULL: something else. */
struct value *node_member_map(struct arena *arena, struct value *map,
			      const char *key, const struct origin *by);

/* Labels that are no map, read as one: keys and values of a list in turn. */
struct value *node_paired(struct arena *arena, struct value *value);

/*
 * A key "<<" is read again as what it looks like: its maps become part of this
 * one.  False: there is none that could.
 */
bool node_merge_key(struct arena *arena, struct value *map);

#endif
