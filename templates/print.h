/*
 * Values as text, as Go's fmt writes them.
 *
 * Strings bring their segment maps along; other values are one segment that
 * shows the value.  `marker` says who prints; NULL: no marks are made.
 */
#ifndef TEMPLATES_PRINT_H
#define TEMPLATES_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct frame;
struct origin;
struct str;
struct text;
struct value;

struct marker {
	const struct frame *frame;
	uint32_t begin;              /* the action */
	const struct origin *origin; /* of it, for what shows no value */
};

/* %v. */
void print_value(struct str *out, const struct value *value,
		 const struct marker *marker);

/* What a bare {{ action }} writes: nothing at all is "<no value>". */
void print_shown(struct str *out, const struct value *value,
		 const struct marker *marker);

/* fmt.Sprint: a blank between operands when neither is a string. */
void print_all(struct str *out, const struct value *const *values, size_t count,
	       const struct marker *marker);

/* fmt.Sprintln: always a blank, and a line feed. */
void print_line(struct str *out, const struct value *const *values,
		size_t count, const struct marker *marker);

/* fmt.Sprintf. */
void print_format(struct str *out, const struct text *format,
		  const struct value *const *values, size_t count,
		  const struct marker *marker);

/* Mark what comes next as the text of `value`, or as the action's own. */
void print_mark(struct str *out, const struct value *value,
		const struct marker *marker);

#endif
