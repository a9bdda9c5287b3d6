/*
 * Strings, numbers and dates of TOML; read.c's own.
 */
#ifndef TEMPLATES_TOML_SCALAR_H
#define TEMPLATES_TOML_SCALAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"
#include "model/value.h"
#include "templates/toml.h"

struct toml_reader {
	struct arena *arena;
	const struct source *source;
	const char *text;
	size_t len;
	size_t at;
	unsigned depth;
	const char *last_key;  /* that errors name; or NULL */
	const char *table_key; /* of the inline table at hand; or NULL */
	const struct toml_times *times;
	const char *error;
	/* What is wrong with the byte that the text ends before; or NULL. */
	const char *bad;
};

static inline char toml_peek(const struct toml_reader *r)
{
	return r->at < r->len ? r->text[r->at] : '\0';
}

/* Make the text end before the first byte that may be nowhere in TOML. */
void toml_end_early(struct toml_reader *r);

/* "toml: line 2 (last key "a"): ..."; false. */
bool toml_fail(struct toml_reader *r, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* The character at hand in quotes. */
const char *toml_shown(struct toml_reader *r);

/* One of the four kinds of strings, at its quote. */
bool toml_string(struct toml_reader *r, struct text *text);

/* A boolean, a number, a date or a time. */
bool toml_scalar(struct toml_reader *r, struct value **value);

#endif
