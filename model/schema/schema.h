/*
 * JSON Schema of the drafts 4, 6, 7, 2019-09 and 2020-12: values.schema.json,
 * with the verdicts and the words of Helm 3.18 and later, and what projects
 * ask of their objects.
 *
 *	switch (schema_check(arena, source, values, limits, &text, &result)) ...
 *
 * How far a schema may go is limited; NULL are the default limits.
 *
 * Nothing is fetched: a $ref to a file or a host fails with Helm's words.
 */
#ifndef MODEL_SCHEMA_SCHEMA_H
#define MODEL_SCHEMA_SCHEMA_H

#include <stdbool.h>

struct arena;
struct limits;
struct source;
struct str;
struct value;

/* What a report of our own shows beside Helm's text. */
struct schema_violation {
	const char *pointer; /* "/web/port" in the values */
	const char *text;
	const struct value *at; /* the value, or the nearest parent */
};

struct schema_result {
	struct schema_violation *items; /* leaves, in the order of the text */
	unsigned count;
	const char *unread; /* the first address that is referred to, or NULL */
};

struct schema_options {
	const struct limits *limits; /* or NULL */
	/* What stands at an address takes any value, and is no error. */
	bool without_remote;
};

/*
 * True: the values are fine.  False: `text` has Helm's lines for this chart,
 * without the chart's name, each with a line feed but perhaps the last.
 */
bool schema_check(struct arena *arena, const struct source *schema,
		  const struct value *values,
		  const struct schema_options *options, struct str *text,
		  struct schema_result *result);

/*
 * A schema that is a tree already, as a project file holds it, for many values;
 * schema_fault() has been asked before.  `limits` are kept; NULL: the default.
 */
struct schema_tree;

struct schema_tree *schema_tree_new(struct arena *arena,
				    const struct value *schema,
				    const struct limits *limits);

/* What is wrong with a value is there until the next one is checked. */
bool schema_tree_check(struct schema_tree *tree, const struct value *value,
		       struct schema_result *result);

/* What keeps a tree from being a schema, on one line; NULL: it is one. */
const char *schema_fault(struct arena *arena, const struct value *schema);

#endif
