/*
 * A text into syntax trees: its own and one for each {{define}} and {{block}}.
 */
#ifndef TEMPLATES_PARSE_H
#define TEMPLATES_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/vec.h"
#include "templates/ast.h"

struct arena;
struct func;
struct source;

/* Why a text is no template. */
struct parse_error {
	uint32_t line;    /* that Helm prints */
	const char *text; /* Go's words */
	uint32_t begin;   /* of the token to look at */
	uint32_t end;
	const char *name; /* the unknown function or variable, or NULL */
	struct parse_error *next; /* where all are wanted */
};

struct parse_input {
	struct arena *arena; /* nodes live here */
	const struct source *source;
	struct word name; /* of the tree of the text itself */
	const char *file; /* that error texts name */
	const struct func *(*function)(const void *context, const char *name,
				       size_t len);
	const void *context; /* of `function` */
	/* Unknown names are no reason not to look at what follows. */
	bool all_errors;
};

VEC_TYPE(parsed_trees, struct template_tree *);

/*
 * Parse; append the trees, those of definitions first, in the order in which
 * Go would add them.  False: `*error` says why; nothing is reported.
 */
bool parse_template(const struct parse_input *input, struct parsed_trees *trees,
		    struct parse_error *error);

struct parse_place {
	uint32_t begin;
	uint32_t end;
};

/* The block that is not closed before `at`: its first action.  False: none. */
bool parse_open_block(struct arena *arena, const struct source *source,
		      uint32_t at, struct parse_place *block);

#endif
