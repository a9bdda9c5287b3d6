/*
 * Keys of maps that are no strings, and what they become on the way from
 * go-yaml through JSON.
 */
#ifndef MODEL_YAML_KEY_H
#define MODEL_YAML_KEY_H

#include <stddef.h>

#include "base/number.h"

struct arena;
struct value;

enum {
	YAML_KEY_ROOM = NUMBER_ROOM
};

/*
 * The text of a key that resolved to null, a boolean or a number: 0x10 is
 * "16", 1e3 is "1000", yes is "true".  Null is empty.  Returns the length.
 */
size_t yaml_key_text(const struct value *key, char *buf);

/* Go's words for a key that is a list or a map. */
const char *yaml_key_fault(struct arena *arena, const struct value *key);

/* What JSON makes of bytes that are no UTF-8, which only !!binary gives. */
struct text yaml_json_text(struct arena *arena, const char *text, size_t len);

#endif
