/*
 * How a string can be written in YAML, as go-yaml's emitters decide it.
 * Private to the emitter.
 */
#ifndef MODEL_YAML_TEXT_H
#define MODEL_YAML_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "model/value.h"

struct arena;
struct str;

/* One string to be written, and where. */
struct yaml_text {
	const char *at;
	size_t len;
	size_t indent; /* of the lines behind the first */
	bool key;      /* a simple key: one line, never folded */
	bool folds;    /* at the first blank behind column 80 */
	bool v3;       /* as go-yaml v3: tabs may stand in blocks */
};

/*
 * The style that the text can have, if `wanted` (plain, double or literal)
 * cannot be; `*multiline` tells whether it holds a line break of any sort.
 */
enum value_style yaml_text_style(const struct yaml_text *text,
				 enum value_style wanted, bool *multiline);

/* Whether it is letters, digits and marks that no style has to escape. */
bool yaml_text_is_simple(const char *text, size_t len);

/* Append the text in a style that yaml_text_style gave. */
void yaml_text_put(struct str *out, const struct yaml_text *text,
		   enum value_style style);

/* Whether the text, so written, has ended its line itself. */
bool yaml_text_ends_line(const struct yaml_text *text, enum value_style style);

/*
 * Whether go-yaml v3 prints the text as a block that it does not read again:
 * one that begins with a tab shows no indentation.
 */
bool yaml_text_is_lost(const char *text, size_t len, enum value_style style);

/*
 * What becomes of a string that Go writes as JSON and reads back as YAML:
 * invalid bytes are U+FFFD, NEL folds into a blank, and other C1 controls,
 * DEL and noncharacters are refused.  `*text` and `*len` are replaced if
 * needed; false: refused, and `*error` is go-yaml's text.
 */
bool yaml_text_hop(struct arena *arena, const char **text, size_t *len,
		   const char **error);

/* The same for a key, which cannot be folded: NEL is refused. */
bool yaml_key_hop(struct arena *arena, const char **key, size_t *len,
		  const char **error);

/*
 * Append what is read back after go-yaml v3 has printed the text in folded
 * style, which puts a line feed too many in front of indented lines.
 */
void yaml_text_refold(struct str *out, const char *text, size_t len);

#endif
