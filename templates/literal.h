/*
 * Literals of the template language: strings, characters and numbers.
 */
#ifndef TEMPLATES_LITERAL_H
#define TEMPLATES_LITERAL_H

#include <stdbool.h>
#include <stddef.h>

#include "templates/ast.h"

struct arena;

/*
 * The text of a literal in "" or ``, as strconv.Unquote reads it; false: it
 * breaks Go's rules.  Without escapes nothing is copied.
 */
bool literal_unquote(struct arena *arena, const char *text, size_t len,
		     struct word *result);

/*
 * A number, a sum with an imaginary part, or a character in '': what it is as
 * a value, and what it may stand for as an argument.  NULL: all is well;
 * else Go's words.
 */
const char *literal_number(struct arena *arena, const char *text, size_t len,
			   struct node_literal *literal);

#endif
