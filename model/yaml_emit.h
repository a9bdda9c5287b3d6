/*
 * Values into YAML, by hand, equal byte for byte to what the reference
 * programs print.
 */
#ifndef MODEL_YAML_EMIT_H
#define MODEL_YAML_EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct frame;
struct str;
struct value;

/*
 * Who prints: the action `call` in `frame`.  With one the text is marked, so
 * that each key and scalar leads to the origin of what it shows; NULL for
 * texts that nobody will read back with a map (bundles, overlays).
 */
struct mark_context {
	const struct frame *frame;
	uint32_t call;
};

enum yaml_form {
	YAML_FORM_HELM,      /* toYaml: the JSON hop, then go-yaml v2 */
	YAML_FORM_KUSTOMIZE, /* types decided here, keys sorted, no styles */
	YAML_FORM_PRETTY,    /* toYamlPretty: go-yaml v3 on the value */
	YAML_FORM_RAW,       /* ours: the value as it is, order of the map */
};

/*
 * Append one document, with a final newline.  False: the reference prints
 * nothing (toYaml) or fails; `*error` is its text, and what was appended is
 * to be dropped.
 */
bool yaml_emit(struct str *out, const struct value *value, enum yaml_form form,
	       const struct mark_context *marks, const char **error);

/* The "natural" order of keys; < 0, 0, > 0.  It is not transitive. */
int yaml_compare_keys(const char *a, size_t a_len, const char *b, size_t b_len);

#endif
