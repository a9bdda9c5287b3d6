/*
 * Where output goes: whether to colour it and how wide it is.
 */
#ifndef COMPILER_TERMINAL_H
#define COMPILER_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether to colour what goes to a descriptor.  `when` is the flag's value,
 * always, never or auto, and outranks the variables NO_COLOR, CLICOLOR_FORCE
 * and FORCE_COLOR, which outrank the terminal; NULL: not given.
 */
bool terminal_colour(const char *when, int fd);

/* Columns of the terminal behind a descriptor, or 80. */
size_t terminal_width(int fd);

/*
 * Where sentences are broken: at the edge of a terminal, or of the COLUMNS
 * that a log viewer exports; 0: nowhere.
 */
size_t terminal_wrap(int fd);

bool terminal_is(int fd);

#endif
