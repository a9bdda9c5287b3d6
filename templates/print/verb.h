/*
 * One verb of Go's fmt on one value; print.c's own, with format.c.
 */
#ifndef TEMPLATES_PRINT_VERB_H
#define TEMPLATES_PRINT_VERB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "templates/print.h"

struct verb_flags {
	bool width_given;
	bool precision_given;
	bool minus;
	bool plus;
	bool sharp;
	bool space;
	bool zero;
	bool plus_v;
	bool sharp_v;
	int32_t width;
	int32_t precision;
};

struct printer {
	struct str *out;
	const struct marker *marker; /* or NULL */
	struct verb_flags flags;
	bool erroring; /* within %!d(...) */
	uint32_t depth;
	uint32_t budget; /* of values: maps may hold themselves */
};

void printer_init(struct printer *p, struct str *out,
		  const struct marker *marker);

/* A value under a verb, as an operand of Printf. */
void printer_put(struct printer *p, const struct value *value, uint32_t verb);

/* The same at any depth (walk.c). */
void printer_put_value(struct printer *p, const struct value *value,
		       uint32_t verb);
void printer_bad_verb(struct printer *p, const struct value *value,
		      uint32_t verb);

/* Scalars (verb.c); false: the verb does not fit. */
bool verb_bool(struct printer *p, bool boolean, uint32_t verb);
bool verb_int(struct printer *p, const struct value *value, uint32_t verb);
bool verb_float(struct printer *p, double real, uint32_t verb);
bool verb_string(struct printer *p, const struct text *text, uint32_t verb);

/* %b, %x, %X of a float (hex.c); false: it is not finite. */
bool print_bits(struct str *out, double real, char verb, int precision);

/* `text` between the padding that the flags ask for. */
void verb_pad(struct printer *p, const char *text, size_t len);

#endif
