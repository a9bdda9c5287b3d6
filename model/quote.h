/*
 * Texts in double quotes, as %q of Go's fmt writes them.
 */
#ifndef MODEL_QUOTE_H
#define MODEL_QUOTE_H

#include "base/str.h"

/* Append the text quoted; its segments stay, quotes and escapes join them. */
void quote_put(struct str *out, const struct text *text);

/* As package time quotes in its errors: only ASCII stands for itself. */
void quote_put_ascii(struct str *out, const char *text, size_t len);

/* As the text handler of Go's log writes a value: quoted only if need be. */
void quote_put_logged(struct str *out, const struct text *text);

#endif
