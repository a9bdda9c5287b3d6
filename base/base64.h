/*
 * Base64 and base32, standard alphabets with padding, as Go's
 * encoding/base64.StdEncoding and base32.StdEncoding.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct str;

void base64_encode(struct str *out, const char *bytes, size_t len);
void base32_encode(struct str *out, const char *bytes, size_t len);

/*
 * Append the decoded bytes.  CR and LF are skipped.  On false `*at` is the
 * offset Go names in "illegal base64 data at input byte N".
 */
bool base64_decode(struct str *out, const char *text, size_t len, size_t *at);
bool base32_decode(struct str *out, const char *text, size_t len, size_t *at);

#endif
