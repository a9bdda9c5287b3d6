/*
 * JSON in and out, equal to Go's encoding/json.
 */
#ifndef MODEL_JSON_H
#define MODEL_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct arena;
struct mark_context;
struct source;
struct str;
struct value;

struct json_options {
	const char *indent; /* NULL: compact; "  " as toPrettyJson */
	bool raw;           /* < > & stay as they are: SetEscapeHTML(false) */
	bool keep_order;    /* else keys sorted by bytes, as Go does */
};

/*
 * Append.  With `marks` (model/yaml_emit.h; or NULL) keys and scalars lead to
 * the origins of what they show.  `options` NULL: compact, as json.Marshal.
 * False: a NaN, an infinity or a cycle; `*error` is Go's text.
 */
bool json_write(struct str *out, const struct value *value,
		const struct json_options *options,
		const struct mark_context *marks, const char **error);

/* A string as a JSON string in quotes. */
void json_write_string(struct str *out, const char *text, size_t len, bool raw);

/* What Go's decoder calls it: null, bool, number, string, array, object. */
const char *json_type_name(const struct value *value);

/* What is wrong, in Go's words, and where. */
struct json_problem {
	size_t offset;
	const char *text; /* invalid character 'x' looking for ... */
	/* Where only numbers are out of range: the rest, with nulls. */
	struct value *partial;
};

/*
 * One JSON document; numbers become floats, as in Go's interface {} (with
 * `keep_integers` those without fraction and exponent stay integers).
 * NULL: `*problem` says why.
 */
struct value *json_read(struct arena *arena, const struct source *source,
			size_t begin, size_t end, bool keep_integers,
			struct json_problem *problem);

/* The same, but stops behind the value; `*stopped` is where (--set-json). */
struct value *json_read_prefix(struct arena *arena, const struct source *source,
			       size_t begin, size_t end, size_t *stopped,
			       struct json_problem *problem);

#endif
