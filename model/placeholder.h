/*
 * Scalars that stand for what somebody fills in later: what SOPS has
 * encrypted, `${VAR}` of envsubst, `<path:...>` of Argo CD's Vault plugin,
 * `($name)` of Chainsaw's tests, `{{ .Values.name }}` of a kustomization that
 * makes a chart.
 * What they will be, nobody knows here: their types, choices and formats are
 * not checked.
 */
#ifndef MODEL_PLACEHOLDER_H
#define MODEL_PLACEHOLDER_H

#include <stdbool.h>
#include <stddef.h>

struct value;

/* Whether the text is one, or holds one. */
bool placeholder_in(const char *text, size_t len);
bool placeholder_is(const struct value *value);

/* Whether it is nothing else: one, from the first to the last character. */
bool placeholder_whole(const char *text, size_t len);

/* ENC[AES256_GCM,...] as a whole, as SOPS writes it. */
bool placeholder_is_encrypted(const char *text, size_t len);

/* How many there are below a value. */
size_t placeholder_count(const struct value *root);

#endif
