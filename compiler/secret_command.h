/*
 * Passwords that an option takes where the words of a command are apart in
 * what is shown of a source: on one line or on many.
 */
#ifndef COMPILER_SECRET_COMMAND_H
#define COMPILER_SECRET_COMMAND_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct place;
struct source;

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
