/*
 * Passwords that an option takes where the words of a command are apart:
 * `command: [mysql]` and `args: [-psecret]`, on one line or on many.
 */
#ifndef COMPILER_SECRET_COMMAND_H
#define COMPILER_SECRET_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct place;
struct source;
struct value;

/*
 * Whether an item of `command` or `args` of a container must not be shown,
 * which the item does not tell by itself.
 */
bool secret_argument(struct arena *arena, const struct value *container,
		     const struct value *item);

/*
 * The first `len` bytes of a line as secret_hidden() keeps their length, by
 * the lines around it as well; NULL: the line itself tells all there is.
 */
const char *secret_words(struct arena *arena, const struct source *source,
			 uint32_t line, size_t len);

/* A sentence about what stands at a place, without the secrets of its line. */
const char *secret_sentence(struct arena *arena, const struct place *place,
			    const char *sentence);

#endif
