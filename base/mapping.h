/*
 * A large file as memory: its pages come when they are looked at, and go
 * again when told, so that a text is not in memory beside what was made of it.
 */
#ifndef BASE_MAPPING_H
#define BASE_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * The file's bytes and a NUL, for as long as the arena lives.  NULL: it is too
 * small to gain from it, or the system cannot; it is to be read.
 */
const char *mapping_new(struct arena *arena, int fd, size_t size);

/*
 * Bytes [begin, end) of a mapping are not needed soon.  Who looks at them again
 * gets them from the file.
 */
void mapping_drop(const char *text, size_t size, size_t begin, size_t end);

/*
 * Where somebody cuts a mapped file short, what is gone reads as zeros and does
 * not end the process.
 */
void mapping_catch(void);

#endif
